import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCyrusDav } from '../../rig/cyrus-server'
import type { DavServer } from '../../rig/dav-servers'
import { startMailServers } from '../../rig/mail-servers'
import { addRigAccount, TestProfile } from '../../support/command-line'
import { davClientOf } from '../../support/dav-machine'

/** A calendar on a server that sends invitations by itself (RFC 6638). */
let server: DavServer
const alice = new TestProfile()

type Busy = {
  address: string
  known: boolean
  status: string
  busy: { start: string; end: string; kind: string }[]
}
type Calendar = { id: number; name: string; account: string | null }

beforeAll(async () => {
  server = await startCyrusDav()
  await alice.create()
  await alice.json(
    ...['account', 'add-dav', '--name', 'Home', '--url', server.url, '--user', server.userName],
    ...['--password-file', alice.file('password', `${server.password}\n`)],
    ...['--ca', alice.file('ca.pem', server.ca)],
  )
  await alice.json('calendar', 'sync')
})
afterAll(async () => {
  await server?.stop()
  await alice.remove()
})

test('the server sends the invitation, no second mail goes, and whom it could not reach is told with its words', async () => {
  const calendar = (await alice.json<Calendar[]>('calendar', 'list')).find(({ account }) => account !== null)
  const added = await alice.json<{ id: number; mails: object[] }>(
    ...[
      'calendar',
      'add',
      '--calendar',
      calendar?.name ?? '',
      '--title',
      'Rounds',
      '--start',
      '2030-03-12T09:00',
    ],
    ...['--duration', 'PT1H', '--zone', 'Europe/Berlin', '--attendee', 'Carol <carol@outside.example>'],
  )
  expect(added.mails).toEqual([])
  await alice.json('calendar', 'sync')
  const shown = await alice.json<{
    organizer: { address: string }
    undelivered: { address: string; code: string }[]
  }>(...['calendar', 'show', String(added.id)])
  expect(shown.organizer.address).toBe('alice@rig.test')
  expect(shown.undelivered).toEqual([
    { address: 'carol@outside.example', code: expect.stringMatching(/^[35]\./) },
  ])
})

test('what nobody is to be told of the server does not send either, and what it sends cannot be held back unseen', async () => {
  const calendar = (await alice.json<Calendar[]>('calendar', 'list')).find(({ account }) => account !== null)
  const quick = await alice.json<{ id: number; untold: string[] }>(
    ...['calendar', 'quick', 'Quiet 13.3.2030 9:00 with dora@outside.example', '--zone', 'UTC'],
    ...['--language', 'en', '--calendar', calendar?.name ?? ''],
  )
  expect(quick.untold).toEqual(['dora@outside.example'])
  await alice.json('calendar', 'sync')
  const raw = async (id: number): Promise<string> =>
    (await alice.json<{ raw: string }>('calendar', 'show', String(id), '--raw')).raw.replace(/\r\n /g, '')
  expect(await raw(quick.id)).toMatch(/ATTENDEE[^\n]*SCHEDULE-AGENT=CLIENT/)
  expect(await raw(quick.id)).not.toMatch(/SCHEDULE-STATUS/)
  const [rounds] = await alice.json<{ id: number; start: string }[]>('calendar', 'find', 'Rounds')
  const id = String(rounds?.id)
  for (const args of [
    ['change', id, '--location', 'Elsewhere'],
    ['delete', id],
  ])
    expect(await alice.failure('calendar', ...args, '--no-invitations')).toMatchObject({
      code: 'server-tells-guests',
    })
  // What is no news to guests is changed without a word.
  await alice.json('calendar', 'change', id, '--alarm', 'PT10M', '--no-invitations')
})

test('the server says when somebody is busy, and of whom it knows nothing', async () => {
  const answers = await alice.json<Busy[]>(
    ...['calendar', 'free-busy', 'alice@rig.test', 'nobody@outside.example'],
    ...['--from', '2030-03-12', '--to', '2030-03-13', '--zone', 'Europe/Berlin'],
  )
  expect(answers).toMatchObject([
    {
      ...{ address: 'alice@rig.test', known: true },
      busy: [{ start: '2030-03-12T09:00:00+01:00', end: '2030-03-12T10:00:00+01:00', kind: 'busy' }],
    },
    { address: 'nobody@outside.example', known: false, busy: [] },
  ])
  expect(answers[1]?.status).toMatch(/^[35]\./)
  // Bob has his calendar at the same server; a time is looked for that suits both.
  const bob = davClientOf({ ...server, userName: 'bob@rig.test', password: 'bob-pw' })
  const his = new URL('/dav/calendars/user/bob@rig.test/', server.url)
  await bob.client.propfind(his, '1', ['{DAV:}displayname'])
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//x//EN',
    'BEGIN:VEVENT',
    'UID:b',
    'DTSTAMP:20260101T000000Z',
  ]
  const event = [...lines, 'DTSTART:20300312T093000Z', 'DURATION:PT1H', 'END:VEVENT', 'END:VCALENDAR', '']
  await bob.client.put(new URL('Default/b.ics', his), Buffer.from(event.join('\r\n')), {
    ...{ condition: { kind: 'none' }, contentType: 'text/calendar' },
  })
  bob.close()
  const { people, free } = await alice.json<{ people: Busy[]; free: { start: string }[] }>(
    ...['calendar', 'free-busy', 'alice@rig.test', 'bob@rig.test', '--find', 'PT1H', '--most', '2'],
    ...['--from', '2030-03-12T09:30', '--to', '2030-03-13', '--zone', 'Europe/Berlin'],
  )
  expect(people.map(({ known }) => known)).toEqual([true, true])
  expect(free.map(({ start }) => start)).toEqual(['2030-03-12T11:30:00+01:00', '2030-03-12T12:30:00+01:00'])
})

/** An invitation that came by mail, taken into a calendar on a server that schedules. */
test('an answer by mail tells the server with the first copy that it is to send none', async () => {
  const servers = await startMailServers()
  const [bob, guest] = [new TestProfile(), new TestProfile()]
  try {
    await Promise.all([bob.create(), guest.create()])
    await Promise.all([addRigAccount(bob, servers, 'bob'), addRigAccount(guest, servers, 'alice')])
    await guest.json(
      ...['account', 'service', 'add', '--account', 'alice@rig.test', '--kind', 'dav', '--url', server.url],
      ...['--user', server.userName, '--password-file', guest.file('dav', `${server.password}\n`)],
      ...['--ca', guest.file('ca.pem', server.ca)],
    )
    await guest.json('calendar', 'sync')
    for (const profile of [guest, bob]) await profile.json('transport', 'lookups', 'off')
    await bob.json(
      ...['calendar', 'add', '--calendar', 'Personal', '--title', 'By mail', '--start', '2030-03-20T09:00'],
      ...['--zone', 'UTC', '--attendee', 'alice@rig.test', '--language', 'en'],
    )
    await guest.json('sync')
    const inbox = (await guest.json<{ id: number; subject: string }[]>('list', 'alice@rig.test/INBOX')).at(0)
    const calendar = (await guest.json<Calendar[]>('calendar', 'list')).find(
      ({ account }) => account !== null,
    )
    const answered = await guest.json<{ eventId: number; mail: { state: string; to: string[] } }>(
      ...['calendar', 'respond', String(inbox?.id), '--accept', '--calendar', calendar?.name ?? ''],
    )
    expect(answered.mail).toMatchObject({ state: 'sent', to: ['bob@rig.test'] })
    await guest.json('calendar', 'sync')
    const { raw } = await guest.json<{ raw: string }>('calendar', 'show', String(answered.eventId), '--raw')
    expect(raw.replace(/\r\n /g, '')).toMatch(/ORGANIZER[^\n]*SCHEDULE-AGENT=CLIENT/)
    expect(raw).not.toMatch(/SCHEDULE-STATUS/)
    // A second answer goes by mail again, and once.
    const again = await guest.json<{ mail: { state: string } }>(
      ...['calendar', 'respond', String(inbox?.id), '--decline'],
    )
    expect(again.mail.state).toBe('sent')
    await bob.json('sync')
    const events = await bob.json<{ attendees: { status: string }[] }[]>(
      ...['calendar', 'events', '--from', '2030-03-20', '--to', '2030-03-21', '--zone', 'UTC'],
    )
    expect(events[0]?.attendees.map(({ status }) => status)).toEqual(['DECLINED'])
  } finally {
    await Promise.all([servers.stop(), bob.remove(), guest.remove()])
  }
})
