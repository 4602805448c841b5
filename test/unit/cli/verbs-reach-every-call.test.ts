import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { verbs } from '../../../cli/kit/all-verbs'
import { doneBy, withoutVerb } from '../../../cli/kit/without-verb'
import { contract } from '../../../shared/ipc/contract'

const folder = new URL('../../../cli/', import.meta.url).pathname

/** Names of the contract that the command line says, outside the lists of exceptions. */
const said = new Set(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && path !== 'kit/without-verb.ts')
    .flatMap(path => [...readFileSync(folder + path, 'utf8').matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)])
    .flatMap(([, name]) => (name !== undefined && Object.hasOwn(contract, name) ? [name] : [])),
)
const ofTheWindow = Object.entries(contract)
  .filter(([, call]) => call.face === 'all')
  .map(([name]) => name)
const names = new Set(verbs.map(({ name }) => name))

describe('everything that the window can do, the command line can do too', () => {
  test('every call of the page is made by a verb, or is listed with what stands in its place', () => {
    const missing = ofTheWindow.filter(
      name => !said.has(name) && !Object.hasOwn(doneBy, name) && !Object.hasOwn(withoutVerb, name),
    )
    expect(missing).toEqual([])
  })

  test('the lists name only calls of the page, none twice, and none that a verb makes by now', () => {
    const listed = [...Object.keys(doneBy), ...Object.keys(withoutVerb)]
    expect(listed.filter(name => !ofTheWindow.includes(name))).toEqual([])
    expect(listed.filter((name, at) => listed.indexOf(name) !== at)).toEqual([])
    expect(listed.filter(name => said.has(name))).toEqual([])
  })

  test('what is done in another way is done by a verb that there is, and what is not has a reason', () => {
    expect(Object.values(doneBy).filter(verb => !names.has(verb ?? ''))).toEqual([])
    for (const reason of Object.values(withoutVerb)) expect(reason.length).toBeGreaterThan(15)
  })
})

describe('every verb', () => {
  test('is there once, says how it is used, and begins its usage with its name', () => {
    expect(names.size).toBe(verbs.length)
    for (const { name, usage, about } of verbs) {
      expect(usage === name || usage.startsWith(`${name} `), usage).toBe(true)
      expect(about.length, name).toBeGreaterThan(10)
    }
  })

  test('has at most three words, and names every option of its own in its usage', () => {
    for (const { name, usage, about, options } of verbs) {
      expect(name.split(' ').length).toBeLessThanOrEqual(3)
      // "send" and "compose" share theirs.
      if (name === 'send') continue
      for (const option of Object.keys(options))
        expect(`${usage} ${about}`, `${name} --${option}`).toContain(`--${option}`)
    }
  })
})
