import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, TestProfile } from '../../support/command-line'

/** Two people who invite each other by real mail, with calendars on their own machines. */
let servers: MailServers
const [alice, bob] = [new TestProfile(), new TestProfile()]

type Event = {
  id: number
  uid: string
  title: string
  start: string
  status: string
  attendees: { address: string; status: string }[]
}
type Mailed = { id: number; mails: { state: string; to: string[]; subject: string }[] }
type Shown = {
  uid: string
  method: string
  kind: string
  title: string
  start: string
  me: string | null
  canAnswer: boolean
  eventId: number | null
  warnings: string[]
  changes: { what: string }[]
  conflicts: { title: string }[]
  comment: string
  who: string
  whoStatus: string
  answer: { status: string; comment: string; sending: string | null } | null
  invitations: object[]
}

const events = (profile: TestProfile) =>
  profile.json<Event[]>('calendar', 'events', '--from', '2027-03-01', '--to', '2027-04-01', '--zone', 'UTC')
const inbox = async (profile: TestProfile, name: string, subject: RegExp) => {
  await profile.json('sync')
  const all = await profile.json<ListedMessage[]>('list', `${name}@rig.test/INBOX`)
  const found = all.find(each => subject.test(each.subject))
  if (!found) throw new Error(`no mail ${subject} among ${all.map(each => each.subject).join(', ')}`)
  return String(found.id)
}
const shown = (profile: TestProfile, id: string) =>
  profile.json<Shown>('calendar', 'invitation', id, '--zone', 'Europe/Berlin')
const guest = async (profile: TestProfile) =>
  (await events(profile))[0]?.attendees.map(({ status }) => status)

beforeAll(async () => {
  servers = await startMailServers()
  await Promise.all([alice.create(), bob.create()])
  await addRigAccount(alice, servers, 'alice')
  await addRigAccount(bob, servers, 'bob')
  for (const profile of [alice, bob]) {
    await profile.json('transport', 'lookups', 'off')
    await profile.json('sync')
  }
})
afterAll(async () => {
  await servers?.stop()
  await Promise.all([alice.remove(), bob.remove()])
})

test('an event with a guest is sent, described, accepted with a comment, and the answer is in the event of who invited', async () => {
  await bob.json(
    'calendar',
    'add',
    '--calendar',
    'Personal',
    '--title',
    'Dentist',
    '--start',
    '2027-03-10T09:30',
    '--zone',
    'Europe/Berlin',
  )
  const added = await alice.json<Mailed>(
    ...['calendar', 'add', '--calendar', 'Personal', '--title', 'Rounds', '--start', '2027-03-10T09:00'],
    ...[
      '--zone',
      'Europe/Berlin',
      '--location',
      'Room 1',
      '--attendee',
      'Bob Rig <bob@rig.test>',
      '--language',
      'en',
    ],
  )
  expect(added.mails).toMatchObject([{ state: 'sent', to: ['bob@rig.test'], subject: 'Invitation: Rounds' }])
  const id = await inbox(bob, 'bob', /Invitation: Rounds/)
  expect(await shown(bob, id)).toMatchObject({
    ...{ method: 'REQUEST', kind: 'offer', title: 'Rounds', start: '2027-03-10T09:00:00+01:00' },
    ...{ me: 'guest', canAnswer: true, eventId: null, warnings: [], answer: null },
    conflicts: [{ title: 'Dentist' }],
  })
  // To look is not to take.
  expect(await events(bob)).toHaveLength(1)
  const answered = await bob.json<{ eventId: number; mail: { state: string; subject: string } }>(
    ...['calendar', 'respond', id, '--accept', '--comment', 'With pleasure', '--language', 'en'],
  )
  expect(answered.mail).toMatchObject({ state: 'sent', subject: 'Accepted: Rounds' })
  expect(await shown(bob, id)).toMatchObject({
    ...{ kind: 'already-there', canAnswer: true, eventId: answered.eventId },
    answer: { status: 'ACCEPTED', comment: 'With pleasure', sending: 'sent' },
  })
  const reply = await inbox(alice, 'alice', /Accepted: Rounds/)
  expect(await guest(alice)).toEqual(['ACCEPTED'])
  expect(await shown(alice, reply)).toMatchObject({
    ...{
      method: 'REPLY',
      who: 'bob@rig.test',
      whoStatus: 'ACCEPTED',
      comment: 'With pleasure',
      warnings: [],
    },
  })
  const text = await alice.run('show', reply, '--raw')
  expect(text.stdout).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REPLY/)
})

test('another time is told, asks again, and shows what changed; my answer can be another one later', async () => {
  const [event] = await events(alice)
  const changed = await alice.json<Mailed>(
    ...[
      'calendar',
      'change',
      String(event?.id),
      '--start',
      '2027-03-11T10:00',
      '--zone',
      'Europe/Berlin',
      '--language',
      'en',
    ],
  )
  expect(changed.mails).toMatchObject([{ state: 'sent', subject: 'Changed: Rounds' }])
  // The answer to the old time says nothing of the new one.
  expect(await guest(alice)).toEqual(['NEEDS-ACTION'])
  const id = await inbox(bob, 'bob', /Changed: Rounds/)
  const before = await shown(bob, id)
  expect(before).toMatchObject({ kind: 'difference', canAnswer: true })
  expect(before.changes.map(({ what }) => what)).toEqual(['time'])
  await bob.json('calendar', 'respond', id, '--tentative', '--language', 'en')
  await inbox(alice, 'alice', /Tentative: Rounds/)
  expect(await guest(alice)).toEqual(['TENTATIVE'])
  await bob.json('calendar', 'respond', id, '--decline', '--language', 'en')
  await inbox(alice, 'alice', /Declined: Rounds/)
  expect(await guest(alice)).toEqual(['DECLINED'])
  expect((await shown(bob, id)).answer?.status).toBe('DECLINED')
  const rounds = (await events(bob)).filter(({ title }) => title === 'Rounds')
  expect(rounds).toMatchObject([{ start: '2027-03-11T09:00:00Z' }])
})

test('an event that is deleted is called off at the guest; the older invitation does not bring it back', async () => {
  const [event] = await events(alice)
  const gone = await alice.json<Mailed>('calendar', 'delete', String(event?.id), '--language', 'en')
  expect(gone.mails).toMatchObject([{ state: 'sent', subject: 'Cancelled: Rounds' }])
  const id = await inbox(bob, 'bob', /Cancelled: Rounds/)
  expect(await shown(bob, id)).toMatchObject({ method: 'CANCEL', canAnswer: false })
  expect((await events(bob)).filter(({ title }) => title === 'Rounds')).toMatchObject([
    { status: 'cancelled' },
  ])
  const first = await inbox(bob, 'bob', /Invitation: Rounds/)
  expect(await bob.failure('calendar', 'respond', first, '--accept')).toMatchObject({
    code: 'invitation-unusable',
  })
})

test('two addresses of one person invite each other, and one passed on to somebody else is named so', async () => {
  const both = new TestProfile()
  try {
    await both.create()
    await addRigAccount(both, servers, 'alice')
    await addRigAccount(both, servers, 'bob')
    await both.json('transport', 'lookups', 'off')
    await both.json('sync')
    const added = await both.json<Mailed>(
      ...['calendar', 'add', '--calendar', 'Personal', '--title', 'Alone', '--start', '2027-03-20T09:00'],
      ...['--zone', 'Europe/Berlin', '--attendee', 'bob@rig.test', '--language', 'en'],
    )
    expect(added.mails).toMatchObject([{ state: 'sent', to: ['bob@rig.test'] }])
    const id = await inbox(both, 'bob', /Invitation: Alone/)
    expect(await shown(both, id)).toMatchObject({ me: 'guest', canAnswer: true, warnings: [] })
    await both.json('calendar', 'respond', id, '--accept', '--language', 'en')
    await inbox(both, 'alice', /Accepted: Alone/)
    // One event, and not one for each address.
    expect(await events(both)).toMatchObject([
      { title: 'Alone', attendees: [{ address: 'bob@rig.test', status: 'ACCEPTED' }] },
    ])
    // The very same, from somebody whom it does not name.
    const raw = (await both.run('show', id, '--raw')).stdout
    const forwarded = raw
      .replace(/^From: .*$/m, 'From: Mallory <mallory@rig.test>')
      .replace(/^Message-ID: .*$/m, 'Message-ID: <passed-on@rig.test>')
      .replace(/^Subject: .*$/m, 'Subject: Passed on')
    await servers.deliver('bob@rig.test', forwarded)
    expect(await shown(bob, await inbox(bob, 'bob', /Passed on/))).toMatchObject({
      warnings: ['sender-differs', 'third-party'],
      canAnswer: true,
    })
  } finally {
    await both.remove()
  }
})
