import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import type { CalendarId, EventFields, EventId } from '../../../shared/features/calendar/model'
import type { AccountId } from '../../../shared/kit/ids'
import { startCyrusDav } from '../../rig/cyrus-server'
import { type DavServer, startRadicale, startXandikos } from '../../rig/dav-servers'
import { vdirsyncer } from '../../rig/vdirsyncer'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { testGate } from '../../wire/gate/gate-places'

/** The third program on the calendar. Each call is on the server when it is done. */
type Other = Readonly<{
  titles(): Promise<string[]>
  textOf(title: string): Promise<string>
  write(name: string, text: string): Promise<void>
  edit(title: string, edit: (text: string) => string): Promise<void>
  remove(title: string): Promise<void>
}>
const titleIn = (text: string): string => /^SUMMARY:(.*)$/m.exec(text)?.[1]?.trim() ?? '?'

async function vdirsyncerOn(folder: string, server: DavServer, url: URL): Promise<Other> {
  const program = vdirsyncer(folder, server, [{ kind: 'calendars', url: url.href }])
  await program.run('discover')
  const folderOf = program.files('calendars')
  const files = () =>
    readdirSync(folderOf).map(name => ({
      at: join(folderOf, name),
      text: readFileSync(join(folderOf, name), 'utf8'),
    }))
  const fileOf = (title: string) => {
    const found = files().find(({ text }) => titleIn(text) === title)
    if (!found) throw new Error(`no file of ${title}`)
    return found
  }
  const sync = () => program.run('sync')
  return {
    titles: async () => {
      await sync()
      return files().map(({ text }) => titleIn(text))
    },
    textOf: async title => fileOf(title).text,
    write: async (name, text) => {
      writeFileSync(join(folderOf, name), text)
      await sync()
    },
    edit: async (title, edit) => {
      const { at, text } = fileOf(title)
      writeFileSync(at, edit(text))
      await sync()
    },
    remove: async title => {
      rmSync(fileOf(title).at)
      await sync()
    },
  }
}

/** One person with two Siegels and another program on the same calendar, through accounts. */
describe.each([
  ['Radicale and vdirsyncer', startRadicale, 'alice%40rig.test/work/'],
  ['Xandikos and vdirsyncer', startXandikos, 'user/calendars/work/'],
  ['Cyrus and vdirsyncer', startCyrusDav, 'dav/calendars/user/alice%40rig.test/work/'],
] as const)('%s', (_name, startServer, path) => {
  const root = mkdtempSync(join(tmpdir(), 'sop-'))
  const made = testGate()
  let server: DavServer
  let here: TestEngine
  let there: TestEngine
  let other: Other
  const calendars = new Map<TestEngine, CalendarId>()

  const events = async (engine: TestEngine) => {
    const { events: found } = await engine.call('events.between', {
      fromMs: Date.UTC(2026, 1, 1),
      toMs: Date.UTC(2026, 4, 1),
      ...{ zone: 'UTC', calendarIds: [calendars.get(engine) as CalendarId] },
    })
    return found
  }
  const titles = async (engine: TestEngine) => (await events(engine)).map(({ title }) => title).sort()
  const idOf = async (engine: TestEngine, title: string): Promise<EventId> => {
    const found = (await events(engine)).find(each => each.title === title)
    if (!found) throw new Error(`no event ${title}`)
    return found.id
  }
  const add = (engine: TestEngine, title: string) =>
    engine.call('events.add', {
      calendarId: calendars.get(engine) as CalendarId,
      fields: { title, start: { at: '2026-03-02T09:00', zone: 'Europe/Berlin' }, duration: 'PT1H' },
    })
  const change = async (engine: TestEngine, title: string, fields: EventFields) =>
    engine.call('events.change', {
      ...{ eventId: await idOf(engine, title), instance: null, scope: 'all', zone: 'UTC' },
      fields,
    })
  const sync = async (engine: TestEngine) => {
    const report = await engine.call('calendars.sync', { accountId: null })
    expect(report.problems).toEqual([])
    const step = report.calendars.find(each => each.calendarId === calendars.get(engine))
    return { ...step, notes: report.notes.map(({ kind }) => kind) }
  }
  const everywhere = async (...expected: string[]) => {
    for (const engine of [here, there]) {
      await sync(engine)
      expect(await titles(engine)).toEqual(expected)
    }
    expect((await other.titles()).sort()).toEqual(expected)
  }

  beforeAll(async () => {
    server = await startServer()
    const login = { userName: server.userName, password: server.password }
    const asker = { accountId: '0123456789abcdef0123456789abcdef' as AccountId }
    const client = createDavClient(createDavSession({ gate: made.gate, asker, caPem: server.ca, login }))
    const url = new URL(path, server.url)
    await client.makeCollection(url, { kind: 'calendar', name: 'Shared work' })
    other = await vdirsyncerOn(join(root, 'other'), server, url)
    for (const place of ['here', 'there']) {
      const engine = await openTestEngine(join(root, place))
      if (place === 'here') here = engine
      else there = engine
      const dav = { url: server.url, userName: server.userName, caPem: server.ca }
      await engine.call('accounts.add', {
        config: { address: 'alice@rig.test', displayName: '', services: { dav } },
        password: server.password,
      })
      await engine.call('calendars.sync', { accountId: null })
      const found = (await engine.call('calendars.list', {})).find(each => each.name === 'Shared work')
      if (!found) throw new Error('the calendar was not found')
      calendars.set(engine, found.id)
    }
  })
  afterAll(async () => {
    await Promise.all([here?.close(), there?.close()])
    made.gate.closeAll(null)
    await server?.stop()
    await rm(root, { recursive: true, force: true })
  })

  test('what one of three writes, the two others have, once', async () => {
    await add(here, 'from here')
    await add(there, 'from there')
    const uid = 'UID:of-the-other\r\n'
    const body = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//o//o//EN\r\nBEGIN:VEVENT\r\n${uid}DTSTAMP:20260101T000000Z\r\nDTSTART:20260305T090000Z\r\nDTEND:20260305T100000Z\r\nSUMMARY:of the other\r\nX-OTHER-KEEPS:this\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
    await other.write('of-the-other.ics', body)
    for (const engine of [here, there]) await sync(engine)
    await everywhere('from here', 'from there', 'of the other')
  })

  test('different changes of one event by all three come together', async () => {
    await other.edit('of the other', text =>
      text.replace('SUMMARY:of the other', 'SUMMARY:of the other\r\nDESCRIPTION:by the other'),
    )
    await change(here, 'of the other', { location: 'by here' })
    await change(there, 'of the other', { categories: ['by there'] })
    expect(await sync(here)).toMatchObject({ waiting: 0 })
    expect(await sync(there)).toMatchObject({ waiting: 0 })
    await everywhere('from here', 'from there', 'of the other')
    const text = await other.textOf('of the other')
    for (const line of [
      'DESCRIPTION:by the other',
      'LOCATION:by here',
      'CATEGORIES:by there',
      'X-OTHER-KEEPS:this',
    ])
      expect(text).toContain(line)
  })

  test('the same changed by two is there twice, and nothing is written over', async () => {
    await other.edit('from here', text => text.replace('SUMMARY:from here', 'SUMMARY:by the other'))
    await change(here, 'from here', { title: 'by here' })
    expect((await sync(here)).notes).toEqual(['kept-both'])
    await everywhere('by here', 'by the other', 'from there', 'of the other')
  })

  test('removed by one goes; removed by one and changed by another stays', async () => {
    await other.remove('by the other')
    await everywhere('by here', 'from there', 'of the other')
    await other.remove('by here')
    await change(there, 'by here', { title: 'still wanted' })
    expect((await sync(there)).notes).toEqual(['kept-ours'])
    await everywhere('from there', 'of the other', 'still wanted')
    for (const engine of [here, there])
      expect(await sync(engine)).toMatchObject({ received: 0, sent: 0, waiting: 0 })
  })
})
