import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeKillPoint, runAndKill, runToEnd, seededKillPoints } from '../../support/kill-points'
import { killsOf } from '../../support/kill-share'
import { until } from '../../support/until'
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '../../wire/support/scripted-smtp-server'

type Ending = { subject: string; state: string; copies: number; draft: boolean; appends: number }

const seed = Number(process.env['SIEGEL_KILL_SEED'] ?? 20261123)
const points = killsOf(60)
let folder = ''
let child = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smtp-kill-'))
  child = join(folder, 'child.mjs')
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'smtp-kill-child.ts'),
      outDir: folder,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
  // Packages are not bundled; they are found through a link.
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const after = (ms: number, answer: string) => () =>
  new Promise(resolve => setTimeout(() => resolve(answer), ms))

/** A server slow enough that a kill meets every stage; what it accepted is accepted, whoever hears of it. */
async function slowServer(): Promise<ScriptedSmtpServer> {
  const server = await startScriptedSmtpServer()
  server.override('MAIL', after(4, '250 ok'))
  server.override('RCPT', after(4, '250 ok'))
  server.override('DATA', after(4, '354 go'))
  server.override('MESSAGE', after(60, '250 accepted'))
  return server
}

function program(server: ScriptedSmtpServer, directory: string, onServer: string[] = []) {
  const { port, ca, user, password } = server
  return {
    file: process.execPath,
    arguments: [child, JSON.stringify({ directory, port, ca, user, password, onServer })],
  }
}

const endingsIn = (stdout: string): Ending[] => JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]')
const countOf = (server: ScriptedSmtpServer, subject: string) =>
  server.received.filter(one => one.raw.includes(`Subject: ${subject}\r\n`)).length

test(`killed with SIGKILL at ${points} points (seed ${seed}), no message is sent twice, lost, or called sent without being so`, async () => {
  const server = await slowServer()
  const undisturbed = await runToEnd(program(server, join(folder, 'undisturbed')))
  expect(undisturbed.stderr).toBe('')
  await server.stop()
  const lines = undisturbed.stdout.split('\n').length - 2
  expect(endingsIn(undisturbed.stdout).map(one => [one.state, one.copies, one.draft])).toEqual(
    Array.from({ length: 3 }, () => ['sent', 1, false]),
  )
  expect(lines).toBeGreaterThan(6)

  const seen = { killed: 0, unknown: 0, sent: 0 }
  for (const [index, point] of seededKillPoints(seed, points, {
    durationMs: undisturbed.elapsedMs,
    lines,
  }).entries()) {
    const place = await slowServer()
    const directory = join(folder, `point-${index}`)
    // Every other time the server files sent mail itself, so that asking it can settle what is unknown.
    const ask = () =>
      index % 2 === 0
        ? []
        : ['one', 'two', 'three'].filter(name => countOf(place, name) > 0).map(name => `${name}@rig.test`)
    const first = await runAndKill(program(place, directory), point)
    // What was on its way when the process died still arrives.
    await until(() => place.servedSessions() === place.connectionCount(), 'the server has read everything')
    const second = await runToEnd(program(place, directory, ask()))
    if (first.killed) seen.killed++
    for (const { subject, state, copies, draft } of endingsIn(second.stdout)) {
      const where = `${subject} at ${describeKillPoint(point)}`
      const arrived = countOf(place, subject)
      expect(arrived, `${where}: sent twice`).toBeLessThanOrEqual(1)
      if (state === 'sent') {
        seen.sent++
        expect([arrived, copies, draft], where).toEqual([1, 1, false])
      } else {
        seen.unknown++
        expect([state, copies, draft], where).toEqual(['unknown', 0, true])
      }
    }
    expect(endingsIn(second.stdout)).toHaveLength(3)
    expect(second.stderr).toBe('')
    await place.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  expect(seen.killed).toBeGreaterThan(points / 2)
  expect(seen.unknown).toBeGreaterThan(0)
}, 360_000)
