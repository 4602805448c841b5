import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { outgoingBuilder } from '../../../../../../../../electron/engine/features/writing/build/outgoing-builder'
import { createProtectedBuilder } from '../../../../../../../../electron/engine/features/writing/build/protect/protected-builder'
import { mime } from '../../../../../../../../electron/engine/formats/mime/mime'
import { splitMessage } from '../../../../../../../../electron/engine/formats/mime/parts/split'
import type { MessageProtection } from '../../../../../../../../electron/engine/ports/keys/protected-mail'
import type { OutgoingMessage } from '../../../../../../../../electron/engine/ports/writing/outgoing'
import { fakeSeal, insideOf } from '../../../../../../../fixtures/mail/outgoing/fake-seal'
import {
  keysFor,
  ownKey,
  protectedMessages,
  signer,
} from '../../../../../../../fixtures/mail/outgoing/protected-messages'

const fixtures = join(import.meta.dirname, '../../../../../../../fixtures/mail/outgoing/protected')
const builder = createProtectedBuilder(fakeSeal, { now: () => Date.UTC(2026, 10, 23) })
const golden = (name: string) => {
  const found = protectedMessages.find(each => each.name === name)
  if (!found) throw new Error(name)
  return found
}
const built = async (name: string, change: Partial<OutgoingMessage> = {}) => {
  const { message, protection } = golden(name)
  return builder.build({ ...message, ...change }, protection)
}
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const headerOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n'))
const namesOf = (header: string) => [...header.matchAll(/^([\w-]+):/gm)].map(match => match[1])
const encryptedNames = protectedMessages.filter(each => each.protection.encryption !== null)

describe('every protected message has the same shape', () => {
  for (const { name } of protectedMessages) {
    test(`${name}: the bytes are the golden file's, with the stand-in for the vault`, async () => {
      const { raw } = await built(name)
      const path = join(fixtures, `${name}.eml`)
      if (process.env['SIEGEL_WRITE_GOLDEN'] === '1') writeFileSync(path, raw)
      expect(latin1(raw)).toBe(readFileSync(path, 'latin1'))
    })

    test(`${name}: lines end in CRLF, are short and ASCII`, async () => {
      const raw = latin1((await built(name)).raw)
      expect(raw.endsWith('\r\n')).toBe(true)
      for (const line of raw.slice(0, -2).split('\r\n')) {
        expect(line).toMatch(/^[\t -~]*$/)
        expect(line.length).toBeLessThanOrEqual(78)
      }
    })
  }
})

describe('an encrypted message', () => {
  for (const { name, message } of encryptedNames) {
    test(`${name}: everything is read again inside, nothing outside`, async () => {
      const { raw } = await built(name)
      const inner = insideOf(raw).replace(/^signed by [0-9a-f]+\r\n/, '')
      const parsed = mime.parseMessage(Buffer.from(inner, 'latin1'))
      expect(parsed.header.subject).toBe(message.subject)
      expect(parsed.header.to).toEqual(message.to)
      expect(parsed.header.bcc).toEqual([])
      expect(parsed.text).toContain(message.text.trim().split('\n')[0])
      const outside = latin1(raw).replace(/-----BEGIN PGP[\s\S]*END PGP MESSAGE-----/, '')
      expect(outside).toContain('\r\nSubject: [...]\r\n')
      for (const secret of [message.subject, 'see you', 'notes.txt', 'Secret', 'secret@'])
        expect(outside).not.toContain(secret)
    })
  }

  test('says inside what stands outside, field by field (RFC 9788)', async () => {
    const { raw } = await built('encrypted-blind-copy')
    const outer = headerOf(latin1(raw)).replace(/\r\n /g, ' ')
    const inner = headerOf(insideOf(raw)).replace(/\r\n /g, ' ')
    const said = [...inner.matchAll(/^HP-Outer: *(.*)$/gm)].map(match => match[1]?.trim())
    const protectedFields = outer
      .split('\r\n')
      .filter(line => !/^(?:Autocrypt|MIME-Version|Content-Type):/.test(line))
    expect(said).toEqual(protectedFields)
    expect(inner).toMatch(/^Content-Type: .*hp="cipher"/m)
    expect(inner).not.toMatch(/^HP-Outer: Bcc/m)
  })

  test('shows the subject in the text for readers that know only the outer header, marked so that others hide it', async () => {
    const inner = insideOf((await built('encrypted-blind-copy')).raw)
    expect(inner).toMatch(
      /text\/plain; charset=utf-8;\r\n hp-legacy-display="1"\r\n[\s\S]*?\r\n\r\nSubject: Re: Hello\r\n\r\n/,
    )
    expect(inner).toContain(
      '<div class=3D"header-protection-legacy-display"><pre>Subject: Re: Hello</pr=\r\ne></div>',
    )
  })

  test('a subject cannot break out of the HTML that shows it', async () => {
    const inner = insideOf((await built('encrypted-blind-copy', { subject: '</pre><img src=x>' })).raw)
    expect(mime.parseMessage(Buffer.from(inner.replace(/^signed by.*\r\n/, ''), 'latin1')).html).toContain(
      '<pre>Subject: &lt;/pre&gt;&lt;img src=x&gt;</pre>',
    )
  })

  test('when shy, names of people stand inside only', async () => {
    const { raw } = await built('encrypted-shy')
    const outer = headerOf(latin1(raw))
    expect(outer).toContain('From: ann@example.org\r\nTo: bo@example.net\r\nCc: cy@example.com\r\n')
    const inner = insideOf(raw)
    expect(inner).toContain('From: "Ann Archer" <ann@example.org>\r\n')
    expect(inner).toContain('\r\nSubject: Re: Hello\r\nFrom: Ann Archer <ann@example.org>\r\n')
  })

  test('those who get a blind copy have a key without a number, and are named nowhere', async () => {
    const { raw, sentCopy, envelope } = await built('encrypted-blind-copy')
    expect(envelope.to).toContain('secret@example.com')
    const text = latin1(raw)
    const packets = Buffer.from(
      text.slice(text.indexOf('-----BEGIN PGP MESSAGE-----') + 27, text.indexOf('-----END PGP MESSAGE-----')),
      'base64',
    )
    // One packet with the wildcard key ID (RFC 9580 §5.1.8), three with their numbers.
    const ids = [0, 1, 2, 3].map(index => packets.toString('hex', index * 14 + 3, index * 14 + 11))
    expect(ids.filter(id => id === '0'.repeat(16))).toHaveLength(1)
    expect(insideOf(raw)).not.toMatch(/secret@example/i)
    expect(latin1(raw)).not.toMatch(/secret@example/i)
    expect(insideOf(sentCopy)).toContain('\r\nBcc: "Secret" <secret@example.com>\r\n')
    expect(headerOf(latin1(sentCopy))).not.toContain('Bcc')
  })

  test('recipients get one another’s keys, but not of blind copies', async () => {
    const inner = headerOf(insideOf((await built('encrypted-blind-copy')).raw))
    expect([...inner.matchAll(/^Autocrypt-Gossip: addr=([^;]+)/gm)].map(match => match[1])).toEqual([
      'bo@example.net',
      'cy@example.com',
    ])
    expect(headerOf(insideOf((await built('encrypted-signed')).raw))).not.toContain('Gossip')
  })

  test('is never half: one recipient without a key and nothing is written', async () => {
    const { message, protection } = golden('encrypted-blind-copy')
    const keys = new Map(keysFor(message))
    keys.delete('secret@example.com')
    const half = {
      ...protection,
      encryption: { headers: 'baseline', own: ownKey, keys, gossip: keys },
    } as MessageProtection
    await expect(builder.build(message, half)).rejects.toMatchObject({ code: 'encryption-needs-decision' })
  })
})

describe('a signed message', () => {
  test('the bytes that were signed are those of the first part', async () => {
    const signed: Uint8Array[] = []
    const watching = createProtectedBuilder(
      {
        ...fakeSeal,
        sign: async (data, fingerprint, nowMs) => {
          signed.push(data)
          return fakeSeal.sign(data, fingerprint, nowMs)
        },
      },
      { now: () => 0 },
    )
    for (const name of ['signed', 'signed-attachments']) {
      const { message, protection } = golden(name)
      const raw = Buffer.from((await watching.build(message, protection)).raw)
      const [part] = splitMessage(raw).root.children
      expect(raw.toString('latin1', part?.start, part?.end)).toBe(latin1(signed[0] as Uint8Array))
      signed.length = 0
    }
  })

  test('holds nothing that a relay has a reason to change (RFC 3156 §5)', async () => {
    for (const name of ['signed', 'signed-attachments']) {
      const raw = latin1((await built(name)).raw)
      expect(raw).not.toMatch(/[ \t]\r\n/)
      expect(raw).not.toMatch(/\r\nFrom /)
    }
  })

  test('protects its header and says so, and names no blind copies', async () => {
    const { raw, sentCopy } = await built('signed-attachments')
    const [part] = splitMessage(Buffer.from(raw)).root.children
    const inner = headerOf(latin1(raw.subarray(part?.start, part?.end)))
    expect(inner).toContain('\r\nSubject: Fwd: old\r\n')
    expect(inner).toContain('hp="clear"')
    expect(latin1(raw)).not.toContain('hidden@example.com')
    expect(headerOf(latin1(sentCopy))).toContain('\r\nBcc: hidden@example.com\r\n')
  })
})

describe('a key in the header', () => {
  test('changes nothing else of the message', async () => {
    const { message } = golden('with-key')
    const raw = latin1((await built('with-key')).raw)
    expect(raw).toMatch(/\r\nAutocrypt: addr=ann@example\.org; prefer-encrypt=mutual; keydata=\r\n /)
    expect(raw.replace(/\r\nAutocrypt:[^\r]*(?:\r\n [^\r]*)*/, '')).toBe(
      latin1(outgoingBuilder.build(message).raw),
    )
  })

  test('is left out when it is longer than readers take', async () => {
    const { message } = golden('with-key')
    const protection = {
      signWith: null,
      encryption: null,
      autocrypt: { key: new Uint8Array(9000), prefersEncryption: true },
    }
    expect(latin1((await builder.build(message, protection)).raw)).not.toContain('Autocrypt')
  })
})

describe('a draft on its way to the server', () => {
  const state = { encrypt: 'on', sign: 'auto' } as const
  test('shows neither subject nor people, and keeps everything inside, with the choice', async () => {
    const { message } = golden('encrypted-blind-copy')
    const { raw, plain } = await builder.buildDraft(message, { own: ownKey, state })
    expect(namesOf(headerOf(latin1(raw)))).toEqual([
      'From',
      'Subject',
      'Date',
      'Message-ID',
      'MIME-Version',
      'Content-Type',
    ])
    expect(insideOf(raw)).toBe(latin1(plain))
    const parsed = mime.parseMessage(plain)
    expect(parsed.header.bcc).toEqual(message.bcc)
    expect(parsed.header.subject).toBe(message.subject)
    expect(parsed.text).not.toContain('Subject:')
    expect(builder.readDraftState(plain)).toEqual(state)
  })

  test('each choice survives', async () => {
    const { message } = golden('encrypted-signed')
    for (const encrypt of ['auto', 'on', 'off'] as const)
      for (const sign of ['auto', 'on', 'off'] as const) {
        const { plain } = await builder.buildDraft(message, { own: ownKey, state: { encrypt, sign } })
        expect(builder.readDraftState(plain)).toEqual({ encrypt, sign })
      }
  })

  test('half-typed addresses do not stop it', async () => {
    const { message } = golden('encrypted-signed')
    const unfinished = { ...message, to: [{ name: '', address: 'bo@' }], bcc: [{ name: '', address: 'x' }] }
    const { plain } = await builder.buildDraft(unfinished, { own: ownKey, state })
    expect(latin1(plain)).toContain('To: =?utf-8?B?')
  })
})

test('a message whose key packets are fewer than its recipients is not answered', async () => {
  const losing = createProtectedBuilder(
    {
      ...fakeSeal,
      encrypt: async options => fakeSeal.encrypt({ ...options, recipients: options.recipients.slice(1) }),
    },
    { now: () => 0 },
  )
  const { message, protection } = golden('encrypted-signed')
  await expect(losing.build(message, { ...protection, signWith: signer })).rejects.toMatchObject({
    code: 'self-check-failed',
  })
})
