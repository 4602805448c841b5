import { describe, expect, test } from 'vitest'
import { inspectMessage } from '../../../../../../electron/engine/formats/mime/inspect-message'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'

const codes = (headers: string, html = '') =>
  inspectMessage(
    mime.parseMessage(Buffer.from(`${headers}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`)),
  ).map(each => each.code)
const from = 'From: Ann <ann@example.org>'

describe('deception is pointed out', () => {
  test('a link that shows one site and leads to another', () => {
    expect(codes(from, '<a href="https://evil.example.net/x">https://www.bank.com/login</a>')).toEqual([
      'link-mismatch',
    ])
    expect(codes(from, '<a href="https://evil.example.net/x"><b>www.bank.com</b></a>')).toEqual([
      'link-mismatch',
    ])
    expect(codes(from, '<a href="https://evil.example.net/x">ba&shy;nk.com</a>')).toEqual(['link-mismatch'])
    expect(codes(from, '<a href="http://bank.com@evil.example.net/">bank.com</a>')).toEqual(['link-mismatch'])
  })

  test('honest links are left alone', () => {
    expect(
      codes(
        from,
        '<a href="https://www.bank.com/x">https://bank.com</a><a href="https://sub.bank.com">www.bank.com</a>',
      ),
    ).toEqual([])
    expect(
      codes(
        from,
        '<a href="https://a.example/report">report.pdf</a><a href="https://a.example/">click here</a><a href="mailto:x@bank.com">x@bank.com</a>',
      ),
    ).toEqual([])
  })

  test('the detail names both sites', () => {
    const parsed = mime.parseMessage(
      Buffer.from(
        `${from}\r\nContent-Type: text/html\r\n\r\n<a href="https://evil.example.net/x">bank.com</a>`,
      ),
    )
    expect(inspectMessage(parsed)).toEqual([{ code: 'link-mismatch', detail: 'bank.com → evil.example.net' }])
  })

  test('a name that is somebody else’s address', () => {
    expect(codes('From: "service@bank.com" <x@evil.example>')).toEqual(['name-is-address'])
    expect(codes('From: "ann@example.org" <Ann@example.org>')).toEqual([])
  })

  test('letters of another script among Latin ones', () => {
    expect(codes('From: "Pаypal" <x@example.org>')).toEqual(['lookalike-sender'])
    expect(codes('From: Shop <x@xn--pypal-4ve.com>')).toEqual(['lookalike-sender'])
    expect(codes('From: Иван Петров <ivan@example.org>')).toEqual([])
    expect(codes('From: Jörg <j@xn--mller-kva.example>')).toEqual([])
  })

  test('replies that go to another site, unless it is a list', () => {
    expect(codes(`${from}\r\nReply-To: x@evil.example`)).toEqual(['reply-to-differs'])
    expect(codes(`${from}\r\nReply-To: office@mail.example.org`)).toEqual([])
    expect(codes(`${from}\r\nReply-To: list@lists.example.com\r\nList-Id: <list.example.com>`)).toEqual([])
  })

  test('broken structure', () => {
    expect(
      inspectMessage(
        mime.parseMessage(Buffer.from('Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nx')),
      ).map(each => each.code),
    ).toEqual(['broken-mime'])
  })

  test('a text too long to be shown whole says so', () => {
    const parsed = mime.parseMessage(Buffer.from(`${from}\r\n\r\n${'x'.repeat(2_000_001)}`))
    expect(inspectMessage(parsed).map(each => each.code)).toEqual(['too-large'])
  })
})
