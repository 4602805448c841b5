/** Messages to and from python-oldmemo and python-twomemo, over the stanzas as they would be sent. */
import { afterAll, describe, expect, it } from 'vitest'
import { readBundle, writeBundle } from '../../../electron/engine/formats/omemo/stanza/bundle'
import {
  encryptedElementsOf,
  readEncrypted,
  writeEncrypted,
} from '../../../electron/engine/formats/omemo/stanza/encrypted'
import { el } from '../../../electron/engine/ports/chat/element'
import { serialize } from '../../../electron/engine/ports/chat/serialize'
import type { OmemoVersion } from '../../../shared/ipc/vault/omemo-calls'
import { openOmemoPeer } from '../../support/omemo-peer'
import { type Sent, Siegel } from '../../support/omemo-siegel'
import { seeded } from '../../support/omemo-values'
import { parsedElement } from '../../support/omemo-xml'

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
})

const isNegative = (siegel: Siegel) => ((siegel.bundle('omemo2').identityKey[31] ?? 0) & 0x80) !== 0

/** A device whose Edwards key has this sign. */
function siegelWithSign(negative: boolean): Siegel {
  for (;;) {
    const siegel = new Siegel('siegel@example.org', 4711)
    if (isNegative(siegel) === negative) return siegel
  }
}

async function meet(version: OmemoVersion, negative: boolean) {
  const siegel = siegelWithSign(negative)
  const peer = openOmemoPeer(version, 'peer@example.org', 815)
  closing.push(peer.close)
  expect(await peer.begin()).toEqual({})
  const own = serialize(writeBundle(siegel.bundle(version)), '')
  expect(await peer.meet(siegel.jid, siegel.deviceId, own)).toEqual({})
  const bundle = readBundle(version, parsedElement(await peer.bundle()))
  if (!bundle) throw new Error('no bundle')

  const send = (text: string | null): string => {
    const isFirst = siegel.sessionsWith(version, peer) === null
    const content = text === null ? null : Buffer.from(text)
    const answer = siegel.encrypt(version, peer, content, { bundle: isFirst ? bundle : null })
    answer.commit()
    return serialize(writeEncrypted(answer), '')
  }
  const received = (xml: string): Sent => {
    const [found] = encryptedElementsOf(el('message', 'jabber:client', {}, parsedElement(xml)))
    const read = found && readEncrypted(version, found.element, siegel)
    const [key] = read?.keys ?? []
    if (!read || !key) throw new Error('nothing for us')
    const { iv, payload, senderDeviceId: deviceId } = read
    const from = { jid: peer.jid, deviceId }
    return { version, from, key: { ...key, jid: siegel.jid, deviceId: siegel.deviceId }, iv, payload }
  }
  return {
    siegel,
    send,
    receive: (xml: string) => siegel.receive(received(xml)),
    peerSend: (text: string | null) => peer.encrypt(siegel.jid, siegel.deviceId, text),
    peerReceive: async (xml: string) => {
      const { text, error } = await peer.decrypt(siegel.jid, siegel.deviceId, xml)
      return error === undefined ? (text ?? '(empty)') : `refused: ${error}`
    },
  }
}

type Link = Awaited<ReturnType<typeof meet>>

/** 125 messages both ways with turns, other orders, losses and copies. */
async function talk(link: Link, seed: number): Promise<number> {
  const random = seeded(seed)
  const toPeer: { xml: string; text: string }[] = []
  const toUs: { xml: string; text: string }[] = []
  let read = 0
  for (let count = 0; count < 125; count++) {
    const text = `Grüße ${seed}.${count} 🔒`
    if (random() < 0.5) toPeer.push({ xml: link.send(text), text })
    else toUs.push({ xml: await link.peerSend(text), text })
    // A chain grows for a while before the other side hears of it, and so answers.
    while (toPeer.length + toUs.length > 6 || (random() < 0.3 && toPeer.length + toUs.length > 0)) {
      const queue = toPeer.length > toUs.length ? toPeer : toUs
      const [message] = queue.splice(Math.floor(random() * queue.length), 1)
      if (!message || random() < 0.08) continue
      const receive = queue === toPeer ? link.peerReceive : link.receive
      expect(await receive(message.xml)).toBe(message.text)
      read++
      if (random() < 0.1) expect(await receive(message.xml)).toMatch(/^refused/)
    }
  }
  for (const { xml, text } of toPeer) expect(await link.peerReceive(xml)).toBe(text)
  for (const { xml, text } of toUs) expect(link.receive(xml)).toBe(text)
  return read + toPeer.length + toUs.length
}

const cases = (['omemo', 'omemo2'] as const).flatMap(version =>
  (['Siegel', 'the peer'] as const).map(who => ({ version, who })),
)

describe.each(cases)('$version, begun by $who', ({ version, who }) => {
  it('125 messages are read on both sides, whatever the network does to them', async () => {
    const link = await meet(version, who === 'Siegel')
    if (who === 'Siegel') expect(await link.peerReceive(link.send('first'))).toBe('first')
    else expect(link.receive(await link.peerSend('first'))).toBe('first')
    // The one that was begun with answers, so that both know the session.
    if (who === 'Siegel') expect(link.receive(await link.peerSend(null))).toBe('(empty)')
    else expect(await link.peerReceive(link.send(null))).toBe('(empty)')
    expect(await talk(link, version === 'omemo' ? 1 : 2)).toBeGreaterThan(100)
  })

  it('a changed message is refused on both sides, and the right one is read after that', async () => {
    const link = await meet(version, who !== 'Siegel')
    const right = 'a text that is right'
    const changed = (xml: string, element: string) => {
      const at = xml.indexOf('>', xml.search(new RegExp(`<(\\w+:)?${element}[ >]`))) + 9
      return `${xml.slice(0, at)}${xml[at] === 'A' ? 'B' : 'A'}${xml.slice(at + 1)}`
    }
    const sent = who === 'Siegel' ? link.send(right) : await link.peerSend(right)
    const receive = who === 'Siegel' ? link.peerReceive : (xml: string) => Promise.resolve(link.receive(xml))
    for (const element of ['key', 'payload'])
      expect(await receive(changed(sent, element))).toMatch(/^refused/)
    expect(await receive(sent)).toBe(right)
  })
})
