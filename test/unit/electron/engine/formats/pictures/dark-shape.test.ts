import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createDarkShapes } from '../../../../../../electron/engine/formats/pictures/dark-shape'
import { tallyOfPng } from '../../../../../../electron/engine/formats/pictures/png-tally'
import { darkShapes, otherShapes } from '../../../../../fixtures/pictures'

const isDarkShape = (bytes: Uint8Array): boolean => createDarkShapes()(bytes)
const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64')

const chunk = (name: string, data: Uint8Array): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, data, Buffer.alloc(4)])
}
type Png = Readonly<{
  width: number
  height: number
  depth: number
  kind: number
  rows: Uint8Array
  more?: Buffer[]
}>
/** Rows without a filter; checksums are nobody's business here. */
const png = ({ width, height, depth, kind, rows, more = [] }: Png): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([depth, kind], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
/** Every row: the filter's number 0, then the bytes. */
const sameRows = (height: number, row: readonly number[]): Buffer =>
  Buffer.concat(Array.from({ length: height }, () => Buffer.from([0, ...row])))

test.each(Object.entries(darkShapes))('%s needs a light plate in the dark', (_name, base64) => {
  expect(isDarkShape(bytesOf(base64))).toBe(true)
})

test.each(Object.entries(otherShapes))('%s needs none', (_name, base64) => {
  expect(isDarkShape(bytesOf(base64))).toBe(false)
})

const clearAndBlack = [
  chunk('PLTE', Buffer.from([255, 255, 255, 10, 10, 10])),
  chunk('tRNS', Buffer.from([0])),
]
test.each([
  ['a palette of 1 bit', { depth: 1, kind: 3, rows: sameRows(8, [0b01010101]), more: clearAndBlack }],
  [
    'a palette of 2 bits',
    { depth: 2, kind: 3, rows: sameRows(8, [0b00010001, 0b00010001]), more: clearAndBlack },
  ],
  ['a palette of 4 bits', { depth: 4, kind: 3, rows: sameRows(8, [1, 0, 1, 0]), more: clearAndBlack }],
  [
    'grey of 4 bits with one that is clear',
    {
      depth: 4,
      kind: 0,
      rows: sameRows(8, [0x1f, 0x1f, 0x1f, 0x1f]),
      more: [chunk('tRNS', Buffer.from([0, 15]))],
    },
  ],
  [
    'grey with alpha',
    { depth: 8, kind: 4, rows: sameRows(8, [20, 255, 20, 255, 20, 200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) },
  ],
] as const)('%s', (_name, picture) => {
  const bytes = png({ width: 8, height: 8, ...picture, more: 'more' in picture ? [...picture.more] : [] })
  expect(tallyOfPng(bytes, 100)).toMatchObject({ dots: 64 })
  expect(isDarkShape(bytes)).toBe(true)
})

test('a picture that is cut off anywhere, or has any byte turned, gets an answer and no more', () => {
  for (const base64 of Object.values({ ...darkShapes, ...otherShapes })) {
    const whole = bytesOf(base64)
    for (let at = 0; at < whole.length; at += 3) {
      isDarkShape(whole.subarray(0, at))
      const turned = Buffer.from(whole)
      turned[at] = 255 - (turned[at] ?? 0)
      isDarkShape(turned)
    }
  }
  const { 'dark-rgba8.png': logo = '', 'dark.gif': other = '' } = darkShapes
  for (const whole of [bytesOf(logo), bytesOf(other)])
    for (const share of [0.3, 0.6, 0.9])
      expect(isDarkShape(whole.subarray(0, Math.floor(whole.length * share)))).toBe(false)
})

test('nothing is unpacked that is larger than it says, or larger than is worth it', () => {
  // 8 by 8 dots, and a hundred megabytes behind them.
  const bomb = png({ width: 8, height: 8, depth: 8, kind: 6, rows: Buffer.alloc(100_000_000) })
  expect(isDarkShape(bomb)).toBe(false)
  const black = (width: number, height: number) =>
    png({
      width,
      height,
      depth: 8,
      kind: 6,
      rows: sameRows(height, [10, 10, 10, 255, ...Array<number>(4 * width - 4).fill(0)]),
    })
  expect(isDarkShape(black(90, 90))).toBe(true)
  expect(isDarkShape(black(2000, 1000))).toBe(false)
  const liar = png({ width: 4_000_000_000, height: 4_000_000_000, depth: 8, kind: 6, rows: sameRows(9, [1]) })
  expect(isDarkShape(liar)).toBe(false)
})

test('of one body so many are looked at, and of the rest it says no', () => {
  const logo = bytesOf(darkShapes['dark-rgba8.png'] ?? '')
  const judge = createDarkShapes()
  const said = Array.from({ length: 60 }, () => judge(logo))
  expect(said.filter(Boolean)).toHaveLength(40)
  expect(said.at(-1)).toBe(false)
  const row = [
    ...Array<number>(800).fill(0),
    ...[10, 10, 10, 255, 10, 10, 10, 255],
    ...Array<number>(792).fill(0),
  ]
  const large = png({ width: 400, height: 500, depth: 8, kind: 6, rows: sameRows(500, row) })
  const second = createDarkShapes()
  expect([1, 2, 3, 4].map(() => second(large))).toEqual([true, true, true, false])
})
