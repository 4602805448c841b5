import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, TestProfile } from '../../support/command-line'

/** People who invite each other by real mail, with calendars on their own machines. */
let servers: MailServers
const [alice, bob, carol] = [new TestProfile(), new TestProfile(), new TestProfile()]

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
  const people = { alice, bob, carol }
  await Promise.all(
    Object.entries(people).map(async ([name, profile]) => {
      await profile.create()
      await addRigAccount(profile, servers, name)
      await profile.json('transport', 'lookups', 'off')
      await profile.json('sync')
    }),
  )
})
afterAll(async () => {
  await servers?.stop()
  await Promise.all([alice.remove(), bob.remove(), carol.remove()])
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

const add = (profile: TestProfile, title: string, ...more: string[]) =>
  profile.json<Mailed>(
    ...['calendar', 'add', '--calendar', 'Personal', '--title', title, '--start', '2027-04-12T09:00'],
    ...['--duration', 'PT1H', '--zone', 'UTC', '--language', 'en', ...more],
  )
const april = async (profile: TestProfile, title: string) =>
  (
    await profile.json<Event[]>(
      'calendar',
      'events',
      '--from',
      '2027-04-01',
      '--to',
      '2027-05-01',
      '--zone',
      'UTC',
    )
  ).find(each => each.title === title)
const statuses = async (profile: TestProfile, title: string) =>
  Object.fromEntries(
    ((await april(profile, title))?.attendees ?? []).map(({ address, status }) => [address, status]),
  )

test('another time that a guest proposes is kept off or taken over by a word, and every guest is asked again', async () => {
  const { mails } = await add(alice, 'Council', '--attendee', 'bob@rig.test', '--attendee', 'carol@rig.test')
  expect(mails.flatMap(({ to }) => to).sort()).toEqual(['bob@rig.test', 'carol@rig.test'])
  const [atBob, atCarol] = await Promise.all([
    inbox(bob, 'bob', /Invitation: Council/),
    inbox(carol, 'carol', /Invitation: Council/),
  ])
  await bob.json(
    ...['calendar', 'respond', atBob, '--propose', '2027-04-12T14:00', '--until', '2027-04-12T15:00'],
    ...['--zone', 'UTC', '--comment', 'The train is late', '--language', 'en'],
  )
  const proposal = await inbox(alice, 'alice', /Council/)
  // Its words say when it is meant to be, and not when it is.
  expect((await alice.run('show', proposal)).stdout).toContain('When: 2027-04-12 14:00 – 15:00')
  const told = await shown(alice, proposal)
  expect(told).toMatchObject({
    ...{
      method: 'COUNTER',
      kind: 'counter',
      who: 'bob@rig.test',
      comment: 'The train is late',
      warnings: [],
    },
    changes: [{ what: 'time' }],
  })
  // To look is not to take.
  expect((await april(alice, 'Council'))?.start).toBe('2027-04-12T09:00:00Z')
  // Kept off, and the guest is told so; then it is taken over all the same.
  const kept = await alice.json<{ mail: { to: string[]; subject: string } }>(
    ...['calendar', 'respond', proposal, '--decline', '--comment', 'Too late', '--language', 'en'],
  )
  expect(kept.mail).toMatchObject({ to: ['bob@rig.test'], subject: 'Not moved: Council' })
  expect((await april(alice, 'Council'))?.start).toBe('2027-04-12T09:00:00Z')
  await carol.json('calendar', 'respond', atCarol, '--accept', '--language', 'en')
  await inbox(alice, 'alice', /Accepted: Council/)
  await alice.json('calendar', 'respond', proposal, '--accept', '--language', 'en')
  expect(await statuses(alice, 'Council')).toEqual({
    'bob@rig.test': 'NEEDS-ACTION',
    'carol@rig.test': 'NEEDS-ACTION',
  })
  const notMoved = await inbox(bob, 'bob', /Not moved: Council/)
  expect((await bob.run('show', notMoved)).stdout).toContain('When: 2027-04-12 09:00 – 10:00')
  expect(await shown(bob, notMoved)).toMatchObject({
    ...{ method: 'DECLINECOUNTER', kind: 'counter-declined', comment: 'Too late', canAnswer: false },
  })
  expect((await april(alice, 'Council'))?.start).toBe('2027-04-12T14:00:00Z')
  // The newer invitation before the older one was answered, and the older one after it.
  const changed = await inbox(carol, 'carol', /Changed: Council/)
  await carol.json('calendar', 'respond', changed, '--accept', '--comment', 'Fine', '--language', 'en')
  expect(await shown(carol, atCarol)).toMatchObject({ kind: 'superseded' })
  expect((await april(carol, 'Council'))?.start).toBe('2027-04-12T14:00:00Z')
  await alice.json('sync')
  expect((await statuses(alice, 'Council'))['carol@rig.test']).toBe('ACCEPTED')
})

test('who hands an invitation on and who takes it over stand at the organiser, in whatever order it hears of them', async () => {
  await add(alice, 'Errand', '--attendee', 'carol@rig.test')
  const atCarol = await inbox(carol, 'carol', /Invitation: Errand/)
  await carol.json('calendar', 'respond', atCarol, '--delegate', 'bob@rig.test', '--language', 'en')
  const atBob = await inbox(bob, 'bob', /Errand/)
  expect(await shown(bob, atBob)).toMatchObject({
    ...{ method: 'REQUEST', me: 'guest', canAnswer: true, warnings: ['handed-on'] },
  })
  await bob.json('calendar', 'respond', atBob, '--accept', '--language', 'en')
  await alice.json('sync')
  const mails = (await alice.json<ListedMessage[]>('list', 'alice@rig.test/INBOX')).filter(({ subject }) =>
    /Errand/.test(subject),
  )
  expect(mails).toHaveLength(2)
  // That of the one who took it over first.
  const sorted = [...mails].sort(
    (left, right) => Number(right.from.includes('bob')) - Number(left.from.includes('bob')),
  )
  for (const { id } of sorted) await alice.json('calendar', 'apply', String(id), '--language', 'en')
  expect(await statuses(alice, 'Errand')).toEqual({
    'carol@rig.test': 'DELEGATED',
    'bob@rig.test': 'ACCEPTED',
  })
})

const newest = async (profile: TestProfile, name: string): Promise<string> => {
  await profile.json('sync')
  const all = await profile.json<ListedMessage[]>('list', `${name}@rig.test/INBOX`)
  return String(Math.max(...all.map(({ id }) => id)))
}

test('an answer goes encrypted where the key of who invites is known, and quick entry invites whom it names', async () => {
  const keys = await Promise.all(
    [
      [alice, 'alice@rig.test'],
      [bob, 'bob@rig.test'],
    ].map(async ([profile, address]) => {
      const at = profile as TestProfile
      const { facts } = await at.json<{ facts: { fingerprint: string } }>('keys', 'generate', String(address))
      const out = `${at.directory}/public.asc`
      await at.json('keys', 'export', facts.fingerprint, '--out', out)
      return { out, fingerprint: facts.fingerprint }
    }),
  )
  await Promise.all([
    (async () => {
      await alice.json('keys', 'import', keys[1]?.out ?? '')
      await alice.json('keys', 'trust', 'bob@rig.test', keys[1]?.fingerprint ?? '')
    })(),
    (async () => {
      await bob.json('keys', 'import', keys[0]?.out ?? '')
      await bob.json('keys', 'trust', 'alice@rig.test', keys[0]?.fingerprint ?? '')
    })(),
  ])
  const quick = [
    'calendar',
    'quick',
    'Secret 12.4.2027 9:00 with bob@rig.test',
    '--language',
    'en',
    '--zone',
    'UTC',
  ]
  expect((await alice.run(...quick, '--send', '--dry-run')).stdout).toMatch(
    /with: bob@rig\.test \(is sent an invitation\)/,
  )
  // Read out of a line, nobody is written to unasked.
  const added = await alice.run(...quick)
  expect(added.stdout).toMatch(/with: bob@rig\.test \(is not told/)
  const [, id = ''] = /calendar send-invitations (\d+) --all/.exec(added.stderr) ?? []
  const { mails } = await alice.json<Mailed>('calendar', 'send-invitations', id, '--all', '--language', 'en')
  expect(mails).toMatchObject([{ to: ['bob@rig.test'], state: 'sent' }])
  const sent = await alice.json<Mailed & { untold: string[] }>(
    ...['calendar', 'quick', 'Again 12.4.2027 11:00 with carol@rig.test', '--zone', 'UTC', '--send'],
  )
  expect(sent).toMatchObject({ mails: [{ to: ['carol@rig.test'] }], untold: [] })
  const at = await newest(bob, 'bob')
  const before = await bob.run('show', at, '--raw')
  expect(before.stdout).toMatch(/multipart\/encrypted/)
  expect(await shown(bob, at)).toMatchObject({
    method: 'REQUEST',
    title: 'Secret',
    warnings: [],
    canAnswer: true,
  })
  await bob.json('calendar', 'respond', at, '--accept', '--comment', 'Not for others', '--language', 'en')
  const reply = await newest(alice, 'alice')
  const raw = (await alice.run('show', reply, '--raw')).stdout
  expect(raw).toMatch(/multipart\/encrypted/)
  expect(raw).not.toMatch(/Not for others|text\/calendar/)
  expect(await shown(alice, reply)).toMatchObject({
    method: 'REPLY',
    comment: 'Not for others',
    warnings: [],
  })
})
