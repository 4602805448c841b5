import type { ReadDb, WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'

/** What a header says about the conversation it belongs to. */
export type ThreadLinks = Readonly<{
  messageIdHeader: string
  inReplyTo: string
  references: readonly string[]
}>

/**
 * Conversations by Message-ID, In-Reply-To and References (the linking idea of JWZ's algorithm and RFC 5256
 * REFERENCES; subjects are never compared, so strangers' mails with one subject stay apart). Each known
 * Message-ID, also of a message that is not here, names one conversation; a header that names two merges them.
 */
export class Threads {
  #next: number

  constructor(db: ReadDb) {
    const messages = db.value<number | null>(sql`SELECT max(thread) FROM messages`) ?? 0
    const names = db.value<number | null>(sql`SELECT max(thread) FROM thread_names`) ?? 0
    this.#next = Math.max(messages, names) + 1
  }

  /** The conversation of a message that is about to be stored. */
  link(db: WriteDb, account: number, links: ThreadLinks): number {
    const names = new Set<string>()
    for (const name of [links.messageIdHeader, links.inReplyTo, ...links.references])
      if (name !== '') names.add(name)
    if (names.size === 0) return this.#take()

    const known = new Map<string, number>()
    for (const name of names) {
      const thread = db.value<number>(
        sql`SELECT thread FROM thread_names WHERE account = ${account} AND message_id = ${name}`,
      )
      if (thread !== undefined) known.set(name, thread)
    }
    const thread = this.#merge(db, [...new Set(known.values())])
    for (const name of names) {
      if (!known.has(name)) db.run(sql`INSERT INTO thread_names VALUES (${account}, ${name}, ${thread})`)
    }
    return thread
  }

  #take(): number {
    const taken = this.#next
    this.#next += 1
    return taken
  }

  /** The largest one stays, so that many merges into one conversation never move its messages again and again. */
  #merge(db: WriteDb, threads: readonly number[]): number {
    const [only] = threads
    if (only === undefined) return this.#take()
    if (threads.length === 1) return only
    let kept = only
    let keptSize = -1
    for (const thread of threads) {
      const size = db.value<number>(sql`SELECT count(*) FROM messages WHERE thread = ${thread}`) ?? 0
      if (size > keptSize) {
        kept = thread
        keptSize = size
      }
    }
    for (const thread of threads) {
      if (thread === kept) continue
      db.run(sql`UPDATE messages SET thread = ${kept} WHERE thread = ${thread}`)
      db.run(sql`UPDATE thread_names SET thread = ${kept} WHERE thread = ${thread}`)
    }
    return kept
  }
}
