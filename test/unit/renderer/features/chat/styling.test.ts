import { expect, test } from 'vitest'
import { isFewEmoji, styledBlocks, styledSpans } from '../../../../../renderer/features/chat/text/styling'
import { tameName, tameText } from '../../../../../renderer/features/chat/text/tame'

const strong = (text: string) => ({ kind: 'strong', spans: [{ kind: 'text', text }] })
const text = (words: string) => ({ kind: 'text', text: words })

test('styles begin and end at words (XEP-0393), and what is no style stays as it was written', () => {
  expect(styledSpans('a *strong* word')).toEqual([text('a '), strong('strong'), text(' word')])
  expect(styledSpans('*a* _b_ ~c~ `d`')).toEqual([
    strong('a'),
    text(' '),
    { kind: 'emphasis', spans: [text('b')] },
    text(' '),
    { kind: 'strike', spans: [text('c')] },
    text(' '),
    { kind: 'code', text: 'd' },
  ])
  for (const plain of ['2*3*4', 'snake_case_name', '* not a list *', '**', '*open', 'a~b~c', '`'])
    expect(styledSpans(plain)).toEqual([text(plain)])
  expect(styledSpans('`*no style in code*`')).toEqual([{ kind: 'code', text: '*no style in code*' }])
})

test('quotes and blocks of code are told apart from what is written; a fence without an end takes the rest', () => {
  expect(styledBlocks('> said\n> > before\nanswer')).toEqual([
    {
      kind: 'quote',
      blocks: [
        { kind: 'plain', lines: ['said'] },
        { kind: 'quote', blocks: [{ kind: 'plain', lines: ['before'] }] },
      ],
    },
    { kind: 'plain', lines: ['answer'] },
  ])
  expect(styledBlocks('```\n> *x*\n```\nafter')).toEqual([
    { kind: 'code', text: '> *x*' },
    { kind: 'plain', lines: ['after'] },
  ])
  expect(styledBlocks('```\nopen')).toEqual([{ kind: 'code', text: 'open' }])
})

test('a thousand levels of quotes and styles are a few levels of the page, and no letter is lost', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
  expect(depthOf(styledBlocks(`${'>'.repeat(1000)} deep`))).toBeLessThan(30)
  const nested = `${'*_'.repeat(500)}x${'_*'.repeat(500)}`
  expect(depthOf(styledSpans(nested))).toBeLessThan(60)
  expect(JSON.stringify(styledSpans('*'.repeat(20_000)))).toContain('*'.repeat(20_000))
})

test('only a few emoji by themselves are drawn large', () => {
  for (const few of ['🎉', '👍🏽 ❤️', '👩‍👩‍👧', '🇩🇪']) expect([few, isFewEmoji(few)]).toEqual([few, true])
  for (const other of ['ok 🎉', '123', '🎉🎉🎉🎉', '', '#'])
    expect([other, isFewEmoji(other)]).toEqual([other, false])
})

test('what turns round, draws over or cannot be seen does not reach what stands beside it', () => {
  expect(tameText('a\u202egnp.exe\u202c b')).toBe('agnp.exe b')
  expect(tameText(`e${'\u0301'.repeat(10_000)}x`).length).toBeLessThan(20)
  expect(tameText('e\u0301 ชื่อ')).toBe('e\u0301 ชื่อ')
  expect(tameName('Ev\u200ba\u2060\nLind')).toBe('Eva Lind')
  expect(tameName('علی\u200cرضا')).toBe('علی\u200cرضا')
})
