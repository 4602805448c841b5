import { expect, test } from 'vitest'
import {
  hasFormatting,
  htmlFromText,
  textFromRich,
} from '../../../../../../renderer/features/writing/editor/rich-content'

test('typed markup is text, never HTML', () => {
  expect(htmlFromText('<b>&</b>')).toBe('<p>&lt;b&gt;&amp;&lt;/b&gt;</p>')
})

test('quoted lines become quotes, also nested ones', () => {
  expect(htmlFromText('Hi\n> one\n> > two')).toBe(
    '<p>Hi</p><blockquote><p>one</p><blockquote><p>two</p></blockquote></blockquote>',
  )
})

test('lists, quotes and links stay readable as plain text', () => {
  const text = (value: string, marks?: { type: string; attrs: { href: string } }[]) => ({
    type: 'paragraph',
    content: [{ type: 'text', text: value, ...(marks === undefined ? {} : { marks }) }],
  })
  const item = (value: string) => ({ type: 'listItem', content: [text(value)] })
  const document = {
    type: 'doc',
    content: [
      { type: 'orderedList', attrs: { start: 3 }, content: [item('three'), item('four')] },
      { type: 'blockquote', content: [text('said'), { type: 'blockquote', content: [text('deep')] }] },
      text('here', [{ type: 'link', attrs: { href: 'https://example.org/' } }]),
    ],
  }
  expect(textFromRich(document)).toBe(
    '3. three\n4. four\n\n> said\n>\n>> deep\n\nhere <https://example.org/>',
  )
  expect(hasFormatting(document)).toBe(true)
  expect(hasFormatting({ type: 'doc', content: [text('plain')] })).toBe(false)
})
