/** The ratchet by itself: what late messages find, and what is kept for them. */
import { describe, expect, it } from 'vitest'
import {
  beginSending,
  mostSkipped,
  ratchetDecrypt,
  ratchetEncrypt,
} from '../../../../../electron/vault/omemo/ratchet/double-ratchet'
import {
  createIdentity,
  initiate,
  publishedIdentity,
  respond,
} from '../../../../../electron/vault/omemo/ratchet/exchange'
import type { Session } from '../../../../../electron/vault/omemo/ratchet/session'
import { readMessage } from '../../../../../electron/vault/omemo/wire/messages'
import { variantOf } from '../../../../../electron/vault/omemo/wire/variant'
import type { OmemoVersion } from '../../../../../shared/ipc/vault/omemo-calls'
import { pairOf, seeded } from '../../../../support/omemo-values'

/** Two ends of one session. `saysLast`: A says the number of its last message, as kin of libsignal do, and not how many there were. */
function session(version: OmemoVersion, saysLast: boolean) {
  const variant = variantOf(version)
  const identities = { a: createIdentity(pairOf(0x12)), b: createIdentity(pairOf(0x33)) }
  const [signedPreKey, preKey, ephemeral] = [pairOf(0x44), pairOf(0x55), pairOf(0x22)]
  const published = {
    a: publishedIdentity(variant, identities.a),
    b: publishedIdentity(variant, identities.b),
  }
  const theirs = {
    identityKey: published.b,
    signedPreKey: { id: 1, key: signedPreKey.key },
    preKey: { id: 1, key: preKey.key },
  }
  const exchange = { identityKey: published.a, ephemeralKey: ephemeral.key }
  const a = initiate(variant, identities.a, theirs, 0, pairOf(0x22))
  const b = respond(variant, identities.b, { signedPreKey, preKey }, exchange, 0)
  if (!a || !b) throw new Error('no session')
  const send = (from: Session, text: string): Buffer => {
    const isA = from === a
    const before = from.previous
    if (isA && saysLast) from.previous = Math.max(0, before - 1)
    const [own, their] = isA ? [published.a, published.b] : [published.b, published.a]
    const bytes = ratchetEncrypt(variant, from, Buffer.from(text), { own, their })
    from.previous = before
    return bytes
  }
  const receive = (to: Session, bytes: Buffer): string => {
    const message = readMessage(variant, bytes)
    if (!message) throw new Error('no message')
    const [own, their] = to === a ? [published.a, published.b] : [published.b, published.a]
    const inside = ratchetDecrypt(variant, to, message, { own, their })
    return typeof inside === 'string' ? `refused: ${inside}` : inside.toString()
  }
  return { a, b, send, receive }
}

const kinds = (['omemo', 'omemo2'] as const).flatMap(version => [
  { version, saysLast: false },
  { version, saysLast: true },
])

describe.each(kinds)('$version, a peer that says the last number: $saysLast', ({ version, saysLast }) => {
  it('the last message of a chain is read after the ratchet turned', () => {
    const { a, b, send, receive } = session(version, saysLast)
    expect(receive(b, send(a, 'first'))).toBe('first')
    for (let turn = 0; turn < 5; turn++) {
      const late = [send(a, `late ${turn}`), send(a, `last ${turn}`)]
      expect(receive(a, send(b, 'turn'))).toBe('turn')
      expect(receive(b, send(a, 'next'))).toBe('next')
      expect(receive(b, late[1] as Buffer)).toBe(`last ${turn}`)
      expect(receive(b, late[0] as Buffer)).toBe(`late ${turn}`)
      expect(receive(b, late[0] as Buffer)).toBe('refused: repeated')
    }
  })

  it('everything is read once, in any order over many turns (10 seeds)', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = seeded(seed)
      const { a, b, send, receive } = session(version, saysLast)
      expect(receive(b, send(a, 'first'))).toBe('first')
      const onItsWay: { bytes: Buffer; text: string; to: Session }[] = []
      for (let step = 0; step < 40; step++) {
        const from = random() < 0.5 ? a : b
        const text = `${seed} ${step}`
        if (random() < 0.6) onItsWay.push({ bytes: send(from, text), text, to: from === a ? b : a })
        else {
          const [message] = onItsWay.splice(Math.floor(random() * onItsWay.length), 1)
          if (message) expect(receive(message.to, message.bytes)).toBe(message.text)
        }
      }
      for (const message of onItsWay) expect(receive(message.to, message.bytes)).toBe(message.text)
      for (const message of onItsWay) expect(receive(message.to, message.bytes)).toBe('refused: repeated')
    }
  })
})

describe('what is kept', () => {
  it('is at most 1,000 keys, the newest, and few of those that perhaps never were', () => {
    const { a, b, send, receive } = session('omemo', false)
    expect(receive(b, send(a, 'first'))).toBe('first')
    for (let turn = 0; turn < 130; turn++) {
      expect(receive(a, send(b, 'turn'))).toBe('turn')
      expect(receive(b, send(a, 'back'))).toBe('back')
    }
    expect(b.skipped.length).toBeLessThanOrEqual(100)
    const lost = [send(a, 'lost')]
    for (let count = 0; count < 600; count++) send(a, 'lost')
    expect(receive(b, send(a, 'far'))).toBe('far')
    for (let count = 0; count < 600; count++) lost.push(send(a, 'lost'))
    expect(receive(b, send(a, 'farther'))).toBe('farther')
    expect(b.skipped.length).toBe(mostSkipped)
    expect(receive(b, lost.at(-1) as Buffer)).toBe('lost')
    // Its key was pushed out by newer ones.
    expect(receive(b, lost[0] as Buffer)).toBe('refused: repeated')
  })

  it('no session dies because more than 1,000 of the chain before are missing', () => {
    const { a, b, send, receive } = session('omemo2', false)
    expect(receive(b, send(a, 'first'))).toBe('first')
    for (let count = 0; count < 1100; count++) send(a, 'lost')
    expect(receive(a, send(b, 'turn'))).toBe('turn')
    expect(receive(b, send(a, 'goes on'))).toBe('goes on')
  })
})

describe('a ratchet key of low order', () => {
  it('begins no chain', () => {
    const { a } = session('omemo', false)
    a.theirs = Buffer.alloc(32)
    expect(beginSending(variantOf('omemo'), a, pairOf(0x77))).toBe(false)
  })
})
