import { expect, test } from 'vitest'
import { ContentKey, sealContent } from '../../../../electron/sealing/sealed-content'

const content = Buffer.from('<p>Words that nobody on the way reads</p>')

test('what was sealed for a key opens with it, once', () => {
  const key = new ContentKey()
  const sealed = sealContent(content, key.publicKey)
  expect(Buffer.from(sealed.sealed).includes('Words')).toBe(false)
  expect(key.open(sealed)).toEqual(content)
  expect(() => key.open(sealed)).toThrow()
})

test('a key that was forgotten opens nothing, nor does another, nor a changed answer', () => {
  const forgotten = new ContentKey()
  const sealed = sealContent(content, forgotten.publicKey)
  forgotten.forget()
  expect(() => forgotten.open(sealed)).toThrow()
  expect(() => new ContentKey().open(sealed)).toThrow()
  const key = new ContentKey()
  const changed = sealContent(content, key.publicKey)
  changed.sealed[0] = (changed.sealed[0] ?? 0) ^ 1
  expect(() => key.open(changed)).toThrow()
})

test('twenty megabytes and nothing at all pass', () => {
  for (const size of [0, 1, 20_000_000]) {
    const key = new ContentKey()
    expect(key.open(sealContent(Buffer.alloc(size, 7), key.publicKey)).byteLength).toBe(size)
  }
})
