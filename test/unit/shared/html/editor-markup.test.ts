import type { Element, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { describe, expect, test } from 'vitest'
import { editableHtml } from '../../../../electron/engine/features/writing/build/outgoing-html'
import { editorMarkup } from '../../../../shared/html/editor-markup'
import { editorVectors } from '../../../fixtures/mail/editor-vectors'

const harmless =
  /^(a|b|blockquote|br|caption|code|del|div|em|h[1-6]|hr|i|img|li|ol|p|pre|s|span|strike|strong|su[bp]|table|tbody|td|tfoot|th|thead|tr|ul?)$/
const properties: Readonly<Record<string, RegExp>> = {
  href: /^(https?:\/\/|mailto:|tel:)/,
  src: /^cid:/,
  dataContentId: /./,
  dataPmSlice: /^\d/,
  alt: /^/,
  width: /^\d+$/,
  height: /^\d+$/,
  start: /^\d+$/,
  colSpan: /^\d+$/,
  rowSpan: /^\d+$/,
}

/** What a browser would make of it that is not on the list, as a browser's parser reads it. */
function strangersIn(html: string): string[] {
  const found: string[] = []
  const visit = (node: Root | Element) => {
    for (const child of node.children) {
      if (child.type === 'comment') found.push('comment')
      if (child.type !== 'element') continue
      if (!harmless.test(child.tagName)) found.push(child.tagName)
      for (const [name, value] of Object.entries(child.properties))
        if (!properties[name]?.test(String(value))) found.push(`${child.tagName} ${name}=${String(value)}`)
      visit(child)
    }
  }
  visit(fromHtml(html, { fragment: true }))
  return found
}

describe.each([
  ['the page', editorMarkup],
  ['the engine', editableHtml],
])('the wall of %s before the editor', (_name, wall) => {
  test('lets nothing through that loads, runs or frames', () => {
    for (const html of editorVectors) {
      expect(strangersIn(wall(html)), html).toEqual([])
      expect(strangersIn(wall(`<p>before ${html} <b>after</b></p>`)), html).toEqual([])
    }
    expect(strangersIn(wall(editorVectors.join('\n')))).toEqual([])
  })

  test('keeps words, emphasis, lists, quotes, tables, links and the pictures of the draft', () => {
    const html =
      '<p>A <b>bold</b> <em>word</em> &amp; <a href="https://example.org/?a=1&amp;b=2">a link</a><br>x</p>' +
      '<ol start="3"><li>three</li></ol><blockquote><p>quoted</p></blockquote><pre><code>a  b</code></pre>' +
      '<table><tbody><tr><td colspan="2">cell</td></tr></tbody></table><p><img src="cid:a%40b" alt="dot" width="4" height="4"></p>'
    const tree = (text: string) =>
      JSON.stringify(fromHtml(text, { fragment: true }).children, (key, value) =>
        key === 'position' ? undefined : value,
      )
    expect(tree(wall(html))).toBe(tree(html))
  })

  test('passed twice it is the same', () => {
    for (const html of editorVectors) expect(wall(wall(html))).toBe(wall(html))
  })
})

test('what another program put around its text goes, its text stays', () => {
  const word =
    '<html xmlns:o="urn:x"><head><title>t</title><style>p{color:red}</style></head><body lang=DE><!--StartFragment-->' +
    '<p class=MsoNormal style="margin:0">Hello <o:p>there</o:p></p><!--EndFragment--></body></html>'
  expect(editorMarkup(word)).toBe('<p>Hello there</p>')
})

test('a stretch copied in the editor keeps its mark, so that it is pasted as it was', () => {
  const copied = `<ul data-pm-slice="2 2 [&quot;bulletList&quot;,null]"><li><p>one</p></li></ul>`
  expect(editorMarkup(copied)).toBe(copied)
})
