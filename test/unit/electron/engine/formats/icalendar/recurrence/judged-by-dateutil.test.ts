import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judgedRules } from './judged-rules'

test('300 rules in 12 zones mean the same instants as to python-dateutil', () => {
  const cases = judgedRules(300, 11)
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
    // Both list the first forty; where two fall on one instant the judge's forty hold fewer.
    const isSame =
      Array.isArray(judged) &&
      judged.length > 0 &&
      (judged.length === found.length || question.most === found.length) &&
      judged.every((each, place) => each === found[place])
    return isSame
      ? []
      : [{ question, found: found.slice(0, 6), judged: Array.isArray(judged) ? judged.slice(0, 6) : judged }]
  })
  expect(differ.length, JSON.stringify(differ.slice(0, 12), null, 1)).toBe(0)
})
