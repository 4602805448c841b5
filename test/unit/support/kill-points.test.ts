import { expect, test } from 'vitest'
import {
  killBeforeEnd,
  type Program,
  runAndKill,
  runToEnd,
  seededKillPoints,
} from '../../support/kill-points'

const node = (script: string): Program => ({ file: process.execPath, arguments: ['-e', script] })
const counting = node('let n = 0; setInterval(() => { console.log(++n); if (n === 40) process.exit(7) }, 5)')

test('kill points are the same for a seed and reach every part of the run', () => {
  const points = seededKillPoints(7, 100, { durationMs: 1000, lines: 50 })
  expect(points).toEqual(seededKillPoints(7, 100, { durationMs: 1000, lines: 50 }))
  expect(points).not.toEqual(seededKillPoints(8, 100, { durationMs: 1000, lines: 50 }))
  const times = points.flatMap(point => (point.kind === 'time' ? [point.afterMs] : []))
  expect(times).toHaveLength(50)
  for (let start = 0; start < 1000; start += 100) {
    expect(times.some(time => time >= start && time < start + 100)).toBe(true)
  }
  const lines = points.flatMap(point => (point.kind === 'lines' ? [point.count] : []))
  expect(Math.min(...lines)).toBeGreaterThanOrEqual(1)
  expect(Math.max(...lines)).toBeLessThanOrEqual(50)
})

test('a run that is left alone tells its output and exit code', async () => {
  const run = await runToEnd({
    ...node('process.stdin.pipe(process.stdout); process.exitCode = 3'),
    input: 'words',
  })
  expect(run).toMatchObject({ killed: false, exitCode: 3, stdout: 'words' })
})

test('a program is killed at a line or at a time, and not after its end', async () => {
  const byLine = await runAndKill(counting, { kind: 'lines', count: 3, delayMs: 0 })
  expect(byLine).toMatchObject({ killed: true, exitCode: null })
  expect(byLine.stdout.split('\n').length - 1).toBeLessThan(30)
  expect(byLine.stdout).toMatch(/^1\n2\n3\n/)
  const byTime = await runAndKill(counting, { kind: 'time', afterMs: 5 })
  expect(byTime.killed).toBe(true)
  const late = await runAndKill(counting, { kind: 'time', afterMs: 20_000 })
  expect(late).toMatchObject({ killed: false, exitCode: 7 })
})

test('a kill that comes too late is tried again earlier, on a fresh start, and a program that fails is no kill', async () => {
  let begun = 0
  const short = node('setTimeout(() => {}, 200)')
  const begin = () => {
    begun += 1
    return short
  }
  const at = await killBeforeEnd(begin, { kind: 'time', afterMs: 60_000 })
  expect(at).toMatchObject({ kind: 'time' })
  expect(begun).toBeGreaterThan(5)
  const lines = node('for (let i = 0; i < 4; i++) console.log(i); setTimeout(() => {}, 20_000)')
  expect(await killBeforeEnd(() => lines, { kind: 'lines', count: 3, delayMs: 0 })).toMatchObject({
    count: 3,
  })
  const broken = node('console.error("no such store"); process.exit(4)')
  await expect(killBeforeEnd(() => broken, { kind: 'time', afterMs: 60_000 })).rejects.toThrow(
    'no such store',
  )
})

test('what the program started is killed with it', async () => {
  const parent = node(
    "const c = require('node:child_process').spawn('sleep', ['30']); console.log(c.pid); setInterval(() => {}, 1000)",
  )
  const run = await runAndKill(parent, { kind: 'lines', count: 1, delayMs: 0 })
  const pid = Number(run.stdout)
  await expect.poll(() => isRunning(pid)).toBe(false)
})

test('a program that never ends is reported', async () => {
  await expect(runToEnd(node('setInterval(() => {}, 1000)'), 300)).rejects.toThrow(
    'still running after 300 ms',
  )
})

/** A zombie nobody has reaped yet runs nothing. */
async function isRunning(pid: number): Promise<boolean> {
  const { readFile } = await import('node:fs/promises')
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State: Z')
  return !/^State:\s+Z/m.test(status)
}
