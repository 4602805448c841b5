import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mime } from '../../../../../../../electron/engine/formats/mime/mime'
import { type MimePart, splitMessage } from '../../../../../../../electron/engine/formats/mime/parts/split'

const split = (text: string) => splitMessage(Buffer.from(text, 'latin1'))
const slice = (text: string, part: MimePart | undefined) =>
  part ? Buffer.from(text, 'latin1').toString('latin1', part.start, part.end) : null
const crlf = (text: string) => text.replaceAll('\n', '\r\n')

const signed = crlf(`From: a@example.org
Content-Type: multipart/signed; boundary="outer"; protocol="application/pgp-signature"

preamble
--outer
Content-Type: text/plain

Signed text  
with trailing space 

--outer
Content-Type: application/pgp-signature

sig
--outer--
epilogue
`)

describe('parts are cut exactly', () => {
  test('a signed part is the bytes that the signature covers', () => {
    const { root, broken } = split(signed)
    expect(slice(signed, root.children[0])).toBe(
      'Content-Type: text/plain\r\n\r\nSigned text  \r\nwith trailing space \r\n',
    )
    expect(slice(signed, root.children[1])).toBe('Content-Type: application/pgp-signature\r\n\r\nsig')
    expect(broken).toBe(false)
  })

  test('the same message with LF or with bare CR line ends is cut at the same places', () => {
    for (const lineEnd of ['\n', '\r']) {
      const text = signed.replaceAll('\r\n', lineEnd)
      const { root } = split(text)
      expect(root.children.map(child => child.type.value)).toEqual([
        'text/plain',
        'application/pgp-signature',
      ])
      expect(slice(text, root.children[1])).toBe(
        `Content-Type: application/pgp-signature${lineEnd}${lineEnd}sig`,
      )
    }
  })

  test('parts are numbered as IMAP numbers them', () => {
    const text =
      'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nx\n--b\n\ny\n--b--\n--a\n\nz\n--a--\n'
    const ids: string[] = []
    const walk = (part: MimePart) => {
      ids.push(part.id)
      part.children.forEach(walk)
    }
    walk(split(text).root)
    expect(ids).toEqual(['', '1', '1.1', '1.2', '2'])
    expect(split('Subject: x\n\nbody').root.id).toBe('1')
  })

  test('a missing closing boundary loses nothing and is said', () => {
    const { root, broken } = split('Content-Type: multipart/mixed; boundary=a\n\n--a\n\nlast words')
    expect(root.children).toHaveLength(1)
    expect(broken).toBe(true)
    expect(
      mime.parseMessage(Buffer.from('Content-Type: multipart/mixed; boundary=a\n\n--a\n\nlast words')).text,
    ).toBe('last words')
  })

  test('white space behind a boundary, and text that only begins like one', () => {
    const text =
      'Content-Type: multipart/mixed; boundary="a"\n\n--a \t\n\none\n--ab\nstill one\nx --a\n--a-- \n'
    const { root, broken } = split(text)
    expect(slice(text, root.children[0])).toBe('\none\n--ab\nstill one\nx --a')
    expect(broken).toBe(false)
  })

  test('an inner multipart that reuses the outer boundary still shows its text', () => {
    const text =
      'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\ninner\n--a--\n--a\n\nouter\n--a--\n'
    const parsed = mime.parseMessage(Buffer.from(text))
    expect(parsed.text).toContain('inner')
    expect(parsed.text).toContain('outer')
    expect(parsed.broken).toBe(true)
  })

  test('a multipart without any part shows its content as text', () => {
    const parsed = mime.parseMessage(Buffer.from('Content-Type: multipart/mixed\n\nno boundary here'))
    expect(parsed.text).toBe('no boundary here')
    expect(parsed.broken).toBe(true)
  })

  test('a thousand nested levels stop at the cap instead of the stack', () => {
    let text = ''
    for (let depth = 0; depth < 1000; depth++)
      text += `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n`
    const parsed = mime.parseMessage(Buffer.from(`${text}\ndeep`))
    expect(parsed.broken).toBe(true)
  })

  test('a hundred thousand parts stop at the cap', () => {
    const { broken } = split(
      `Content-Type: multipart/mixed; boundary=a\n\n${'--a\n\nx\n'.repeat(100_000)}--a--`,
    )
    expect(broken).toBe(true)
  })
})

/** Header, body, preamble, delimiters, parts and epilogue put together again are the message. */
function reassemble(raw: Buffer, part: MimePart): Buffer {
  const pieces: Buffer[] = [raw.subarray(part.start, part.bodyStart)]
  let at = part.bodyStart
  for (const child of part.children) {
    expect(child.start).toBeGreaterThanOrEqual(at)
    expect(child.end).toBeGreaterThanOrEqual(child.start)
    pieces.push(raw.subarray(at, child.start), reassemble(raw, child))
    at = child.end
  }
  expect(at).toBeLessThanOrEqual(part.end)
  pieces.push(raw.subarray(at, part.end))
  return Buffer.concat(pieces)
}

describe('no bytes stop the reader', () => {
  const line = fc.constantFrom(
    'Content-Type: multipart/mixed; boundary=a',
    'Content-Type: multipart/alternative; boundary="b"',
    'Content-Type: text/html',
    '--a',
    '--a--',
    '--b',
    '--b--',
    '--a ',
    '',
    '',
    ' folded',
    'Subject: =?utf-8?Q?=C3?= =?utf-8?Q?=BC?=',
    'From: "a, <b',
    'text',
    'Content-Transfer-Encoding: base64',
    'Content-Type: text/plain; charset=iso-2022-jp; format=flowed',
    "Content-Disposition: attachment; filename*0*=utf-8''%; filename*1=b",
    'Date: 31 Feb 2020',
    '=?x?B?',
    'Content-Transfer-Encoding: quoted-printable',
    '=',
    '=C',
    '<b',
    'From: (((((',
    'Content-Type: message/rfc822',
    'begin 644 x',
  )
  const lineEnd = fc.constantFrom('\r\n', '\n', '\r', '')
  const message = fc
    .array(fc.tuple(line, lineEnd), { maxLength: 40 })
    .map(lines => Buffer.from(lines.flat().join(''), 'latin1'))

  test('slices of random mail put together are the mail', () => {
    fc.assert(
      fc.property(message, raw => {
        expect(reassemble(raw, splitMessage(raw).root).equals(raw)).toBe(true)
        const parsed = mime.parseMessage(raw)
        for (const { partId } of parsed.attachments) expect(mime.readPart(raw, partId)).not.toBeNull()
      }),
      { numRuns: 2000 },
    )
  })

  test('random bytes parse to something', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), raw => {
        const parsed = mime.parseMessage(raw)
        expect(parsed.snippet.length).toBeLessThanOrEqual(200)
        mime.parseHeader(raw)
      }),
      { numRuns: 500 },
    )
  })

  test('a megabyte of anything is read in linear time', () => {
    const start = process.cpuUsage()
    for (const unit of ['--a\r\n', 'a: b\r\n', ' ', '(', '"', '<', ',', '=?utf-8?B?YQ==?= ', ';', '=', '%']) {
      const much = unit.repeat(1_000_000 / unit.length)
      mime.parseMessage(
        Buffer.from(`Content-Type: multipart/mixed; boundary=a\r\nTo: ${much}\r\n\r\n${much}`),
      )
      mime.parseMessage(
        Buffer.from(
          `Content-Type: text/html; name="${much}"\r\nSubject: ${much}\r\nFrom: ${much}\r\nDate: ${much}\r\nReferences: ${much}\r\n\r\n${much}`,
        ),
      )
    }
    // Work, not time: a busy machine changes nothing.
    expect(process.cpuUsage(start).user).toBeLessThan(20_000_000)
  })
})
