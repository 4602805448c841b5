import { describe, expect, test } from 'vitest'
import { rawOf } from '../../../../../../electron/engine/formats/vcard/card'
import { withPhoto } from '../../../../../../electron/engine/formats/vcard/edit/set-photo'
import { photoOf } from '../../../../../../electron/engine/formats/vcard/fields/photo'
import { readCard } from '../../../../../../electron/engine/formats/vcard/read-card'
import {
  loopingGif,
  photoJpeg,
  placedWebp,
  screenshotPng,
} from '../../../../../fixtures/mail/outgoing/images'
import { fixture, programs, wrapped } from './support'

const pictures = { jpeg: photoJpeg(), png: screenshotPng(6), gif: loopingGif, webp: placedWebp(6) }

describe.each(['2.1', '3.0', '4.0'])('a card of %s', version => {
  test.each(Object.entries(pictures))('holds a %s, without what it tells of its place', (type, picture) => {
    const card = withPhoto(wrapped('FN:Änne\nX-ODD:1', version), picture)
    const again = readCard(rawOf(card!))
    const { photo, hasRemote } = photoOf(again)
    expect([photo?.type, hasRemote]).toEqual([`image/${type}`, false])
    const kept = Buffer.from(photo!.base64, 'base64').toString('latin1')
    expect(Buffer.from(picture).toString('latin1')).toMatch(/Exif|tEXt|XMP|EXIF|comment/i)
    expect(kept).not.toMatch(/GPS|Exif\0\0II.*Canon/s)
    expect(kept.length).toBeLessThan(picture.length)
    // And is what it was when the picture goes again.
    expect(rawOf(withPhoto(again, null)!)).toBe(rawOf(wrapped('FN:Änne\nX-ODD:1', version)))
  })
})

test('takes the place of every picture that was there, and of one that lies elsewhere', () => {
  const card = wrapped(
    'FN:A\nPHOTO;VALUE=uri:https://spy.example/a.jpg\nPHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAAAAACw=\nREV:20200101T000000Z',
  )
  const raw = rawOf(withPhoto(card, pictures.png, '20260310T090000Z')!)
  expect(raw.match(/^PHOTO/gm)).toHaveLength(1)
  expect(raw).not.toContain('spy.example')
  expect(raw).toContain('REV:20260310T090000Z')
})

test.each(programs)('leaves the other lines of %s byte for byte', name => {
  const text = fixture(name)
  const card = readCard(text)
  const raw = rawOf(withPhoto(card, pictures.jpeg)!)
  const others = card.lines.filter(each => each.line?.name !== 'PHOTO').map(each => each.raw)
  for (const line of others) expect(raw).toContain(line)
})

test.each([
  ['text', 'no picture'],
  ['nothing', ''],
  ['svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
])('%s is refused', (_name, text) => {
  expect(withPhoto(wrapped('FN:A'), Buffer.from(text))).toBe(null)
})
