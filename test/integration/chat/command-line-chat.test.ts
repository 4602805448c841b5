import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { TestProfile } from '../../support/command-line'

type Told = Readonly<{ id: number; text: string; from: string; attachments: readonly { index: number }[] }>

let server: ProsodyServer
const alice = new TestProfile()
const bob = new TestProfile()
const toBob = 'bob@rig.test'
const toAlice = 'alice@rig.test'

/** A person at the shell: what they are told, and by whom. */
const history = (profile: TestProfile, who: string) => profile.json<readonly Told[]>('chat', 'history', who)
const says = async (profile: TestProfile, ...args: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await profile.run('chat', ...args)
  expect([exitCode, stderr], args.join(' ')).toEqual([0, ''])
  return stdout
}

beforeAll(async () => {
  server = await startProsody()
  const host = `tls://localhost:${server.tlsPort}`
  for (const [name, profile] of [
    ['alice', alice],
    ['bob', bob],
  ] as const) {
    await profile.create()
    const secret = profile.file('password', `${name}-pw\n`)
    await profile.json(
      ...['account', 'add-xmpp', '--name', name, '--user', `${name}@rig.test`, '--host', host],
      ...['--password-file', secret, '--ca', profile.file('ca.pem', server.ca)],
    )
    await says(profile, 'sync')
  }
})
afterAll(async () => {
  await server?.stop()
  await alice.remove()
  await bob.remove()
})

test('two people write, correct, take back and react, each from a shell of their own', async () => {
  expect(await alice.json('chat', 'send', toBob, 'Hello', 'Bob')).toMatchObject({
    ...{ from: toAlice, to: toBob, text: 'Hello Bob', encryption: 'omemo2', state: 'sent', problem: null },
  })
  expect(await says(alice, 'send', toBob, 'Second')).toBe('Sent.\n')
  expect(await bob.json('chat', 'sync')).toMatchObject([{ received: 2, waiting: 0 }])
  expect(await history(bob, toAlice)).toMatchObject([
    { from: toAlice, to: toBob, text: 'Hello Bob', encryption: 'omemo2', state: 'received', own: false },
    { from: toAlice, text: 'Second', time: expect.stringMatching(/^20\d\d-.*Z$/) },
  ])
  await says(alice, 'correct', '1', 'Hello', 'dear', 'Bob')
  await says(alice, 'retract', '2')
  const sent = await says(alice, 'send', toBob, 'for all to read', '--clear', '--yes')
  expect(sent).toBe('Sent.\n')
  await says(bob, 'sync')
  await says(bob, 'react', '3', '👍')
  expect(await history(bob, toAlice)).toMatchObject([
    { text: 'Hello dear Bob', edits: 1 },
    { retracted: 'author' },
    { text: 'for all to read', encryption: 'none', reactions: [{ emoji: '👍' }] },
  ])
  expect(await says(bob, 'history', toAlice)).toMatch(
    /Hello dear Bob {2}\(edited\) {2}\[encrypted\]\n.*\(taken back\)/,
  )
  expect(await bob.json('chat', 'search', 'dear')).toHaveLength(1)
  expect(await bob.json('chat', 'search', 'Second')).toEqual([])
  await says(alice, 'sync')
  expect(await history(alice, toBob)).toMatchObject([{}, {}, { reactions: [{ emoji: '👍', by: [toBob] }] }])
})

test('devices are told, compared by their numbers, and trusted; one of them is this one', async () => {
  const [device] = await bob.json<{ fingerprint: string }[]>('chat', 'devices', toAlice)
  expect(await alice.json('chat', 'devices')).toMatchObject([
    { fingerprint: device?.fingerprint, thisDevice: true, new: false },
  ])
  await says(bob, 'verify', toAlice, device?.fingerprint ?? '')
  expect(await bob.json('chat', 'devices', toAlice)).toMatchObject([{ trust: 'verified' }])
  expect((await history(bob, toAlice))[0]).toMatchObject({ trust: 'verified' })
  await says(bob, 'trust', toAlice, device?.fingerprint ?? '', '--reject')
  expect(await bob.json('chat', 'devices', toAlice)).toMatchObject([{ trust: 'rejected' }])
  const held = await bob.run('chat', 'send', toAlice, 'nobody reads this')
  expect([held.exitCode, held.stdout]).toEqual([
    1,
    expect.stringContaining('Not sent: it waits for a decision'),
  ])
  await says(bob, 'trust', toAlice, device?.fingerprint ?? '')
  await says(bob, 'sync')
  expect(await says(alice, 'sync')).toContain('1 received')
})

test('a file on a server of the own network goes there and comes back the same', async () => {
  const file = bob.file('note.txt', 'a file\n')
  expect(await says(bob, 'send', toAlice, '--attach', file)).toBe('Sent.\n')
  await says(alice, 'sync')
  const told = (await history(alice, toBob)).find(({ attachments }) => attachments.length > 0)
  const saved = join(alice.directory, 'saved.txt')
  await says(alice, 'file', String(told?.id), '--save', saved)
  expect(readFileSync(saved, 'utf8')).toBe('a file\n')
  writeFileSync(saved, 'mine')
  expect((await alice.run('chat', 'file', String(told?.id), '--save', saved)).exitCode).toBe(1)
  expect(readFileSync(saved, 'utf8')).toBe('mine')
})

test('a room: made, joined, spoken in, left', async () => {
  const made = await says(alice, 'create', 'Harbour', '--invite', toBob)
  const room = /[0-9a-f]{20}@\S+[a-z]/.exec(made)?.[0] ?? ''
  await says(bob, 'sync')
  expect(await bob.json('chat', 'list', '--requests')).toMatchObject([{ address: room, kind: 'room' }])
  await says(bob, 'join', room)
  // Members are known by then: they read what was said while they were away.
  await says(alice, 'sync')
  expect(await says(alice, 'send', room, 'in the room')).toBe('Sent.\n')
  await says(bob, 'sync')
  expect(await history(bob, room)).toMatchObject([
    { from: `${room}/alice`, text: 'in the room', encryption: 'omemo2' },
  ])
  const members = await alice.json<{ address: string }[]>('chat', 'members', room)
  expect(members.map(({ address }) => address).sort()).toEqual([toAlice, toBob])
  expect(await says(bob, 'rooms')).toMatch(/Harbour {2}joined {2}private/)
  await says(bob, 'leave', room)
  expect(await says(bob, 'rooms')).toMatch(/Harbour {2}left {2}private/)
  expect(await history(bob, room)).toHaveLength(1)
})

test('what cannot be done is said, and ends with another number than 0', async () => {
  for (const [args, exitCode, words] of [
    [['send', toBob, 'x', '--clear'], 2, 'add --yes to say so'],
    [['send', 'carol@rig.test', 'x'], 1, 'no-keys'],
    [['join', 'nobody@nowhere.test'], 1, 'said no'],
    [['trust', toBob, 'ab12'], 2, '64 digits'],
  ] as const) {
    const said = await alice.run('chat', ...args)
    expect([said.exitCode, said.stdout + said.stderr], args.join(' ')).toEqual([
      exitCode,
      expect.stringContaining(words),
    ])
  }
})
