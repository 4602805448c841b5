import { expect, test } from 'vitest'
import { sanitizing } from '../../../../../../../electron/engine/formats/mime/sanitize/sanitize-html'
import { atOnce } from '../../../../../../../electron/engine/formats/mime/sanitize/slices'
import { htmlMails } from '../../../../../../fixtures/html-mail'
import { darkShapes, otherShapes } from '../../../../../../fixtures/pictures'

const token = 'r=7f3a9c51e8b24d60a1b2c3d4'
const read = (html: string) => atOnce(sanitizing(html))
/** What becomes of one picture of such a size. */
const arrives = (
  attributes: string,
  [width, height]: readonly [number, number],
  address = `https://a.example/p?${token}`,
) => {
  const clean = read(`<p>Before</p><p><img src="${address}" ${attributes}></p><p>After</p>`)
  const { html } = clean.document({
    cidUrl: () => null,
    remoteUrl: () => ({ address: 'attachment://remote/1/0', width, height }),
  })
  const [image = ''] = html.match(/<img[^>]*>/) ?? []
  return {
    told: clean.pixelCount(() => ({ width, height })),
    drawn: image.includes('attachment:'),
    hidden: image.includes('hidden'),
  }
}
const pixel = { told: 1, drawn: false, hidden: true }
const picture = { told: 0, drawn: true, hidden: false }

test.each([
  ['no size', '', [1, 1]],
  ['no size', 'alt="x"', [3, 3]],
  ['no size', '', [2, 12]],
  ['no size', '', [5, 5]],
  ['a width only', 'width="600"', [1, 1]],
  ['a share of the width', 'style="width:100%;height:auto"', [1, 1]],
  ['a height only', 'height="40"', [2, 2]],
  ['a bound, no size', 'style="max-width:600px"', [1, 1]],
] as const)('%s (%s) and %j pixels that came: told, and no gap', (_name, attributes, size) => {
  expect(arrives(attributes, size)).toEqual(pixel)
})

test.each([
  ['no size', '', [6, 6]],
  ['no size', '', [300, 200]],
  ['no size: a line', '', [600, 1]],
  ['no size: a line', '', [2, 90]],
  ['room of both sides', 'width="600" height="30"', [1, 1]],
  ['room by its style', 'style="width:20px;height:20px"', [1, 1]],
] as const)('%s (%s) and %j pixels that came: a picture', (_name, attributes, size) => {
  expect(arrives(attributes, size)).toEqual(picture)
})

test('a plain file that is the same for everybody tells nothing, however small it is', () => {
  expect(arrives('', [1, 1], 'https://a.example/images/dot.gif')).toEqual(picture)
  // A name that only a machine would have made tells something.
  expect(arrives('', [1, 1], 'https://a.example/7f3a9c51e8b24d60a1b2c3d4.gif')).toEqual(pixel)
})

test('in a link the words stay, for they can be pressed', () => {
  const clean = read(
    `<p>Before <a href="https://b.example/"><img src="https://a.example/p?${token}" alt="Shop"></a> after</p>`,
  )
  const { html } = clean.document({
    cidUrl: () => null,
    remoteUrl: () => ({ address: 'attachment://remote/1/0', width: 1, height: 1 }),
  })
  expect(html).toContain('<img alt="Shop">')
})

test('of the 28 layouts no picture that came as one is taken for a pixel', () => {
  for (const { html } of htmlMails) expect(read(html).pixelCount(() => ({ width: 300, height: 200 }))).toBe(0)
})

test('dark shapes are marked wherever they come from, each address once, and no mail can mark itself', () => {
  const { 'dark.gif': gif = '', 'dark-rgba8.png': png = '' } = darkShapes
  const { 'light-rgba8.png': light = '' } = otherShapes
  const clean = read(
    `<img alt="1" src="cid:a"><img alt="2" src="cid:a"><img alt="3" src="cid:b"><img alt="4" src="data:image/gif;base64,${gif}">
     <img alt="5" src="data:image/png;base64,${light}" data-siegel-dark-shape=""><img alt="6" src="https://a.example/logo.png" data-siegel-dark-shape>
     <img alt="7" src="data:image/png;base64,%00">`,
  )
  const asked: string[] = []
  const { html } = clean.document({
    cidUrl: id => `attachment://message/1/${id}`,
    remoteUrl: () => ({ address: 'attachment://remote/1/0', width: 60, height: 24 }),
    bytesOf: address => {
      asked.push(address)
      return address.endsWith('/b') ? null : Buffer.from(png, 'base64')
    },
  })
  const marked = (html.match(/<img[^>]*>/g) ?? [])
    .filter(image => image.includes('data-siegel-dark-shape'))
    .map(image => /alt="(\d)"/.exec(image)?.[1])
  expect(marked).toEqual(['1', '2', '4', '6'])
  expect(asked.sort()).toEqual([
    'attachment://message/1/a',
    'attachment://message/1/b',
    'attachment://remote/1/0',
  ])
  // Nobody who shows it has asked for it.
  expect(clean.document({ cidUrl: id => `attachment://message/1/${id}` }).html).not.toContain(
    'data-siegel-dark-shape',
  )
})
