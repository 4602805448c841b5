import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judgedRules } from './judged-rules'

/** How many rules are judged: SIEGEL_RECURRENCE=all for all of them. */
const rules = process.env['SIEGEL_RECURRENCE'] === 'all' ? 6000 : 600

test(`${rules} rules in 12 zones mean the same instants as to python-dateutil`, () => {
  const cases = judgedRules(rules, Number(process.env['SIEGEL_RECURRENCE_SEED'] ?? 11))
  const judge = spawnSync('/usr/bin/python3', [join(import.meta.dirname, 'dateutil-judge.py')], {
    input: cases.map(({ question }) => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  expect(judge.stderr).toBe('')
  const answers = judge.stdout.trim().split('\n')
  expect(answers).toHaveLength(cases.length)
  const differ = cases.flatMap(({ question, found }, at) => {
    const judged: unknown = JSON.parse(answers[at] ?? 'null')
    const isSame = JSON.stringify(judged) === JSON.stringify(found) && found.length > 0
    return isSame
      ? []
      : [{ question, found: found.slice(0, 6), judged: Array.isArray(judged) ? judged.slice(0, 6) : judged }]
  })
  expect(differ.length, JSON.stringify(differ.slice(0, 12), null, 1)).toBe(0)
})
