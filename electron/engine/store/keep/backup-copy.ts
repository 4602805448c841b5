import { closeSync, fstatSync, openSync, read, readSync, rmSync, statSync, write, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../../shared/kit/result'
import type { LongWork } from '../../ports/basics'
import { autocheckpointPages, openConnection, pageBytes } from '../connection'
import { asStoreError } from '../errors'

const [readAt, writeAt] = [promisify(read), promisify(write)]

/** As much as is copied between two looks at whether it was cancelled: some 2 ms of work, off the engine's thread. */
const piecePages = 128
/** SQLite keeps its locks in this page and never uses it (file format, 1.8); on Windows nobody else may read it. */
const lockPage = 0x4000_0000 / pageBytes + 1
/** File format, section 4: the head of a log, and that of each page in it, which begins with the number of the page. */
const [logHeadBytes, frameHeadBytes] = [32, 24]

/** The numbers of the pages that a log of `bytes` bytes holds, each once. */
const pagesInLog = (log: number, bytes: number): Set<number> => {
  const pages = new Set<number>()
  const head = Buffer.alloc(4)
  for (let frame = logHeadBytes; frame + frameHeadBytes <= bytes; frame += frameHeadBytes + pageBytes)
    if (readSync(log, head, 0, 4, frame) === 4) pages.add(head.readUInt32BE(0))
  return pages
}

const newFile = (path: string): number => {
  // For the owner alone, and never through a link.
  try {
    return openSync(path, 'wx', 0o600)
  } catch (error) {
    throw writeFailure(error, path)
  }
}

const writeFailure = (error: unknown, path: string): unknown => {
  if (error instanceof SiegelError) return error
  const reason = error instanceof Error && 'code' in error ? String(error.code) : null
  if (reason === null || reason.startsWith('SQLITE_')) return asStoreError(error)
  if (reason === 'EEXIST') return new SiegelError('file-exists', { path })
  if (reason === 'ENOSPC' || reason === 'EDQUOT')
    return new SiegelError('disk-full', { path }, { cause: error })
  return new SiegelError('file-unwritable', { path, reason }, { cause: error })
}

/**
 * Copies a store page by page while it is in use, encrypted as it lies there, as it was when the copy began. The file of the
 * store stands still as long as its log is not written back into it, and nobody but this connection does that: so the log is
 * held meanwhile. Where it gets long, what it would overwrite and is not copied yet is copied first.
 */
export class StoreCopier {
  readonly #connection: BetterSqlite.Database
  readonly #path: string
  readonly #longestLogPages: number
  readonly #staying: readonly string[]
  /** Open until the store is closed: on POSIX, closing any handle of a file drops all locks of the process on it. */
  #file: number | null = null
  #turn: Promise<unknown> = Promise.resolve()

  /** `longestLogPages`: as the store is used; tests take less. `staying`: tables whose rows leave with no copy. */
  constructor(
    connection: BetterSqlite.Database,
    path: string,
    {
      longestLogPages = autocheckpointPages / 4,
      staying = [],
    }: Readonly<{ longestLogPages?: number; staying?: readonly string[] }> = {},
  ) {
    this.#connection = connection
    this.#path = path
    this.#longestLogPages = longestLogPages
    this.#staying = staying
  }

  /**
   * Writes the copy to a new file, in pieces; `work.onProgress` gets bytes. Throws `file-exists`, `disk-full`,
   * `file-unwritable`, `cancelled` (also when the store is closed); then there is no file.
   */
  copy(path: string, key: Uint8Array, work: LongWork): Promise<{ sizeBytes: number }> {
    const turn = this.#turn.then(() => this.#copy(path, key, work))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** After the connection was closed, and not before. */
  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  async #copy(path: string, key: Uint8Array, work: LongWork): Promise<{ sizeBytes: number }> {
    this.#requireGoing(work)
    const into = newFile(path)
    try {
      try {
        this.#file ??= openSync(this.#path, 'r')
        await this.#copyPages(this.#file, into, work)
      } finally {
        closeSync(into)
      }
      this.#requireGoing(work)
      finishCopy(path, key, this.#staying)
      return { sizeBytes: statSync(path).size }
    } catch (error) {
      for (const end of ['', '-wal', '-journal']) rmSync(`${path}${end}`, { force: true })
      throw writeFailure(error, path)
    }
  }

  async #copyPages(from: number, into: number, { signal, onProgress }: LongWork): Promise<void> {
    const connection = this.#connection
    connection.pragma('wal_autocheckpoint = 0')
    try {
      this.#writeBack()
      const pages = Number(connection.pragma('page_count', { simple: true }))
      const early = new Set<number>()
      const piece = Buffer.alloc(piecePages * pageBytes)
      for (let first = 1; first <= pages; first += piecePages) {
        // Closed or stopped while the last piece was written, or by whoever was told of it.
        this.#requireGoing({ signal })
        this.#holdBack(from, into, early, first, pages)
        const count = Math.min(piecePages, pages - first + 1)
        // Nothing is written back while this is read: only `holdBack` does that, between two pieces.
        for (const [start, end] of runs(first, count, isLockPage))
          await readWhole(
            from,
            piece.subarray((start - first) * pageBytes, (end - first) * pageBytes),
            at(start),
          )
        for (const [start, end] of runs(first, count, number => isLockPage(number) || early.has(number)))
          await writeWhole(
            into,
            piece.subarray((start - first) * pageBytes, (end - first) * pageBytes),
            at(start),
          )
        onProgress?.((first + count - 1) * pageBytes, pages * pageBytes)
      }
    } finally {
      if (connection.open) connection.pragma(`wal_autocheckpoint = ${autocheckpointPages}`)
    }
  }

  /** A log that got long is written back, after what it overwrites was saved. */
  #holdBack(from: number, into: number, early: Set<number>, first: number, pages: number): void {
    const log = openSync(`${this.#path}-wal`, 'r')
    try {
      const { size } = fstatSync(log)
      if (size < this.#longestLogPages * pageBytes) return
      const page = Buffer.alloc(pageBytes)
      for (const number of pagesInLog(log, size)) {
        if (number < first || number > pages || isLockPage(number) || early.has(number)) continue
        if (readSync(from, page, 0, pageBytes, at(number)) !== pageBytes)
          throw new SiegelError('store-damaged', { detail: 'cut' })
        if (writeSync(into, page, 0, pageBytes, at(number)) !== pageBytes)
          throw Object.assign(new Error('nothing written'), { code: 'ENOSPC' })
        early.add(number)
      }
    } finally {
      closeSync(log)
    }
    this.#writeBack()
  }

  #writeBack(): void {
    const [{ busy } = { busy: 1 }] = this.#connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (busy !== 0) throw new SiegelError('profile-in-use')
  }

  #requireGoing({ signal }: LongWork): void {
    if (signal?.aborted || !this.#connection.open) throw new SiegelError('cancelled')
  }
}

const at = (page: number): number => (page - 1) * pageBytes
const isLockPage = (page: number): boolean => page === lockPage

/** The pages of a piece without those that are left out, as runs from a page to the one behind its last. */
function* runs(
  first: number,
  count: number,
  isLeftOut: (page: number) => boolean,
): Generator<[start: number, end: number]> {
  let start = first
  for (let page = first; page <= first + count; page += 1) {
    if (page < first + count && !isLeftOut(page)) continue
    if (page > start) yield [start, page]
    start = page + 1
  }
}

const readWhole = async (from: number, into: Buffer, position: number): Promise<void> => {
  const { bytesRead } = await readAt(from, into, 0, into.length, position)
  if (bytesRead !== into.length) throw new SiegelError('store-damaged', { detail: 'cut' })
}

const writeWhole = async (into: number, bytes: Buffer, position: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await writeAt(into, bytes, done, bytes.length - done, position + done)
    if (bytesWritten === 0) throw Object.assign(new Error('nothing written'), { code: 'ENOSPC' })
    done += bytesWritten
  }
}

/**
 * A file that says it has a log beside it cannot be opened for reading alone: its head is written anew. What stays here goes, before the copy has a
 * name that counts.
 */
const finishCopy = (path: string, key: Uint8Array, staying: readonly string[]): void => {
  const copy = openConnection(path, key, { mustExist: true })
  try {
    copy.pragma('locking_mode = EXCLUSIVE')
    copy.pragma('journal_mode = DELETE')
    // Written over, not only let go of.
    copy.pragma('secure_delete = ON')
    for (const name of staying) copy.exec(`DELETE FROM ${name}`)
  } finally {
    copy.close()
  }
}
