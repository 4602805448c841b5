import { describe, expect, test } from 'vitest'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'
import { cleanFileName } from '../../../../../../electron/engine/formats/mime/parts/attachment-name'

const parse = (text: string, encoding: BufferEncoding = 'utf8') =>
  mime.parseMessage(Buffer.from(text.replaceAll('\n', '\r\n'), encoding))
const body = (headers: string, text: string, encoding: BufferEncoding = 'utf8') =>
  parse(`${headers}\n\n${text}`, encoding)
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64')
const withAttachment = (headers: string, content = 'x') =>
  parse(`Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\n${headers}\n\n${content}\n--b--\n`)
    .attachments[0]

describe('text is readable', () => {
  test('quoted-printable with soft breaks, padding and broken escapes', () => {
    expect(
      body(
        'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
        'Gr=C3=BC=\n=C3=9Fe  \nA=XY 100=\n%=20',
      ).text,
    ).toBe('Grüße\nA=XY 100% ')
  })

  test('base64 with line breaks, foreign characters and padding in the middle', () => {
    const head = 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64'
    expect(body(head, `${base64('Hello ')}\n!${base64('wörld')}`).text).toBe('Hello wörld')
    expect(body(head, `${base64('a')}\n${base64('bc')}`).text).toBe('abc')
  })

  const charsets: [string, Buffer, string][] = [
    ['iso-8859-1', Buffer.from('Gr\xfc\xdfe \x80', 'latin1'), 'Grüße €'],
    ['windows-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
    ['koi8-r', Buffer.from([0xf0, 0xd2, 0xc9]), 'При'],
    ['gb18030', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), '你好'],
    ['big5', Buffer.from([0xa7, 0x41, 0xa6, 0x6e]), '你好'],
    ['shift_jis', Buffer.from([0x82, 0xb1, 0x82, 0xf1]), 'こん'],
    ['euc-kr', Buffer.from([0xc7, 0xd1]), '한'],
    ['iso-2022-jp', Buffer.from('\x1b$B$3$s\x1b(B!', 'latin1'), 'こん!'],
    ['utf-7', Buffer.from('+AOQ-pfel +- 1'), 'äpfel + 1'],
    ['utf-16le', Buffer.from('hé', 'utf16le'), 'hé'],
    ['us-ascii', Buffer.from('Grüße'), 'Grüße'],
    ['no-such-charset', Buffer.from('Gr\xfc\xdfe', 'latin1'), 'Grüße'],
    ['"utf-8" (comment)', Buffer.from('Grüße'), 'Grüße'],
  ]
  for (const [charset, bytes, expected] of charsets) {
    test(`the charset ${charset}`, () => {
      expect(
        body(`Content-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: base64`, base64(bytes))
          .text,
      ).toBe(expected)
    })
  }

  test('flowed text is put together and quotes keep their depth', () => {
    const head = 'Content-Type: text/plain; charset=utf-8; format=flowed'
    expect(body(head, 'one \ntwo\n three\n> a \n> b\n>> c\n-- \nAnn').text).toBe(
      'one two\nthree\n> a b\n>> c\n-- \nAnn',
    )
    expect(body(`${head}; delsp=yes`, 'ab \ncd').text).toBe('abcd')
  })

  test('HTML alone becomes text without style, script and comment', () => {
    const parsed = body(
      'Content-Type: text/html; charset=utf-8',
      '<style>p{color:red}</style><script>x<y</script><!-- no --><h1>Title</h1><p>One&nbsp;&amp; <b>two</b>&#8211;three</p><ul><li>a<li>b</ul><table><tr><td>1<td>2</table>x<br>y &lt;z&gt; &unknown;',
    )
    expect(parsed.text).toBe('Title\n\nOne & two–three\n\n- a\n- b\n\n1 2\n\nx\ny <z> &unknown;')
    expect(parsed.html).toContain('<h1>')
  })

  test('the snippet leaves quotes and signatures out', () => {
    expect(body('Subject: x', '> old\n> words\n\nNew   words.\n\n-- \nAnn').snippet).toBe('New words.')
    expect(body('Subject: x', 'x '.repeat(1000)).snippet.length).toBeLessThanOrEqual(200)
  })
})

describe('the right part is shown', () => {
  const alternative =
    '--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\n'

  test('of alternatives both forms are kept', () => {
    expect(body('Content-Type: multipart/alternative; boundary=b', alternative)).toMatchObject({
      text: 'plain',
      html: '<p>rich</p>',
      attachments: [],
    })
  })

  test('an empty text alternative does not hide the HTML', () => {
    expect(
      body('Content-Type: multipart/alternative; boundary=b', alternative.replace('plain\n--', '\n--')).text,
    ).toBe('rich')
  })

  test('pictures of a related group are inline attachments with their id', () => {
    const parsed = body(
      'Content-Type: multipart/related; boundary=b',
      `--b\nContent-Type: text/html\n\n<img src="cid:pic@x">\n--b\nContent-Type: image/png\nContent-ID: <pic@x>\nContent-Transfer-Encoding: base64\n\n${base64(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))}\n--b--\n`,
    )
    expect(parsed.attachments).toMatchObject([
      { partId: '2', inline: true, contentId: 'pic@x', fileName: 'attachment-2.png' },
    ])
  })

  test('a list footer behind HTML is shown too', () => {
    const parsed = body(
      'Content-Type: multipart/mixed; boundary=b',
      '--b\nContent-Type: text/html\n\n<p>hi</p>\n--b\nContent-Type: text/plain\n\nfooter <x>\n--b--\n',
    )
    expect(parsed.text).toBe('hi\n\nfooter <x>')
    expect(parsed.html).toContain('footer &lt;x>')
  })

  test('a signed message shows its text and keeps the signature beside it', () => {
    const parsed = body(
      'Content-Type: multipart/signed; boundary=b',
      '--b\n\ntext\n--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nsig\n--b--\n',
    )
    expect(parsed).toMatchObject({ text: 'text', attachments: [{ fileName: 'signature.asc' }] })
  })

  test('an attached message is one file, named by its subject', () => {
    const raw =
      'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n--b\nContent-Type: message/rfc822\n\nSubject: Old/news\n\ninner text\n--b--\n'
    const parsed = parse(raw)
    expect(parsed.text).toBe('see below')
    expect(parsed.attachments).toMatchObject([{ fileName: 'Old_news.eml', contentType: 'message/rfc822' }])
    const part = mime.readPart(Buffer.from(raw), '2')
    expect(Buffer.from(part?.bytes ?? []).toString()).toBe('Subject: Old/news\n\ninner text')
  })

  test('a bounce shows its words and keeps the report', () => {
    const parsed = body(
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '--b\n\nCould not deliver.\n--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--b\nContent-Type: text/rfc822-headers\n\nSubject: x\n--b--\n',
    )
    expect(parsed.text).toBe('Could not deliver.')
    expect(parsed.attachments.map(each => each.contentType)).toEqual([
      'message/delivery-status',
      'text/rfc822-headers',
    ])
  })

  test('winmail.dat and calendars stay files', () => {
    expect(withAttachment('Content-Type: application/ms-tnef; name=winmail.dat')?.fileName).toBe(
      'winmail.dat',
    )
    expect(withAttachment('Content-Type: text/calendar; method=REQUEST')?.fileName).toBe('attachment-2.ics')
  })

  test('uuencoded parts are read', () => {
    const head = 'Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode'
    expect(body(head, 'begin 644 a.txt\n#0V%T\n`\nend').text).toBe('Cat')
  })

  test('a part that does not exist is nothing', () => {
    expect(mime.readPart(Buffer.from('Subject: x\r\n\r\nx'), '7')).toBeNull()
    expect(mime.readPart(Buffer.from('Subject: x\r\n\r\nx'), '')).toBeNull()
  })

  test('a single-part attachment is offered and read', () => {
    const raw = Buffer.from(
      `Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64('%PDF-1.4')}\r\n`,
    )
    expect(mime.parseMessage(raw)).toMatchObject({
      text: '',
      attachments: [{ partId: '1', fileName: 'a.pdf', sizeBytes: 8 }],
    })
    expect(Buffer.from(mime.readPart(raw, '1')?.bytes ?? []).toString()).toBe('%PDF-1.4')
  })

  test('the size before download is the size after it', () => {
    for (const size of [0, 1, 2, 3, 56, 57, 58, 5000]) {
      const lines = base64(Buffer.alloc(size, 7)).replace(/.{76}/g, '$&\r\n')
      const raw = Buffer.from(
        `Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`,
      )
      expect(mime.parseMessage(raw).attachments[0]?.sizeBytes).toBe(size)
      expect(mime.readPart(raw, '1')?.info.sizeBytes).toBe(size)
    }
  })
})

describe('attachment names are safe to save', () => {
  const named = (value: string) =>
    withAttachment(`Content-Type: application/octet-stream\nContent-Disposition: attachment; ${value}`)
      ?.fileName
  const cases: [string, string, string][] = [
    ['RFC 2231', "filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", 'Grüße.pdf'],
    ['RFC 2231 in pieces out of order', "filename*1*=%9Fe.pdf; filename*0*=utf-8''Gr%C3%BC%C3", 'Grüße.pdf'],
    ['RFC 2231 in Latin-1', "filename*=iso-8859-1'de'Gr%FC%DFe.pdf", 'Grüße.pdf'],
    ['the extended name before the plain one', "filename=plain.pdf; filename*=utf-8''true.pdf", 'true.pdf'],
    ['an encoded word', 'filename="=?utf-8?B?R3LDvMOfZS5wZGY=?="', 'Grüße.pdf'],
    ['raw UTF-8', 'filename="Grüße.pdf"', 'Grüße.pdf'],
    ['a path', 'filename="../../etc/passwd"', 'passwd'],
    ['a Windows path', 'filename="C:\\\\Users\\\\a\\\\b.txt"', 'b.txt'],
    ['a device', 'filename="con.txt"', '_con.txt'],
    ['dots', 'filename="...hidden... "', 'hidden'],
    ['characters that Windows forbids', 'filename="a<b>:c?.txt"', 'a_b__c_.txt'],
    ['a name turned around', 'filename="invoice\u202Efdp.exe"', 'invoicefdp.exe'],
    ['only dots', 'filename=".."', 'attachment-2.txt'],
    ['a semicolon in quotes', 'filename="a;b.txt"', 'a;b.txt'],
  ]
  for (const [name, value, expected] of cases) test(name, () => expect(named(value)).toBe(expected))

  test('a name of emoji fits into the bytes that file systems take, with its extension', () => {
    const name = cleanFileName(`${'😀'.repeat(140)}.txt`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(name).toMatch(/^(😀)+\.txt$/u)
    expect(cleanFileName(`${'x'.repeat(5000)}.tar`)).toHaveLength(150)
  })

  test('a name is no option of a program that is given `*`', () => {
    expect(cleanFileName('-rf')).toBe('_rf')
  })

  test('a long name keeps its extension', () => {
    const name = named(`filename="${'x'.repeat(300)}.pdf"`) ?? ''
    expect(name).toHaveLength(150)
    expect(name.endsWith('x.pdf')).toBe(true)
  })
})

describe('dangerous attachments are named', () => {
  const danger = (name: string, type = 'application/octet-stream', content = 'x') =>
    withAttachment(`Content-Type: ${type}\nContent-Disposition: attachment; filename="${name}"`, content)
      ?.danger
  const cases: [string, string | null][] = [
    ['setup.exe', 'executable'],
    ['run.js', 'executable'],
    ['page.html', 'executable'],
    ['x.desktop', 'executable'],
    ['disk.iso', 'executable'],
    ['invoice.pdf.exe', 'double-extension'],
    ['photo.jpg   .scr', 'double-extension'],
    ['invoice.docm', 'macro'],
    ['old.xls', 'macro'],
    ['all.zip', 'archive'],
    ['all.tar.gz', 'archive'],
    ['letter.pdf', null],
    ['photo.jpg', null],
    ['table.xlsx', null],
    ['signature.asc', null],
  ]
  for (const [name, expected] of cases) test(name, () => expect(danger(name)).toBe(expected))
  test('a program that calls itself a picture', () => {
    expect(danger('photo.jpg', 'image/jpeg', 'MZ\x90')).toBe('misleading-type')
    expect(danger('photo.jpg', 'application/x-msdownload')).toBe('misleading-type')
    expect(danger('photo.png', 'image/png', '<html>')).toBe('misleading-type')
  })
})
