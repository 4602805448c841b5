import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pageWordsFor, wordsFor } from '../../../../electron/windows/dialogs/words'
import { english, german } from '../../../../renderer/features/languages'
import { commandIds } from '../../../../shared/ipc/commands'
import { errorThings } from '../../../../shared/kit/error-facts'
import { errorCodes } from '../../../../shared/kit/result'

type Tree = { readonly [key: string]: string | Tree }

const flat = (tree: Tree, path = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) => {
      const at = path === '' ? key : `${path}.${key}`
      return typeof value === 'string' ? [[at, value] as const] : [...flat(value, at)]
    }),
  )

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map(match => match[1]!).sort()

const languages = { english: flat(english), german: flat(german) }

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['en', 'de', 'words'].includes(entry.name) ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : []
  })

describe('English and German', () => {
  test('have the same keys', () => {
    expect([...languages.german.keys()].sort()).toEqual([...languages.english.keys()].sort())
  })

  test('use the same facts in each sentence', () => {
    const differing = [...languages.english].filter(
      ([key, text]) =>
        // "One message" may leave the number out; everything else must say the same.
        !key.endsWith('_one') &&
        placeholders(text).join() !== placeholders(languages.german.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  test('German says E-Mail for the message, the address and the programs, and Mail in no word of its own', () => {
    const main = flat({ menu: wordsFor('de', ''), page: pageWordsFor('de', '') } as unknown as Tree)
    const fixed = /E-Mail|MAIL FROM|Mailingliste|Maildir|mailbox\.org/g
    const other = [...languages.german, ...main].filter(([, text]) =>
      /mail/i.test(text.replace(fixed, '').replace(/\{\{\w+\}\}|https?:\S+|\S+@\S+/g, '')),
    )
    expect(other).toEqual([])
  })

  test('leave nothing empty and nothing untrimmed', () => {
    const bad = [...languages.english, ...languages.german].filter(
      ([, text]) => text.trim() === '' || text !== text.trim(),
    )
    expect(bad).toEqual([])
  })

  test('have both plural forms wherever they have one', () => {
    const keys = new Set(languages.english.keys())
    const lonely = [...keys].filter(
      key =>
        (key.endsWith('_one') &&
          !keys.has(key.replace(/_one$/, '_other')) &&
          !keys.has(key.replace(/_one$/, ''))) ||
        (key.endsWith('_other') && !keys.has(key.replace(/_other$/, '_one'))),
    )
    expect(lonely).toEqual([])
  })

  test('say what failed, why and what to do for every error of the contract', () => {
    for (const words of [english.errors, german.errors] as Record<
      string,
      { what: string; why: string; fix: string }
    >[])
      for (const code of errorCodes) {
        expect(words[code], code).toBeDefined()
        const { what, why, fix } = words[code]!
        expect(what.length, code).toBeGreaterThan(5)
        expect(what, `${code}: a heading, without full stop`).not.toMatch(/\.$/)
        expect(why, code).toMatch(/[.!?]$/)
        expect(fix, code).toMatch(/[.!?]$/)
      }
    expect(Object.keys(english.errors).sort()).toEqual([...errorCodes].sort())
  })

  test('name what there is of things and commands, and nothing else', () => {
    expect(Object.keys(english.things).sort()).toEqual([...errorThings].sort())
    expect(Object.keys(english.commands).sort()).toEqual([...commandIds].sort())
  })
})

test('no word is left that nothing shows', () => {
  const code = sources(join(import.meta.dirname, '../../../../renderer')).join('\n')
  const literals = new Set([...code.matchAll(/['"]([\w-]+:)?([\w.-]+)['"]/g)].map(match => match[2]!))
  const prefixes = [...code.matchAll(/`(?:[\w-]+:)?([\w.-]*\.)\$\{/g)].map(match => match[1]!)
  const unused = [...languages.english.keys()].filter(key => {
    // Each of these is shown by its name, which is known only when it happens; the test above shows that none is too many.
    if (/^(errors|things|commands)\./.test(key)) return false
    const path = key.slice(key.indexOf('.') + 1).replace(/_(one|other)$/, '')
    return !literals.has(path) && !prefixes.some(prefix => path.startsWith(prefix))
  })
  expect(unused).toEqual([])
})
