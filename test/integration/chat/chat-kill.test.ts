import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChatMessage } from '../../../shared/features/chat/model'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import {
  describeKillPoint,
  type Program,
  runAndKill,
  runToEnd,
  seededKillPoints,
} from '../../support/kill-points'
import { killsOf } from '../../support/kill-share'
import { until } from '../../support/until'

/** Set to see a failing run again: the seed decides every point. */
const seed = Number(process.env['SIEGEL_KILL_SEED'] ?? 20_261_128)
const kills = killsOf(100) === 100 ? 100 : 3
const messages = 24
const root = mkdtempSync(join(tmpdir(), 'siegel-chat-kill-'))
let server: ProsodyServer
let bob: TestEngine
const open = async (name: string, background: boolean): Promise<TestEngine> => {
  const engine = await openTestEngine(join(root, name), { background })
  const place = { host: 'localhost', port: server.tlsPort, security: 'tls' as const }
  const { id: accountId } = await engine.call('accounts.add', {
    config: {
      ...{ address: `${name}@rig.test`, displayName: '' },
      services: { xmpp: { userName: `${name}@rig.test`, caPem: server.ca, server: place } },
    },
    password: `${name}-pw`,
  })
  await engine.call('chat.changeSettings', { accountId, settings: { undoSeconds: 0 } })
  return engine
}
beforeAll(async () => {
  server = await startProsody()
  bob = await open('bob', true)
  const alice = await open('alice', false)
  await alice.close()
})
afterAll(async () => {
  await bob?.close()
  await server?.stop()
  rmSync(root, { recursive: true, force: true })
})

const received = async (): Promise<ChatMessage[]> => {
  const { conversations } = await bob.call('chat.conversations', { which: 'conversations' })
  const from = conversations.find(({ address }) => address === 'alice@rig.test')
  if (from === undefined) return []
  const page = await bob.call('chat.messages', { conversationId: from.id, anchor: { at: 'end' }, limit: 500 })
  return page.rows.filter((row): row is ChatMessage => row.kind === 'message')
}

test(`killed at ${kills} points while it writes, each message arrives once, in order, and can be read`, async () => {
  await until(
    async () => (await bob.call('chat.accounts', {})).accounts[0]?.state === 'online',
    'Bob is there',
  )
  const child: Program = {
    file: process.execPath,
    arguments: [
      ...['--import', new URL('../../support/resolve-typescript.mjs', import.meta.url).href],
      new URL('./chat-kill-child.ts', import.meta.url).pathname,
      ...[join(root, 'alice'), String(messages)],
    ],
  }
  // Lines count from the start of each run, so that every run is killed at work.
  const points = seededKillPoints(seed, kills, { durationMs: 4_000, lines: 12 })
  const met: string[] = []
  for (const point of points) {
    const run = await runAndKill(child, point)
    met.push(`${describeKillPoint(point)} ${run.killed ? 'killed' : run.exitCode}`)
    if (!run.killed) expect(run.exitCode, run.stderr).toBe(0)
  }
  const last = await runToEnd(child, 120_000)
  expect(last.exitCode, `${met.join(', ')}\n${last.stderr}`).toBe(0)
  await until(async () => (await received()).length >= messages, 'Bob has all of them')
  const got = await received()
  expect(
    got.map(({ text }) => text),
    `seed ${seed}: ${met.join(', ')}`,
  ).toEqual(Array.from({ length: messages }, (_, index) => `message ${index}`))
  for (const each of got) expect(each).toMatchObject({ encryption: 'omemo2', undecryptable: null })
})

test(`the receiver killed at ${kills} points: each message is there once, in order, and can be read`, async () => {
  await bob.close()
  const alice = await openTestEngine(join(root, 'alice'), { background: true })
  try {
    const [account] = await alice.call('accounts.list', {})
    const { conversationId } = await alice.call('chat.open', {
      ...{ accountId: account!.id, address: 'bob@rig.test' },
    })
    const texts = Array.from({ length: messages }, (_, index) => `to be killed ${index}`)
    // Written while the receiver is killed: some come live, some from the archive.
    let written = 0
    const write = async (upTo: number): Promise<void> => {
      for (; written < upTo; written += 1)
        await alice.call('chat.send', {
          ...{ conversationId, text: texts[written]!, replyTo: null, inClear: false },
        })
    }
    const child: Program = {
      file: process.execPath,
      arguments: [
        ...['--import', new URL('../../support/resolve-typescript.mjs', import.meta.url).href],
        new URL('./chat-kill-receiver.ts', import.meta.url).pathname,
        ...[join(root, 'bob'), String(messages)],
      ],
    }
    const points = seededKillPoints(seed + 1, kills, { durationMs: 4_000, lines: 6 })
    const met: string[] = []
    for (const [at, point] of points.entries()) {
      const [run] = await Promise.all([
        runAndKill(child, point),
        write(Math.floor((messages * (at + 1)) / (kills + 1))),
      ])
      met.push(`${describeKillPoint(point)} ${run.killed ? 'killed' : run.exitCode}`)
    }
    await write(messages)
    const last = await runToEnd(child, 120_000)
    expect(last.exitCode, `${met.join(', ')}\n${last.stderr}`).toBe(0)
    bob = await openTestEngine(join(root, 'bob'), { background: false })
    const got = (await received()).filter(
      ({ text, undecryptable }) => undecryptable !== null || text.startsWith('to be killed'),
    )
    expect(
      got.map(({ text }) => text),
      `seed ${seed}: ${met.join(', ')}`,
    ).toEqual(texts)
    for (const each of got) expect(each).toMatchObject({ encryption: 'omemo2', undecryptable: null })
  } finally {
    await alice.close()
  }
})
