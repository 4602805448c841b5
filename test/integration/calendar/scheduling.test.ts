import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCyrusDav } from '../../rig/cyrus-server'
import type { DavServer } from '../../rig/dav-servers'
import { TestProfile } from '../../support/command-line'

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
})
