import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attachmentTraces,
  withoutTraces,
} from '../../../../../../electron/engine/formats/pictures/metadata/attachment-traces'
import {
  exifBlock,
  loopingGif,
  photoJpeg,
  placedWebp,
  pngChunk,
  screenshotPng,
} from '../../../../../fixtures/mail/outgoing/images'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const samples = {
  jpeg: photoJpeg(),
  png: screenshotPng(6),
  webp: placedWebp(6),
  gif: loopingGif,
} as const

describe.each(Object.entries(samples))('a %s', (_kind, original) => {
  test('leaves with nothing that camera or program wrote into it', () => {
    expect(text(original)).toContain('secret')
    expect(text(original)).toContain('GPS')
    expect(text(withoutTraces(original))).not.toMatch(/secret|GPS|Author|Netscape text|MPF|JFXX|8BIM|NOTE/i)
  })

  test('says how much goes and that it was told where it was taken', () => {
    const traces = attachmentTraces(original, 'x.dat')
    expect(traces).toEqual({
      kind: 'image',
      removableBytes: original.length - withoutTraces(original).length,
      location: true,
    })
    expect(traces.removableBytes).toBeGreaterThan(50)
  })

  test('is clean after once: cleaning again changes nothing and has nothing to say', () => {
    const once = withoutTraces(original)
    expect(text(withoutTraces(once))).toBe(text(once))
    expect(attachmentTraces(once, 'x')).toEqual({ kind: 'image', removableBytes: 0, location: false })
  })

  test('cut anywhere, it is never made something else silently', () => {
    for (let length = 0; length < original.length; length += 7) {
      const cut = original.subarray(0, length)
      const traces = attachmentTraces(cut, 'x.dat')
      if (traces.kind !== 'image') expect(withoutTraces(cut)).toBe(cut)
    }
  })

  test('damaged anywhere, it is cleaned or left alone, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), (at, value) => {
        const damaged = Uint8Array.from(original)
        damaged[at] = value
        const once = withoutTraces(damaged)
        expect(once.length).toBeLessThanOrEqual(damaged.length)
        expect(text(withoutTraces(once))).toBe(text(once))
      }),
      { numRuns: 400 },
    )
  })
})

describe('what the picture needs stays', () => {
  test('a turned photo keeps one word of Exif, which turns it', () => {
    for (const orientation of [2, 3, 6, 8]) {
      const cleaned = text(withoutTraces(photoJpeg(orientation)))
      expect(cleaned.split('Exif\0\0')).toHaveLength(2)
      expect(cleaned).toContain(
        `Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}`,
      )
    }
    expect(text(withoutTraces(photoJpeg(1)))).not.toContain('Exif')
    expect(text(withoutTraces(screenshotPng(3)))).toContain('eXIfMM')
    expect(text(withoutTraces(screenshotPng(1)))).not.toContain('eXIf')
    expect(text(withoutTraces(placedWebp(3)))).toContain('EXIF')
    expect(text(withoutTraces(placedWebp(1)))).not.toContain('EXIF')
  })

  test('colour profile, colour transform and coded data are copied byte for byte', () => {
    const jpeg = photoJpeg()
    const cleaned = text(withoutTraces(jpeg))
    const tables = text(jpeg.subarray(jpeg.indexOf('ICC_PROFILE'), jpeg.indexOf('secret second picture')))
    expect(cleaned).toContain(tables)
    expect(cleaned).toContain('Adobe\0\x64\0\0\0\0\x01')
    expect(cleaned.endsWith('\xff\xd9')).toBe(true)
    expect(text(withoutTraces(screenshotPng()))).toMatch(/gAMA.+IDAT.+IEND.{4}$/s)
  })

  test('an animation goes on repeating', () => {
    const cleaned = text(withoutTraces(loopingGif))
    expect(cleaned).toContain('NETSCAPE2.0\x03\x01\0\0\0')
    expect(cleaned.split('\x21\xf9')).toHaveLength(3)
    expect(cleaned.endsWith(';')).toBe(true)
  })
})

describe('what cannot be cleaned is told and left alone', () => {
  test.each([
    ['a HEIC photo', '\0\0\0\x18ftypheic\0\0\0\0', 'opaque'],
    ['a film', '\0\0\0\x18ftypqt  \0\0\0\0', 'opaque'],
    ['a TIFF', text(exifBlock(1)), 'opaque'],
    ['a PDF', '%PDF-1.7\n', 'document'],
    ['words', 'hello', 'none'],
    ['a JPEG that is none', '\xff\xd8\xff\xe1\0\x02', 'opaque'],
    ['nothing', '', 'none'],
  ])('%s', (_what, content, kind) => {
    const bytes = Buffer.from(content, 'latin1')
    expect(attachmentTraces(bytes, 'x.dat')).toEqual({ kind, removableBytes: 0, location: false })
    expect(withoutTraces(bytes)).toBe(bytes)
  })

  test('office files by their name, as they are archives to the eye', () => {
    for (const name of ['a.docx', 'b.XLSX', 'c.odt'])
      expect(attachmentTraces(Buffer.from('PK\x03\x04'), name).kind).toBe('document')
  })

  test('a picture that needs a chunk nobody here knows', () => {
    const plain = screenshotPng()
    const odd = Buffer.concat([plain.subarray(0, 33), pngChunk('CgBI', Buffer.alloc(4)), plain.subarray(33)])
    expect(attachmentTraces(odd, 'x.png').kind).toBe('opaque')
    expect(withoutTraces(odd)).toBe(odd)
  })

  test('millions of empty pieces are refused, not collected', () => {
    const chunk = pngChunk('IDAT', Buffer.alloc(0))
    const many = Buffer.concat([screenshotPng().subarray(0, 33), ...new Array<Buffer>(100_001).fill(chunk)])
    expect(attachmentTraces(many, 'x.png').kind).toBe('opaque')
  })
})
