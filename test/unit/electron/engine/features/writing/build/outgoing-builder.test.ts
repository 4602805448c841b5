import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build as bundle } from 'vite'
import { describe, expect, test } from 'vitest'
import { outgoingBuilder } from '../../../../../../../electron/engine/features/writing/build/outgoing-builder'
import { mime } from '../../../../../../../electron/engine/formats/mime/mime'
import { withoutTraces } from '../../../../../../../electron/engine/formats/pictures/metadata/attachment-traces'
import type { OutgoingMessage } from '../../../../../../../electron/engine/ports/writing/outgoing'
import { goldenMessages } from '../../../../../../fixtures/mail/outgoing/messages'

const fixtures = join(import.meta.dirname, '../../../../../../fixtures/mail/outgoing')
const plain = goldenMessages[0]?.message as OutgoingMessage
const built = (change: Partial<OutgoingMessage>) =>
  Buffer.from(outgoingBuilder.build({ ...plain, ...change }).raw).toString('latin1')
const headerOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n'))
const golden = (name: string) => goldenMessages.find(each => each.name === name)?.message as OutgoingMessage

describe('every message has the same shape', () => {
  for (const { name, message } of goldenMessages) {
    test(`${name}: the bytes are the golden file's`, () => {
      const raw = outgoingBuilder.build(message).raw
      const path = join(fixtures, `${name}.eml`)
      if (process.env['SIEGEL_WRITE_GOLDEN'] === '1') writeFileSync(path, raw)
      expect(Buffer.from(raw).toString('latin1')).toBe(readFileSync(path, 'latin1'))
    })

    test(`${name}: lines end in CRLF, are short and ASCII`, () => {
      const raw = Buffer.from(outgoingBuilder.build(message).raw).toString('latin1')
      expect(raw.endsWith('\r\n')).toBe(true)
      for (const line of raw.slice(0, -2).split('\r\n')) {
        expect(line).toMatch(/^[\t -~]*$/)
        expect(line.length).toBeLessThanOrEqual(78)
      }
    })

    test(`${name}: what was written is what is read`, () => {
      const parsed = mime.parseMessage(outgoingBuilder.build(message).raw)
      expect(parsed.broken).toBe(false)
      expect(parsed.header.subject).toBe(message.subject)
      expect(parsed.header.to.map(each => each.name)).toEqual(message.to.map(each => each.name))
      expect(parsed.text.trimEnd()).toBe(message.text.replaceAll('\r\n', '\n').trimEnd())
      const raw = outgoingBuilder.build(message).raw
      expect(
        parsed.attachments.map(each =>
          Buffer.from(mime.readPart(raw, each.partId)?.bytes ?? []).toString('hex'),
        ),
      ).toEqual(
        message.attachments.map(each =>
          Buffer.from(each.keepsTraces ? each.bytes : withoutTraces(each.bytes)).toString('hex'),
        ),
      )
    })
  }

  test('header fields come in one order and no others', () => {
    const order = [
      'From',
      'To',
      'Cc',
      'Bcc',
      'Reply-To',
      'Subject',
      'Date',
      'Message-ID',
      'In-Reply-To',
      'References',
      'MIME-Version',
      'Content-Type',
      'Content-Transfer-Encoding',
    ]
    for (const { message } of goldenMessages) {
      const names = [
        ...headerOf(Buffer.from(outgoingBuilder.buildDraft(message).raw).toString('latin1')).matchAll(
          /^([\w-]+):/gm,
        ),
      ].map(match => match[1] ?? '')
      expect(names).toEqual(order.filter(name => names.includes(name)))
    }
  })

  test('another machine makes the same bytes: time zone, language, user, home and host name do not show', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'siegel-golden-'))
    try {
      const root = join(import.meta.dirname, '../../../../../../..')
      writeFileSync(
        join(directory, 'entry.ts'),
        `import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { outgoingBuilder } from '${root}/electron/engine/features/writing/build/outgoing-builder'
import { goldenMessages } from '${root}/test/fixtures/mail/outgoing/messages'
process.stdout.write(hostname() + '\\n')
for (const { message } of goldenMessages) {
  for (const raw of [outgoingBuilder.build(message).raw, outgoingBuilder.buildDraft(message).raw]) process.stdout.write(createHash('sha256').update(raw).digest('hex') + '\\n')
}`,
      )
      await bundle({
        root,
        configFile: false,
        logLevel: 'silent',
        ssr: { noExternal: true },
        build: {
          ssr: join(directory, 'entry.ts'),
          outDir: join(directory, 'out'),
          emptyOutDir: true,
          rollupOptions: { output: { entryFileNames: 'entry.mjs' } },
        },
      })
      const program = [process.execPath, join(directory, 'out/entry.mjs')]
      const run = (env: Record<string, string>, [command = '', ...rest]: readonly string[]) => {
        const result = spawnSync(command, rest, {
          env: { PATH: process.env['PATH'] ?? '', ...env },
          encoding: 'utf8',
        })
        expect(result.stderr).toBe('')
        const [host = '', ...hashes] = result.stdout.split('\n')
        return { host, hashes }
      }
      const here = run({ TZ: 'UTC', LANG: 'C', HOME: '/', USER: 'a', HOSTNAME: 'a' }, program)
      expect(here.hashes).toHaveLength(goldenMessages.length * 2 + 1)
      const elsewhere = {
        TZ: 'Pacific/Chatham',
        LANG: 'de_DE.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
        HOME: '/home/secret',
        USER: 'secret',
        LOGNAME: 'secret',
        HOSTNAME: 'secret-laptop',
      }
      expect(run(elsewhere, program).hashes).toEqual(here.hashes)
      // The kernel's own host name: in a namespace, where this machine allows one.
      const renamed = ['unshare', '--user', '--map-root-user', '--uts', 'sh', '-c']
      const named = [...renamed, 'hostname secret-laptop && exec "$@"', 'sh', ...program]
      if (spawnSync(renamed[0] ?? '', [...renamed.slice(1), 'hostname x']).status === 0) {
        const there = run(elsewhere, named)
        expect(there.host).toBe('secret-laptop')
        expect(there.hashes).toEqual(here.hashes)
      }
      const own = goldenMessages.flatMap(({ message }) => [
        outgoingBuilder.build(message).raw,
        outgoingBuilder.buildDraft(message).raw,
      ])
      expect(here.hashes.slice(0, -1)).toEqual(own.map(raw => createHash('sha256').update(raw).digest('hex')))
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

  test('the time is whole minutes in UTC', () => {
    expect(headerOf(built({}))).toContain('\r\nDate: Mon, 23 Nov 2026 18:09:00 +0000\r\n')
  })

  test('the Message-ID is under the sender’s domain and nothing else', () => {
    const { messageIdHeader, raw } = outgoingBuilder.build(golden('unicode'))
    expect(messageIdHeader).toBe('00112233445566778899aabbccddeeff@xn--mller-bcher-thbg.example')
    expect(Buffer.from(raw).includes(`Message-ID: <${messageIdHeader}>`)).toBe(true)
  })
})

describe('nothing is smuggled in or out', () => {
  test('hidden data of images stays here, unless the writer wants it along', () => {
    const bytesOf = (name: string) =>
      mime
        .parseMessage(outgoingBuilder.build(golden(name)).raw)
        .attachments.map(({ partId }) =>
          Buffer.from(mime.readPart(outgoingBuilder.build(golden(name)).raw, partId)?.bytes ?? []).toString(
            'latin1',
          ),
        )
    expect(bytesOf('images')).toHaveLength(4)
    for (const bytes of bytesOf('images')) expect(bytes).not.toMatch(/secret|GPS/)
    for (const bytes of bytesOf('images-kept-as-they-are')) expect(bytes).toContain('secret')
  })

  test('Bcc recipients are in the envelope and in the own copy, never in the mail', () => {
    const message = golden('reply-with-html')
    const { raw, envelope } = outgoingBuilder.build(message)
    expect(envelope.to).toEqual(['bo@example.net', 'cy@example.com', 'secret@example.com'])
    expect(Buffer.from(raw).toString('latin1')).not.toMatch(/secret|^Bcc:/im)
    expect(
      Buffer.from(outgoingBuilder.buildDraft(message).raw).includes('Bcc: "Secret" <secret@example.com>'),
    ).toBe(true)
  })

  for (const bad of ['\r\nBcc: x@example.org', '\nX: y', '\rX', '\0']) {
    test(`a line end or NUL in a field is refused: ${JSON.stringify(bad)}`, () => {
      expect(() => built({ subject: `a${bad}` })).toThrow('bad-request')
      expect(() => built({ to: [{ name: `a${bad}`, address: 'a@example.org' }] })).toThrow('bad-address')
      expect(() => built({ to: [{ name: '', address: `a@example.org${bad}` }] })).toThrow('bad-address')
      expect(() => built({ from: { name: bad, address: 'a@example.org' } })).toThrow('bad-address')
      for (const raw of [
        built({ inReplyTo: `a@b${bad}` }),
        built({ references: [`a@b${bad}`] }),
        built({ attachments: [{ fileName: `a${bad}`, contentType: `a/b${bad}`, bytes: new Uint8Array(1) }] }),
      ]) {
        expect(raw).not.toMatch(/^(Bcc|X):/m)
      }
    })
  }

  test('the HTML part carries words and links, nothing that loads, runs or identifies', () => {
    const html = mime.parseMessage(outgoingBuilder.build(golden('reply-with-html')).raw).html
    expect(html).toBe(
      '<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n<div><p>Hello <b>Bo</b>, <a href="https://example.org/?a=1&#x26;b=2">look</a></p><blockquote><p>old<br>words</p></blockquote></div>\n</body></html>\n',
    )
  })

  test('foreign Message-IDs that cannot stand in a header are left out', () => {
    const raw = headerOf(built(golden('reply-with-html')))
    expect(raw).toContain('References: <root@example.net>\r\n <first@example.net>')
    expect(raw).not.toContain('evil')
  })

  test('endless references are bounded, the first one stays', () => {
    const header = headerOf(
      built({ references: Array.from({ length: 500 }, (_, index) => `r${index}@example.org`) }),
    )
    expect(header.match(/<r\d+@/g)).toHaveLength(30)
    expect(header).toContain('References: <r0@example.org>')
  })
})

describe('addresses', () => {
  const reason = (address: string) => {
    try {
      outgoingBuilder.build({ ...plain, to: [{ name: '', address }] })
      return 'sent'
    } catch (error) {
      return (error as { params: { reason: string } }).params.reason
    }
  }

  test('a wrong address says what is wrong', () => {
    expect(reason('nobody')).toBe('syntax')
    expect(reason('a b@example.org')).toBe('syntax')
    expect(reason('a..b@example.org')).toBe('syntax')
    expect(reason('@example.org')).toBe('syntax')
    expect(reason('a@')).toBe('domain')
    expect(reason('a@exa mple.org')).toBe('domain')
    expect(reason('a@-x.org')).toBe('domain')
    expect(reason('jörg@example.org')).toBe('non-ascii-local-part')
    expect(reason(`${'a'.repeat(65)}@example.org`)).toBe('too-long')
    expect(reason('"a b"@example.org')).toBe('sent')
    expect(reason('a@[192.0.2.1]')).toBe('sent')
    expect(reason(' a+b@EXAMPLE.org ')).toBe('sent')
  })

  test('the same recipient twice gets one copy; domains are ASCII', () => {
    const { envelope } = outgoingBuilder.build({
      ...plain,
      to: [{ name: '', address: 'a@Bücher.example' }],
      cc: [{ name: 'A', address: 'a@xn--bcher-kva.example' }],
    })
    expect(envelope.to).toEqual(['a@xn--bcher-kva.example'])
  })

  test('no recipient is refused for sending and fine for a draft', () => {
    expect(() => outgoingBuilder.build({ ...plain, to: [] })).toThrow('no-recipient')
    expect(mime.parseMessage(outgoingBuilder.buildDraft({ ...plain, to: [] }).raw).header.to).toEqual([])
  })

  test('a half-typed address does not stop a draft from being kept', () => {
    const { raw } = outgoingBuilder.buildDraft({
      ...plain,
      to: [
        { name: '', address: 'jörg@exa' },
        { name: 'Bo', address: '' },
        { name: 'a\r\nX: y', address: 'b@c.example' },
      ],
    })
    expect(mime.parseMessage(raw).header.to.map(each => `${each.name}|${each.address}`)).toEqual([
      'jörg@exa|',
      'Bo|',
      'a X: y|b@c.example',
    ])
  })
})

test('more than can be sent is refused before any work', () => {
  expect(() =>
    built({ attachments: [{ fileName: 'a', contentType: 'a/b', bytes: new Uint8Array(100_000_001) }] }),
  ).toThrow('too-large')
})
