import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDavClient, type DavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import type { CalendarId, EventId } from '../../../shared/features/calendar/model'
import type { AccountId } from '../../../shared/kit/ids'
import { SeededRandom } from '../../fixtures/mail-generator-random'
import { type DavServerOnDisk, startRadicale } from '../../rig/dav-servers'
import { type FaultProxy, startFaultProxy } from '../../rig/fault-proxy'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { killChild } from '../../support/kill-child-program'
import {
  describeKillPoint,
  killBeforeEnd,
  runAndKill,
  runToEnd,
  seededKillPoints,
} from '../../support/kill-points'
import { killsOf } from '../../support/kill-share'
import { testGate } from '../../wire/gate/gate-places'

/** Set to see one failing point again: the seed decides every point. */
const seed = Number(process.env['SIEGEL_KILL_SEED'] ?? 20_261_128)
const points = { kills: killsOf(50, 10), cuts: killsOf(50, 10) }

/*
 * One person with two machines. Both had the same calendar; since then this machine wrote, changed and removed events without a network, and
 * the other one did the same on the server. One pass brings both into step, and is killed or cut.
 */
const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const root = mkdtempSync(join(tmpdir(), 'sdk-'))
const template = join(root, 'template')
const kept = join(root, 'server')
const calendar = () => new URL('alice%40rig.test/work/', server.url)
let server: DavServerOnDisk
let proxy: FaultProxy
let client: DavClient
const made = testGate()

const event = (uid: string, title: string): Uint8Array =>
  Buffer.from(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', `UID:${uid}`],
      ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z'],
      ...[`SUMMARY:${title}`, 'X-OTHER;X-P=1:kept', 'END:VEVENT', 'END:VCALENDAR', ''],
    ].join('\r\n'),
  )
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const both = names('both', 12)
const count = { edited: 4, removed: 2, added: 4, theirs: 2, theirsAdded: 2 }
/** What must be in the calendar at the end, here and there, each once. */
const expected = [
  ...both.slice(0, count.edited).map(uid => `${uid} ours`),
  ...both.slice(6, 6 + count.theirs).map(uid => `${uid} theirs`),
  ...both.slice(8).map(uid => `${uid} first`),
  ...names('here', count.added).map(uid => `${uid} ours`),
  ...names('there', count.theirsAdded).map(uid => `${uid} theirs`),
].sort()

const at = (uid: string) => new URL(`${uid}.ics`, calendar())
const write = (uid: string, title: string) =>
  client.put(at(uid), event(uid, title), { condition: { kind: 'none' }, contentType: 'text/calendar' })

const titleOf = (bytes: Uint8Array) =>
  /^SUMMARY:(.*)$/m.exec(Buffer.from(bytes).toString())?.[1]?.trim() ?? '?'
const onServer = async (): Promise<string[]> => {
  const { rows } = await client.propfind(calendar(), '1', ['{DAV:}getetag'])
  const paths = rows.map(({ href }) => href).filter(href => href.endsWith('.ics'))
  const files = await Promise.all(paths.map(path => client.get(new URL(path, calendar()))))
  return files.map(({ bytes }) => titleOf(bytes)).sort()
}

const remoteCalendar = async (engine: TestEngine): Promise<CalendarId> => {
  const found = (await engine.call('calendars.list', {})).find(each => each.accountId !== null)
  if (!found) throw new Error('no calendar of the account')
  return found.id
}
const here = async (engine: TestEngine): Promise<{ id: EventId; title: string }[]> => {
  const { events } = await engine.call('events.between', {
    fromMs: Date.UTC(2026, 1, 1),
    toMs: Date.UTC(2026, 4, 1),
    ...{ zone: 'UTC', calendarIds: [await remoteCalendar(engine)] },
  })
  return events.map(({ id, title }) => ({ id, title })).sort((a, b) => (a.title < b.title ? -1 : 1))
}

/** The server as it was, and this machine beside it. */
const afresh = (): string => {
  rmSync(server.folder, { recursive: true, force: true })
  execFileSync('cp', ['-a', kept, server.folder])
  const profile = join(root, 'profile')
  rmSync(profile, { recursive: true, force: true })
  cpSync(template, profile, { recursive: true })
  return profile
}

const expectBothInStep = async (profile: string, when: string, running?: TestEngine) => {
  const engine = running ?? (await openTestEngine(profile))
  try {
    expect(
      (await engine.call('doctor.run', {})).filter(({ outcome }) => outcome === 'failed'),
      when,
    ).toEqual([])
    const report = await engine.call('calendars.sync', { accountId: null })
    expect(report, when).toMatchObject({ problems: [], notes: [] })
    expect(report.calendars, when).toMatchObject([{ waiting: 0, concerned: 0 }])
    expect(
      (await here(engine)).map(({ title }) => title),
      `here, ${when}`,
    ).toEqual(expected)
    expect(await onServer(), `on the server, ${when}`).toEqual(expected)
  } finally {
    await engine.close()
  }
}

beforeAll(async () => {
  server = await startRadicale()
  proxy = await startFaultProxy(server.port)
  const login = { userName: server.userName, password: server.password }
  client = createDavClient(
    createDavSession({ gate: made.gate, asker: { accountId }, caPem: server.ca, login }),
  )
  await client.makeCollection(calendar(), { kind: 'calendar', name: 'Work' })
  for (const uid of both) await write(uid, `${uid} first`)

  mkdirSync(template)
  const engine = await openTestEngine(template)
  const url = `https://localhost:${proxy.port}/`
  const dav = { url, userName: server.userName, caPem: server.ca }
  await engine.call('accounts.add', {
    config: { address: 'alice@rig.test', displayName: 'Home', services: { dav } },
    password: server.password,
  })
  await engine.call('calendars.sync', { accountId: null })
  const calendarId = await remoteCalendar(engine)
  const place = { instance: null, scope: 'all', zone: 'UTC' } as const
  for (const { id: eventId, title } of await here(engine)) {
    const uid = title.split(' ')[0] ?? ''
    const index = both.indexOf(uid)
    if (index < count.edited)
      await engine.call('events.change', { eventId, ...place, fields: { title: `${uid} ours` } })
    else if (index < count.edited + count.removed) await engine.call('events.remove', { eventId, ...place })
  }
  for (const uid of names('here', count.added))
    await engine.call('events.add', {
      calendarId,
      fields: { title: `${uid} ours`, start: { at: '2026-03-02T09:00', zone: 'Europe/Berlin' } },
    })
  await engine.close()
  for (const uid of both.slice(6, 6 + count.theirs)) await write(uid, `${uid} theirs`)
  for (const uid of names('there', count.theirsAdded)) await write(uid, `${uid} theirs`)
  execFileSync('cp', ['-a', server.folder, kept])
})
afterAll(async () => {
  made.gate.closeAll(null)
  await proxy?.stop()
  await server?.stop()
  await rm(root, { recursive: true, force: true })
})

test(`${points.kills} kills of a pass: nothing lost, nothing twice`, async () => {
  const rehearsal = afresh()
  const whole = await runToEnd(killChild('calendars', rehearsal))
  expect(whole.exitCode, whole.stderr).toBe(0)
  await expectBothInStep(rehearsal, 'undisturbed')
  const limits = { durationMs: whole.elapsedMs, lines: whole.stdout.split('\n').length }
  const all = seededKillPoints(seed, points.kills, limits)
  // Three kills in a row on each profile: a pass that takes up what was cut off is killed as well.
  for (let at = 0; at < all.length; at += 3) {
    const [first, ...others] = all.slice(at, at + 3)
    if (!first) break
    let profile = ''
    const began = () => {
      profile = afresh()
      return killChild('calendars', profile)
    }
    const killed = [await killBeforeEnd(began, first)]
    for (const point of others) {
      const { killed: isCut, exitCode, stderr } = await runAndKill(killChild('calendars', profile), point)
      expect(isCut || exitCode === 0, stderr).toBe(true)
      killed.push(point)
    }
    await expectBothInStep(profile, `killed at ${killed.map(describeKillPoint).join(', ')}, seed ${seed}`)
  }
})

test(`${points.cuts} cuts of the connection: nothing lost, nothing twice`, async () => {
  const rehearsal = afresh()
  const begun = proxy.stats()
  await expectBothInStep(rehearsal, 'undisturbed')
  const connections = proxy.stats().accepted - begun.accepted
  const random = new SeededRandom(seed, points.cuts)
  for (let at = 0; at < points.cuts; at++) {
    const profile = afresh()
    const afterConnections = Math.floor(((at + random.fraction()) / points.cuts) * connections)
    const bytes = random.integer(0, 4_000)
    const rule = {
      direction: random.fraction() < 0.7 ? 'down' : 'up',
      ...(random.fraction() < 0.5 ? { cutAfterBytes: bytes } : { resetAfterBytes: bytes }),
      ...{ afterConnections, once: true },
    } as const
    const faults = proxy.stats().faults
    proxy.set(rule)
    const engine = await openTestEngine(profile)
    await engine.call('calendars.sync', { accountId: null })
    proxy.heal()
    const when = `${JSON.stringify(rule)}, seed ${seed}, faults ${proxy.stats().faults - faults}`
    await expectBothInStep(profile, when, engine)
  }
})
