import { describe, expect, test } from 'vitest'
import { DerError, DerReader } from '../../../../../electron/vault/nss/read-der'

const reader = (...bytes: readonly number[]) => new DerReader(Uint8Array.from(bytes))

describe('DER of a key database', () => {
  test('is read in the order it was written', () => {
    const outer = reader(0x30, 0x0b, 0x04, 0x02, 7, 8, 0x02, 0x02, 0x27, 0x10, 0x06, 0x01, 0x2a)
    const inner = outer.sequence()
    outer.end()
    expect([...inner.octetString(2)]).toEqual([7, 8])
    expect([inner.integer(), inner.objectId()]).toEqual([10_000, '2a'])
    inner.end()
  })

  test.each<[string, (der: DerReader) => unknown, readonly number[]]>([
    ['nothing at all', der => der.sequence(), []],
    ['a type without a length', der => der.sequence(), [0x30]],
    ['more promised than there is', der => der.octetString(100), [0x04, 5, 1, 2]],
    ['a length of gigabytes', der => der.octetString(100), [0x04, 0x84, 0xff, 0xff, 0xff, 0xff]],
    ['a length without end (BER)', der => der.sequence(), [0x30, 0x80, 0, 0]],
    ['a long form for a short length', der => der.octetString(100), [0x04, 0x81, 1, 9]],
    [
      'two bytes for a length of one',
      der => der.octetString(300),
      [0x04, 0x82, 0, 0x80, ...Array(128).fill(0)],
    ],
    ['a length that is cut', der => der.octetString(100), [0x04, 0x82, 1]],
    ['more than the caller takes', der => der.octetString(1), [0x04, 2, 1, 2]],
    ['another type', der => der.octetString(10), [0x30, 0]],
    ['a negative number', der => der.integer(), [0x02, 1, 0xff]],
    ['a number without digits', der => der.integer(), [0x02, 0]],
    ['a number of five bytes', der => der.integer(), [0x02, 5, 1, 0, 0, 0, 0]],
    ['a number with a leading zero', der => der.integer(), [0x02, 2, 0, 1]],
    ['something behind the end', der => der.end(), [0]],
  ])('is refused: %s', (_, read, bytes) => {
    expect(() => read(reader(...bytes))).toThrow(DerError)
  })
})
