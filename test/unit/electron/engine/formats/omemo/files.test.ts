import { describe, expect, it } from 'vitest'
import {
  createFileKey,
  encryptedFileBytes,
  encryptFile,
  openFile,
} from '../../../../../../electron/engine/formats/omemo/file/cipher'
import { readFileLink, writeFileLink } from '../../../../../../electron/engine/formats/omemo/file/link'
import { counting, seeded } from '../../../../../support/omemo-values'

async function* pieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.byteLength; at += size) yield content.subarray(at, at + size)
}

async function joined(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

function opened(content: Uint8Array, key: Parameters<typeof openFile>[0], size: number) {
  const opening = openFile(key)
  const parts: Uint8Array[] = []
  for (let at = 0; at < content.byteLength; at += size)
    parts.push(opening.update(content.subarray(at, at + size)))
  return { content: Buffer.concat(parts), isWhole: opening.isWhole() }
}

describe('encrypted files', () => {
  it('have the bytes of XEP-0454', async () => {
    const key = { iv: counting(12), key: counting(32) }
    const bytes = await joined(encryptFile(pieces(Buffer.from('hello'), 2), key))
    expect(bytes.toString('hex')).toBe('2f67ba77aa2797ff353b8a046d28236dcd9d057bbb')
    expect(opened(bytes, key, 3)).toEqual({ content: Buffer.from('hello'), isWhole: true })
  })

  it.each([0, 1, 15, 16, 17, 4096, 100_000])('of %i bytes come back however they are cut', async length => {
    const content = Buffer.alloc(length, 'ab')
    const random = seeded(length)
    for (const size of [1, 7, 16, 65_536]) {
      if (length / size > 5000) continue
      const key = createFileKey()
      const bytes = await joined(encryptFile(pieces(content, size), key))
      expect(bytes.byteLength).toBe(encryptedFileBytes(length))
      expect(opened(bytes, key, size + Math.floor(random() * 5))).toEqual({ content, isWhole: true })
    }
  })

  it('that were changed, cut, or grown are not whole', async () => {
    const key = createFileKey()
    const bytes = await joined(encryptFile(pieces(Buffer.alloc(100), 100), key))
    for (const at of [0, 50, 99, 100, 115]) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(opened(changed, key, 20).isWhole).toBe(false)
    }
    for (const length of [0, 1, 15, 16, 99, 115])
      expect(opened(bytes.subarray(0, length), key, 20).isWhole).toBe(false)
    expect(opened(Buffer.concat([bytes, Buffer.of(0)]), key, 20).isWhole).toBe(false)
    expect(opened(bytes, createFileKey(), 20).isWhole).toBe(false)
  })

  it('are read with the 16 bytes of IV that older programs wrote', () => {
    const link = `aesgcm://host.example/a/b.jpg#${'11'.repeat(16)}${'22'.repeat(32)}`
    expect(readFileLink(link)).toEqual({
      url: 'https://host.example/a/b.jpg',
      iv: new Uint8Array(16).fill(0x11),
      key: new Uint8Array(32).fill(0x22),
    })
  })
})

describe('links to encrypted files', () => {
  const file = { url: 'https://host.example:5443/up/x.png', ...createFileKey() }
  const link = writeFileLink(file)

  it('come back, alone or with a thumbnail in the next line', () => {
    for (const text of [link, ` ${link}\n`, `${link}\ndata:image/jpeg,abc`, link.replace('aesgcm', 'AESGCM')])
      expect(readFileLink(text)).toEqual(file)
  })

  it.each([
    `look: ${link}`,
    `${link} !`,
    `${link}\nsomething else`,
    `${link}\n${link}`,
    link.replace('aesgcm', 'https'),
    link.slice(0, -2),
    `${link}ff`,
    link.replace('#', '#zz'),
    link.replace('host.example', 'user:pass@host.example'),
    link.replace('host.example:5443', ''),
    `aesgcm://${'a'.repeat(5000)}#${'11'.repeat(44)}`,
    '',
  ])('are nothing else: %#', text => {
    expect(readFileLink(text)).toBeNull()
  })

  it('are not made of a place that anybody on the way can read', () => {
    expect(() => writeFileLink({ ...file, url: 'http://host.example/x' })).toThrow(RangeError)
    expect(() => writeFileLink({ ...file, url: 'https://host.example/x#y' })).toThrow(RangeError)
    expect(() => writeFileLink({ ...file, iv: new Uint8Array(16) })).toThrow(RangeError)
  })
})
