import { closeSync, existsSync, openSync, readdirSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  configureWriter,
  openConnection,
  pageBytes,
} from '../../../../../../electron/engine/store/connection'
import { StoreCopier } from '../../../../../../electron/engine/store/keep/backup-copy'
import { checkBackup } from '../../../../../../electron/engine/store/keep/check-backup'
import { storeKey, temporaryDirectory } from '../support'

let directory: string
let path: string
let copyPath: string
let store: BetterSqlite.Database
let round = 0

beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'store.db')
  copyPath = join(directory, 'copy')
  store = openConnection(path, storeKey)
  configureWriter(store)
  round = 0
  // Two tables that every transaction keeps equal, with an index: what is torn shows.
  store.exec(`CREATE TABLE a (id INTEGER PRIMARY KEY, round INTEGER, body BLOB); CREATE INDEX a_round ON a (round);
    CREATE TABLE b (id INTEGER PRIMARY KEY, round INTEGER, body BLOB);`)
  store.transaction(() => {
    for (let id = 1; id <= 250; id += 1)
      for (const table of ['a', 'b'])
        store.prepare(`INSERT INTO ${table} VALUES (?, 0, ?)`).run(id, Buffer.alloc(9000, id & 255))
  })()
})
afterEach(() => store.close())

/** One transaction that changes, adds and removes rows all over both tables. */
const writeRound = (): void => {
  round += 1
  store.transaction(() => {
    for (const table of ['a', 'b']) {
      for (let id = 1 + (round % 7); id <= 250; id += 29)
        store
          .prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?)`)
          .run(id, round, Buffer.alloc(9000 + ((id * round) % 9000), round & 255))
      store.prepare(`INSERT INTO ${table} VALUES (?, ?, ?)`).run(1000 + round, round, Buffer.alloc(20_000, 1))
      store.prepare(`DELETE FROM ${table} WHERE id = ?`).run(100 + round)
    }
    store.prepare('UPDATE a SET round = ? WHERE id < 250').run(round)
    store.prepare('UPDATE b SET round = ? WHERE id < 250').run(round)
  })()
}

const digestOf = (database: BetterSqlite.Database): unknown[] =>
  ['a', 'b'].map(table =>
    database
      .prepare(`SELECT count(*) n, sum(round) r, sum(length(body)) l, sum(id) i, max(round) m FROM ${table}`)
      .get(),
  )

const opened = <T>(work: (copy: BetterSqlite.Database) => T): T => {
  const copy = openConnection(copyPath, storeKey, { mustExist: true, readonly: true })
  try {
    return work(copy)
  } finally {
    copy.close()
  }
}
const check = (): Promise<void> => checkBackup(store, copyPath, storeKey, {})

test.each([
  ['the log is only held', 4000],
  ['the log is written back again and again while pages are copied', 1],
])(
  'a store that is written to during the copy comes out as it was when it began: %s',
  async (_, longestLogPages) => {
    for (let times = 0; times < 3; times += 1) writeRound()
    const copier = new StoreCopier(store, path, { longestLogPages })
    const began = store.prepare('SELECT max(round) FROM a').pluck().get()
    const before = digestOf(store)
    let pieces = 0
    const shown: number[] = []
    await copier.copy(copyPath, storeKey, {
      onProgress: (done, total) => {
        pieces += 1
        shown.push(done / total)
        writeRound()
      },
    })
    expect(pieces).toBeGreaterThan(4)
    expect(shown).toEqual([...shown].sort((x, y) => x - y))
    expect(shown.at(-1)).toBe(1)
    expect(digestOf(store)).not.toEqual(before)
    expect(opened(digestOf)).toEqual(before)
    expect(opened(copy => copy.pragma('integrity_check', { simple: true }))).toBe('ok')
    expect(opened(copy => copy.prepare('SELECT max(round) FROM a').pluck().get())).toBe(began)
    await check()
    expect(store.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(store.pragma('wal_autocheckpoint', { simple: true })).toBe(1000)
    expect(readdirSync(directory).sort()).toEqual(['copy', 'store.db', 'store.db-wal'])
    copier.close()
  },
)

test('cancelled or closed at any moment, it leaves no file, and the store goes on', async () => {
  for (const atPiece of [0, 1, 3]) {
    const copier = new StoreCopier(store, path)
    const stop = new AbortController()
    let piece = 0
    if (atPiece === 0) stop.abort()
    const copying = copier.copy(copyPath, storeKey, {
      signal: stop.signal,
      onProgress: () => {
        piece += 1
        if (piece === atPiece) stop.abort()
      },
    })
    await expect(copying).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(copyPath)).toBe(false)
    writeRound()
  }
  const copier = new StoreCopier(store, path)
  const copying = copier.copy(copyPath, storeKey, { onProgress: () => store.close() })
  await expect(copying).rejects.toMatchObject({ code: 'cancelled' })
  copier.close()
  expect(existsSync(copyPath)).toBe(false)
  store = openConnection(path, storeKey)
  expect(store.pragma('integrity_check', { simple: true })).toBe('ok')
})

test('a copy does not let go of the lock on the store', async () => {
  const copier = new StoreCopier(store, path)
  await copier.copy(copyPath, storeKey, {})
  const { execFileSync } = await import('node:child_process')
  const other = `
    const D = require('better-sqlite3-multiple-ciphers')
    const db = new D(process.argv[1], { timeout: 0 })
    db.pragma("cipher = 'chacha20'")
    db.key(Buffer.concat([Buffer.from('raw:'), Buffer.from(process.argv[2], 'hex')]))
    try { db.prepare('SELECT count(*) FROM a').get(); console.log('open') } catch (error) { console.log(error.code) }`
  const said = execFileSync(process.execPath, ['-e', other, path, Buffer.from(storeKey).toString('hex')])
  expect(String(said).trim()).toMatch(/^SQLITE_BUSY/)
  copier.close()
})

test('the check finds what a copy lost: a changed byte, a cut end, an older page, another key; and can be stopped', async () => {
  const copier = new StoreCopier(store, path)
  await copier.copy(copyPath, storeKey, {})
  await check()
  const whole = readFileSync(copyPath)
  const put = (at: number, bytes: Uint8Array): void => {
    const file = openSync(copyPath, 'r+')
    writeSync(file, bytes, 0, bytes.length, at)
    closeSync(file)
  }
  for (const page of [1, 2, 40, whole.length / pageBytes - 1]) {
    const at = page * pageBytes + 100
    put(at, Buffer.from([(whole[at] ?? 0) ^ 1]))
    await expect(check(), `page ${page}`).rejects.toMatchObject({ code: 'backup-damaged' })
    put(at, whole.subarray(at, at + 1))
  }
  await check()

  writeRound()
  const older = whole.subarray(3 * pageBytes, whole.length)
  const second = join(directory, 'second')
  await copier.copy(second, storeKey, {})
  copyPath = second
  await check()
  put(3 * pageBytes, older)
  await expect(check()).rejects.toMatchObject({ code: 'backup-damaged' })
  copyPath = join(directory, 'copy')

  await expect(checkBackup(store, copyPath, new Uint8Array(32), {})).rejects.toMatchObject({
    code: 'backup-damaged',
  })
  const stop = new AbortController()
  const stopped = checkBackup(store, copyPath, storeKey, {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  truncateSync(copyPath, whole.length - pageBytes)
  await expect(check()).rejects.toMatchObject({ code: 'backup-damaged' })
  copier.close()
})

test('what stays leaves with no copy, and is there as before', async () => {
  writeRound()
  store.exec("CREATE TABLE ratchets (sealed TEXT); INSERT INTO ratchets VALUES ('never to leave')")
  const copier = new StoreCopier(store, path, { staying: ['ratchets'] })
  await copier.copy(copyPath, storeKey, {})
  expect(opened(copy => copy.prepare('SELECT count(*) FROM ratchets').pluck().get())).toBe(0)
  expect(opened(copy => copy.pragma('integrity_check', { simple: true }))).toBe('ok')
  expect(store.prepare('SELECT count(*) FROM ratchets').pluck().get()).toBe(1)
})
