import { expect, test } from 'vitest'
import { sanitizeHtml } from '../../../../../../../electron/engine/formats/mime/sanitize/sanitize-html'

const clean = (html: string): string => {
  const { html: whole } = sanitizeHtml(html, { cidUrl: () => null })
  return whole.slice(whole.indexOf('<body>'))
}
const mark = 'linear-gradient(rgba(0,0,0,0),rgba(0,0,0,0))'

test.each([
  '<div style="background-image:url(https://a.example/hero.jpg);color:#fff">Words</div>',
  '<div style="background:#fff url(https://a.example/hero.jpg) no-repeat center/cover">Words</div>',
  '<table><tr><td background="https://a.example/hero.jpg">Words</td></tr></table>',
  '<div style="background-image:url(cid:hero)">Words</div>',
  '<div style="background-image:linear-gradient(rgba(0,0,0,.4),rgba(0,0,0,.4)),url(https://a.example/hero.jpg)">Words</div>',
])('the place of a picture behind words is marked while it is not here: %s', html => {
  expect(clean(html)).toContain(mark)
})

test('a ground without a picture is not marked', () => {
  expect(clean('<div style="background:#fff;color:#fff">Words</div>')).not.toContain('gradient')
})

test.each([
  ['<a href="https://shop.example/x"><img src="https://a.example/b.png"></a>', 'shop.example'],
  ['<a href="https://shop.example/x"><img src="https://a.example/b.png" alt=" "></a>', 'shop.example'],
  [
    '<a href="mailto:ann@shop.example"><span><img src="https://a.example/b.png" alt=""></span></a>',
    'ann@shop.example',
  ],
  [
    '<a href="https://shop.example/x"><img src="https://a.example/b.png" alt="To the shop"></a>',
    'To the shop',
  ],
  ['<a href="https://shop.example/x"><img src="cid:gone"></a>', 'shop.example'],
])('a link that is only a picture has words: %s', (html, words) => {
  expect(clean(html)).toContain(`alt="${words}"`)
})

test('a link with words of its own needs none, and a pixel shows none', () => {
  expect(
    clean('<a href="https://shop.example/x"><img src="https://a.example/b.png"> Shop</a>'),
  ).not.toContain('alt=')
  expect(clean('<p>Words</p><img src="https://a.example/o/1" width="1" height="1" alt="pixel">')).toContain(
    'hidden=""',
  )
})
