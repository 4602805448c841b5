import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '../../../electron/engine/compose/open-store'
import { mime } from '../../../electron/engine/formats/mime/mime'
import type { Store } from '../../../electron/engine/ports/store'
import { openConnection } from '../../../electron/engine/store/connection'
import { systemClock, systemRandom } from '../../../electron/engine/system'
import { silentLog, testStoreKey } from '../../support/engine-in-test'
import { killChild } from '../../support/kill-child-program'
import { describeKillPoint, killBeforeEnd, runToEnd, seededKillPoints } from '../../support/kill-points'
import { killsOf } from '../../support/kill-share'
import { isHeaderOnly, oldSearchStore, ownWord } from '../../support/old-search-store'

const count = 900
const points = killsOf(25)
const root = mkdtempSync(join(tmpdir(), 'sgr-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const opened = (directory: string): Store =>
  openStore({
    directory,
    key: testStoreKey(),
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
  }).store

const step = (store: Store): boolean => store.searchRenewal.step(raw => mime.parseMessage(raw))
const hits = (store: Store, text: string): number =>
  store.messages.search(text, { mailboxId: null, limit: 10 }).total

/** Asked as one writes who has the letters: found at every moment, by the one index or the other. */
function isWhole(store: Store, point: string): void {
  for (let at = 1; at <= count; at += 137) {
    expect(hits(store, ownWord(at)), `${point}, ${at}`).toBe(1)
    expect(hits(store, `recipient:copy${at}@example.org`), `${point}, copy ${at}`).toBe(1)
  }
  expect(store.check().filter(each => each.outcome === 'failed')).toEqual([])
}

test(`${points} kills while the search index is made anew: nothing is lost at any moment, and it goes on`, async () => {
  const template = join(root, 'old')
  oldSearchStore(template, count)
  const rehearsal = join(root, 'rehearsal')
  cpSync(template, rehearsal, { recursive: true })
  const whole = await runToEnd(killChild('renew', rehearsal))
  expect(whole.exitCode, whole.stderr).toBe(0)
  const lines = whole.stdout.split('\n').filter(line => line === 'stored').length
  for (const [at, point] of seededKillPoints(20_261_128, points, {
    durationMs: whole.elapsedMs,
    lines,
  }).entries()) {
    const profile = join(root, String(at))
    const killedAt = await killBeforeEnd(() => {
      rmSync(profile, { recursive: true, force: true })
      cpSync(template, profile, { recursive: true })
      return killChild('renew', profile)
    }, point)
    const store = opened(profile)
    try {
      isWhole(store, describeKillPoint(killedAt))
      while (step(store)) expect(hits(store, ownWord(7))).toBe(1)
      isWhole(store, 'after')
      expect(store.searchRenewal.progress()).toBeNull()
      // And as one writes who has not.
      for (let one = 1; one <= count; one += 137) expect(hits(store, `lodz${one}x`)).toBe(1)
    } finally {
      store.close()
    }
    await rm(profile, { recursive: true, force: true })
  }
}, 600_000)

test('the renewal starts nothing that waits: search tells how far it is, and copies are told from recipients', async () => {
  const directory = join(root, 'one')
  oldSearchStore(directory, 200)
  const store = opened(directory)
  try {
    expect(store.searchRenewal.progress()).toEqual({ done: 0, total: 200 })
    expect(store.messages.suggestAddresses('bo', 5)).toHaveLength(1)
    // A body that comes in between, and a message that goes.
    const headerOnly = [...Array(200).keys()].map(at => at + 1).filter(isHeaderOnly)
    const [first = 0, last = 0] = [headerOnly[0], headerOnly.at(-1)]
    const raw = Buffer.from(
      'From: a@b.example\r\nTo: c@d.example\r\nCc: late@e.example\r\nSubject: x\r\n\r\nzażółć\r\n',
    )
    store.messages.storeBodies([{ id: first as never, raw, parsed: mime.parseMessage(raw) }])
    const seen: number[] = []
    while (step(store)) {
      seen.push(store.searchRenewal.progress()?.done ?? 200)
      // Also while the old index is being taken away: half of one would count as a damaged store.
      expect(store.check().filter(each => each.outcome === 'failed')).toEqual([])
    }
    expect(seen.filter(done => done === 200).length).toBeGreaterThan(1)
    expect(seen.length).toBeGreaterThan(5)
    expect(seen).toEqual(seen.toSorted((one, other) => one - other))
    expect(hits(store, 'zazolc')).toBe(1)
    expect(hits(store, 'cc:late@e.example')).toBe(1)
    expect(store.messages.suggestAddresses('luk', 5)).toHaveLength(1)
    // Who got a copy of mail of which only the header is here is known from the old index alone, until its body comes.
    expect([
      hits(store, `cc:copy${last}`),
      hits(store, `to:copy${last}`),
      hits(store, 'cc:copy5@example.org'),
    ]).toEqual([1, 0, 1])
    const [late] = store.messages.search(`cc:copy${last}`, { mailboxId: null, limit: 1 }).ids
    store.messages.storeBodies([{ id: late as never, raw, parsed: mime.parseMessage(raw) }])
    expect(hits(store, 'cc:late@e.example')).toBe(2)
    expect(hits(store, `cc:copy${last}`)).toBe(0)
    expect(store.check().filter(each => each.outcome === 'failed')).toEqual([])
  } finally {
    store.close()
  }
})

test('a long renewal merges on its way, so that it never stops everything to merge all at once', async () => {
  const directory = join(root, 'long')
  oldSearchStore(directory, 1600)
  const store = opened(directory)
  while (step(store));
  store.close()
  const connection = openConnection(join(directory, 'store.db'), testStoreKey())
  const segments = (table: string): unknown =>
    connection.prepare(`SELECT count(DISTINCT segid) FROM ${table}_idx`).pluck().get()
  const found = [segments('find_headers'), segments('find_bodies')].map(Number)
  connection.close()
  // 40 steps wrote one each.
  expect(Math.max(...found)).toBeLessThan(20)
})
