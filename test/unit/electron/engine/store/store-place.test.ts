import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openConnection } from '../../../../../electron/engine/store/connection'
import { SiegelError } from '../../../../../shared/kit/result'
import { bytes, newMessage, openAt, parsed, seedAccount, storeKey, temporaryDirectory } from './support'

const otherKey = Uint8Array.from(storeKey, byte => byte ^ 0x55)

/** A closed store with mail that is nowhere else, and beside it the key file that every real profile has. */
function profile(key = storeKey): string {
  const directory = temporaryDirectory()
  const { store } = openAt(directory, key)
  const { inbox } = seedAccount(store, { address: 'local', displayName: 'Here', services: {} })
  store.messages.insertLocalMany(
    inbox,
    Array.from({ length: 40 }, (_, index) => ({
      ...newMessage(null, { messageIdHeader: `here${index}@x` }),
      raw: bytes(`mail ${index} ${'z'.repeat(3000)}`),
      parsed: parsed(`text ${index}`),
    })),
  )
  store.close()
  writeFileSync(join(directory, 'profile.json'), '{}')
  return directory
}

const failureOf = (directory: string): { code: string; params: object } => {
  try {
    openAt(directory).store.close()
  } catch (error) {
    if (error instanceof SiegelError) return { code: error.code, params: error.params }
    throw error
  }
  throw new Error('it opened')
}

/** Names with the hash of what is in them. */
const contentOf = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory).map(name => {
      const path = join(directory, name)
      const text = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : 'no file'
      return [name, createHash('sha256').update(text).digest('hex')]
    }),
  )

const random = (length: number): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
      createHash('sha256').update(`noise ${index}`).digest(),
    ),
  ).subarray(0, length)

const inputs: Readonly<Record<string, [code: string, spoil: (directory: string, store: string) => void]>> = {
  gone: ['store-missing', (_, store) => rmSync(store)],
  'gone with its check value': [
    'store-missing',
    (directory, store) => {
      rmSync(store)
      rmSync(join(directory, 'store.meta'))
    },
  ],
  'gone, with a log left over': [
    'store-missing',
    (directory, store) => {
      rmSync(store)
      rmSync(join(directory, 'store.meta'))
      rmSync(join(directory, 'profile.json'))
      writeFileSync(`${store}-wal`, random(9000))
    },
  ],
  empty: ['store-missing', (_, store) => truncateSync(store, 0)],
  'empty, with a log that holds all that is left': [
    'store-missing',
    (_, store) => {
      copyFileSync(store, `${store}-wal`)
      truncateSync(store, 0)
    },
  ],
  'a folder in its place': [
    'store-missing',
    (_, store) => {
      rmSync(store)
      mkdirSync(store)
    },
  ],
  'a link to nothing': [
    'store-missing',
    (_, store) => {
      rmSync(store)
      symlinkSync('/nowhere/store.db', store)
    },
  ],
  'one byte': ['store-unreadable', (_, store) => writeFileSync(store, 'x')],
  'cut inside its first page': ['store-unreadable', (_, store) => truncateSync(store, 5000)],
  garbage: ['store-unreadable', (_, store) => writeFileSync(store, random(90_000))],
  zeros: ['store-unreadable', (_, store) => writeFileSync(store, Buffer.alloc(90_000))],
  'a database in clear': [
    'store-unreadable',
    (_, store) => writeFileSync(store, `SQLite format 3\0${'a'.repeat(20_000)}`),
  ],
  'the store of another profile': [
    'store-unreadable',
    (_, store) => copyFileSync(join(profile(otherKey), 'store.db'), store),
  ],
  'the store of another profile, without a check value': [
    'store-unreadable',
    (directory, store) => {
      copyFileSync(join(profile(otherKey), 'store.db'), store)
      rmSync(join(directory, 'store.meta'))
    },
  ],
  'the store and the check value of another profile': [
    'store-wrong-key',
    (directory, store) => {
      const other = profile(otherKey)
      copyFileSync(join(other, 'store.db'), store)
      copyFileSync(join(other, 'store.meta'), join(directory, 'store.meta'))
    },
  ],
}

test.each(Object.entries(inputs))('%s: named, and nothing is made or changed', (_, [code, spoil]) => {
  const directory = profile()
  spoil(directory, join(directory, 'store.db'))
  const before = contentOf(directory)
  // Twice: what was found must not look like something else the next time.
  for (const _time of [1, 2]) {
    expect(failureOf(directory).code).toBe(code)
    expect(contentOf(directory)).toEqual(before)
  }
})

test('the file put back opens as if nothing had been', () => {
  const directory = profile()
  const store = join(directory, 'store.db')
  renameSync(store, join(directory, 'elsewhere'))
  expect(failureOf(directory)).toMatchObject({ code: 'store-missing', params: { reason: 'gone' } })
  renameSync(join(directory, 'elsewhere'), store)
  const { store: open, recovered } = openAt(directory)
  expect(recovered).toBeNull()
  expect(open.accounts.list()).toHaveLength(1)
  open.close()
})

test('what can be read of a store that was cut is carried over, and the cut one is kept', () => {
  const directory = profile()
  const path = join(directory, 'store.db')
  // A few pages of its end: where the list of tables ends lies somewhere else with every new table.
  truncateSync(path, statSync(path).size - 3 * 8192)
  const { store, recovered } = openAt(directory)
  expect(recovered?.saved.accounts).toBe(1)
  store.close()
  expect(readdirSync(directory)).toContain(recovered?.setAside)
})

test('a missing check value alone is no loss: it is written again', () => {
  const directory = profile()
  rmSync(join(directory, 'store.meta'))
  openAt(directory).store.close()
  expect(existsSync(join(directory, 'store.meta'))).toBe(true)
})

test('a new profile gets its store, and a kill before its first page does not make it a lost one', () => {
  const directory = temporaryDirectory()
  for (const name of ['profile.json', 'store.new']) writeFileSync(join(directory, name), '')
  writeFileSync(join(directory, 'store.db'), '')
  writeFileSync(join(directory, 'store.meta'), '')
  openAt(directory).store.close()
  expect(existsSync(join(directory, 'store.new'))).toBe(false)
  rmSync(join(directory, 'store.db'))
  expect(failureOf(directory).code).toBe('store-missing')
})

test('what waits to be sent in a restored store waits for a decision, once', () => {
  const directory = temporaryDirectory()
  const { store } = openAt(directory)
  const { accountId } = seedAccount(store)
  const queue = (name: string) =>
    store.outbox.enqueue({
      accountId,
      draftId: null,
      messageIdHeader: `${name}@x`,
      subject: name,
      raw: bytes('out'),
      sentCopy: bytes('copy'),
      envelope: { from: 'anna@example.org', to: ['bob@example.net'] },
      notBeforeMs: 0,
    })
  const before = queue('before')
  store.close()
  writeFileSync(join(directory, 'store.restored'), '')
  const restored = openAt(directory).store
  expect(restored.outbox.get(before.id)).toMatchObject({
    state: 'unknown',
    problem: { code: 'send-unknown' },
  })
  restored.close()
  expect(existsSync(join(directory, 'store.restored'))).toBe(false)
})

/** Numbers of the file, as the store was told them when it was opened last. */
const fileNote = (directory: string): string => {
  const connection = openConnection(join(directory, 'store.db'), storeKey)
  const note = connection.prepare<[], string>("SELECT value FROM meta WHERE name = 'file'").pluck().get()
  connection.close()
  return note ?? ''
}
const withStream = (): string => {
  const directory = profile()
  const connection = openConnection(join(directory, 'store.db'), storeKey)
  connection.exec("INSERT INTO chat_streams (account, user_agent) SELECT number, 'this one' FROM accounts")
  connection.close()
  return directory
}
const goesOn = (directory: string): boolean => {
  openAt(directory).store.close()
  const connection = openConnection(join(directory, 'store.db'), storeKey)
  const count = connection.prepare<[], number>('SELECT count(*) FROM chat_streams').pluck().get()
  connection.close()
  return count === 1
}
const rewritten = (directory: string, change: (note: string) => string): string => {
  const connection = openConnection(join(directory, 'store.db'), storeKey)
  const note = connection.prepare<[], string>("SELECT value FROM meta WHERE name = 'file'").pluck().get()
  connection.prepare("UPDATE meta SET value = ? WHERE name = 'file'").run(change(note ?? ''))
  connection.close()
  return directory
}

test('a store in another file is a copy; a renamed folder, and a file system that makes up one of the two numbers, are not', () => {
  const [first, moved] = [withStream(), temporaryDirectory()]
  expect(goesOn(first)).toBe(true)
  copyFileSync(join(first, 'store.db'), join(moved, 'store.db'))
  expect(goesOn(moved)).toBe(false)
  rmSync(moved, { recursive: true })
  renameSync(first, moved)
  expect(goesOn(moved)).toBe(true)

  const other = (at: number) => (note: string) =>
    note
      .split(' ')
      .map((part, index) => (index === at ? '1' : part))
      .join(' ')
  for (const at of [0, 1]) {
    const strange = rewritten(withStream(), other(at))
    expect(goesOn(strange)).toBe(true)
    // And what is true now is noted.
    expect(fileNote(strange)).not.toMatch(/\b1\b/)
  }
  expect(goesOn(rewritten(withStream(), () => '1 1'))).toBe(false)
  // Written by a program that did not note it yet.
  const before = withStream()
  const connection = openConnection(join(before, 'store.db'), storeKey)
  connection.exec("DELETE FROM meta WHERE name = 'file'")
  connection.close()
  expect(goesOn(before)).toBe(true)
})
