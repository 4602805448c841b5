import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Judged, judgedRules } from './judged-rules'
import { libicalRule } from './libical-rules'

const isWhole = process.env['SIEGEL_RECURRENCE'] === 'all'
/** How many rules are judged; SIEGEL_RECURRENCE=all takes all, SIEGEL_RECURRENCE_SEED other ones. */
const rules = isWhole ? { dateutil: 6000, libical: 1000 } : { dateutil: 600, libical: 150 }
const seed = Number(process.env['SIEGEL_RECURRENCE_SEED'] ?? 11)

/** The cases that a judge sees otherwise, the first of them in full. */
function differing(judge: string, cases: readonly Judged[]): { count: number; first: unknown[] } {
  const { stdout, stderr } = spawnSync('/usr/bin/python3', [join(import.meta.dirname, judge)], {
    input: cases.map(({ question }) => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  expect(stderr).toBe('')
  const answers = stdout.trim().split('\n')
  expect(answers).toHaveLength(cases.length)
  const differ = cases.flatMap(({ question, found }, at) => {
    const judged: unknown = JSON.parse(answers[at] ?? 'null')
    const isSame = found.length > 0 && JSON.stringify(judged) === JSON.stringify(found)
    return isSame
      ? []
      : [{ question, found: found.slice(0, 6), judged: JSON.stringify(judged).slice(0, 100) }]
  })
  return { count: differ.length, first: differ.slice(0, 10) }
}

test(`${rules.dateutil} rules in 12 zones mean the same instants as to python-dateutil`, () => {
  const cases = judgedRules(rules.dateutil, seed)
  expect(differing('dateutil-judge.py', cases)).toEqual({ count: 0, first: [] })
})

test(`${rules.libical} rules mean the same as to libical, but for its known faults`, () => {
  const cases = judgedRules(rules.libical, seed, [['UTC', '2026-02-28', '2026-12-31']], libicalRule)
  expect(differing('libical-judge.py', cases)).toEqual({ count: 0, first: [] })
})
