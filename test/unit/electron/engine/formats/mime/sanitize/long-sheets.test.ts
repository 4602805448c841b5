import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inProject } from '../../../../../../../build/paths.mjs'
import { sanitizing } from '../../../../../../../electron/engine/formats/mime/sanitize/sanitize-html'
import { sheetPieces } from '../../../../../../../electron/engine/formats/mime/sanitize/sheet-pieces'
import { atOnce } from '../../../../../../../electron/engine/formats/mime/sanitize/slices'
import { htmlMails } from '../../../../../../fixtures/html-mail/index'

const times = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at)).join('')
const read = (html: string) => {
  const clean = atOnce(sanitizing(html))
  return { ...clean, html: clean.document({ cidUrl: () => null }).html }
}
const inSheet = (css: string) => read(`<style>${css}</style><p class="last">Words</p>`)
const padding =
  times(20_000, at => `.r${at % 2000}{}`) + times(9000, at => `.c${at}{color:#${100 + (at % 900)}}`)
const last = '.last{color:#abcdef}'

describe('a long sheet is read to its end', () => {
  test.each([
    ['rules', padding + last],
    ['a condition around all', `@media screen{${padding}${last}}`],
    ['conditions in each other', `@media screen{@media (min-width:1px){${padding}${last}}}`],
    ['a comment of half a megabyte', `/*${'x;}{'.repeat(125_000)}*/${last}`],
    ['comments', `${'/* } */'.repeat(60_000)}${last}`],
    ['white space', `${' \n'.repeat(250_000)}${last}`],
    ['other at-rules', `${times(9000, at => `@font-face{font-family:"a${at}";src:local("}")}`)}${last}`],
    ['a rule with a string that holds brackets', `${padding}.a::before{content:"}{@media "}${last}`],
    ['an address without quotes that holds brackets', `${padding}.a{background:url(x{y{)}${last}`],
    ['wrapped as a comment of HTML', `<!-- ${padding}${last} -->`],
    ['a stray end of a block', `.a{color:red}} ${last} .b{color:red}${padding}${last}`],
  ])('%s', (_name, css) => {
    const { html, isDesignCut } = inSheet(css)
    expect(html).toContain('.m-last{color:#abcdef}')
    expect(isDesignCut).toBe(false)
  })

  test('in many sheets', () => {
    const { html, isDesignCut } = read(
      `${times(3000, at => `<style>.c${at}{color:red}${' '.repeat(100)}</style>`)}<style>${last}</style>`,
    )
    expect(html).toContain('.m-last{color:#abcdef}')
    expect(isDesignCut).toBe(false)
  })

  test('what it hides at its end is known to the judgement of pictures', () => {
    const pixel = '<img class="last" src="https://a.example/i?u=Zk3Jq9wXv7Lr2TnB">'
    expect(read(`<style>${padding}.last{width:1px;height:1px}</style>${pixel}`).trackerCount).toBe(1)
    expect(read(`<style>${padding}.last{width:300px;height:90px}</style>${pixel}<p>x`).trackerCount).toBe(0)
  })
})

describe('what is cut says that it was cut, and what stands around it is kept', () => {
  test.each([
    ['one rule without end', `.a{${'color:red;'.repeat(10_000)}}${last}`],
    ['selectors without end', `${times(20_000, at => `.s${at},`)}.b{color:red}${last}`],
    ['brackets in each other', `.a{width:${'('.repeat(50)}1px${')'.repeat(50)}}${last}`],
    ['conditions too deep', `${'@media screen{'.repeat(5)}.a{color:red}${'}'.repeat(5)}${last}`],
    ['more rules than are taken', `${last}${times(21_000, at => `.a{width:${at}px}`)}`],
    [
      'more than is read of sheets',
      `${last}</style><style>${times(90_000, at => `.abcdefghijklmnop${at}{color:#123}`)}`,
    ],
  ])('%s', (_name, css) => {
    const { html, isDesignCut } = inSheet(css)
    expect(isDesignCut).toBe(true)
    expect(html).toContain('.m-last{color:#abcdef}')
    expect(html).toContain('Words')
  })

  test.each([
    ['a style attribute', `<p style="${'color:red;'.repeat(3000)}">Words</p>`],
    ['elements in each other', `${'<div>'.repeat(300)}Words`],
    ['elements', `${'<b>x</b>'.repeat(50_001)}Words`],
  ])('%s', (_name, html) => {
    const clean = read(html)
    expect(clean.isDesignCut).toBe(true)
    expect(clean.html).toContain('Words')
  })

  test('a rule that the judgement of pictures cannot take does not reach the frame', () => {
    const { html } = read(
      `<style>${times(20_000, at => `.a{width:${at}px}`)}.hides{display:none}</style><img class="hides" src="https://a.example/i?u=Zk3Jq9wXv7Lr2TnB">`,
    )
    expect(html).not.toContain('.m-hides')
  })

  test('no ordinary mail and no hard one is said to be cut', () => {
    const folder = inProject('test/fixtures/hard-html-mail')
    const all = [
      ...htmlMails,
      ...readdirSync(folder).map(name => ({ name, html: readFileSync(join(folder, name), 'utf8') })),
    ]
    expect(all.filter(({ html }) => read(html).isDesignCut).map(({ name }) => name)).toEqual([])
    expect(all.length).toBeGreaterThan(40)
  })
})

/** Work between two pauses, counted in characters that a reader of CSS gets at a stretch. */
test.each([
  ['rules', padding],
  ['one condition', `@media screen{${padding}}`],
  ['conditions', times(9000, at => `@media (max-width:${at}px){.a{color:red}}`)],
  ['comments', '/* x */'.repeat(90_000)],
  ['rules and comments', `.a{color:red}${'/* x */'.repeat(90_000)}.b{color:red}`],
])('a sheet comes in pieces of some thousand characters: %s', (_name, css) => {
  const pieces = [...sheetPieces(css)]
  expect(Math.max(0, ...pieces.map(each => each.css.length))).toBeLessThan(5000)
  expect(pieces.every(({ isLeftOut }) => !isLeftOut)).toBe(true)
})
