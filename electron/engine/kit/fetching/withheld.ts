import { createHash } from 'node:crypto'
import type { MailboxId, MessageId } from '../../../../shared/kit/ids'
import { type Failure, SiegelError } from '../../../../shared/kit/result'
import type { Clock } from '../../ports/basics'
import type { MailboxRow, Store } from '../../ports/store'

/** What of a message does not come. */
export type WithheldPart = 'header' | 'body'

/** Asked again after this; the time doubles up to a day. */
const firstRestMs = 10 * 60_000
const longestRestMs = 24 * 60 * 60_000
/** Before every time. */
const askNow = 0
/**
 * Connections that must end at the same single message before it is taken for the reason: where the server said goodbye
 * it was no accident; a line that breaks may be a bad line, and the message a long one.
 */
const goodbyesToBlame = 2
const lossesToBlame = 4
/** Messages that are named; the others are counted. */
const namedMessages = 3
const nameCharacters = 80
/** Messages told apart by `which`. */
const mostWhich = 20

type Entry = { words: string; restMs: number; askAgainAtMs: number; messageId: MessageId | null }
type Mailbox = {
  uidValidity: number
  entries: Record<WithheldPart, Map<number, Entry>>
  /** Sets at which a connection ended, to be asked apart and smaller, the last to be asked. */
  suspects: Record<WithheldPart, number[][]>
  /** How often a connection ended at a message asked for alone. */
  deaths: Record<WithheldPart, Map<number, number>>
  broken: number
}

/**
 * The messages of one account that its server does not give (a damaged file, a bug), so that they stop nothing else,
 * are named to the person, and are asked for again, ever more seldom, and at once where the person says so. Kept in memory:
 * a restart asks anew.
 */
export class Withheld {
  readonly #clock: Pick<Clock, 'now'>
  readonly #mailboxes = new Map<MailboxId, Mailbox>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** True while it is not time to ask for it again. */
  isResting(row: MailboxRow, part: WithheldPart, uid: number): boolean {
    const entry = this.#get(row)?.entries[part].get(uid)
    return entry !== undefined && entry.askAgainAtMs > this.#clock.now()
  }

  /** True when it did not come before; asked for again alone, so that it costs itself and nobody else. */
  didNotCome(row: MailboxRow, part: WithheldPart, uid: number): boolean {
    return this.#get(row)?.entries[part].has(uid) === true
  }

  /** By the person's word: everything is asked for with the next pass. What fails then rests as long as it did before. */
  askAgain(): void {
    for (const { entries } of this.#mailboxes.values())
      for (const entry of [...entries.header.values(), ...entries.body.values()]) {
        if (entry.askAgainAtMs === askNow) continue
        entry.askAgainAtMs = askNow
        entry.restMs /= 2
      }
  }

  /** How many are not asked for now. Without its header a message is on the server and not here. */
  resting(row: MailboxRow, part: WithheldPart): number {
    const entries = this.#get(row)?.entries[part]
    if (!entries) return 0
    return [...entries.keys()].filter(uid => this.isResting(row, part, uid)).length
  }

  /** True when a header should be asked for again, though nothing changed on the server. */
  hasDueHeaders(row: MailboxRow): boolean {
    return (this.#get(row)?.entries.header.size ?? 0) > this.resting(row, 'header')
  }

  note(row: MailboxRow, part: WithheldPart, uid: number, error: unknown, messageId: MessageId | null): void {
    const { entries } = this.#demand(row)
    const before = entries[part].get(uid)
    const restMs = before ? Math.min(longestRestMs, before.restMs * 2) : firstRestMs
    const words = error instanceof SiegelError ? String(error.params['detail'] ?? '') : ''
    entries[part].set(uid, { words, restMs, messageId, askAgainAtMs: this.#clock.now() + restMs })
  }

  came(row: MailboxRow, part: WithheldPart, uid: number): void {
    const mailbox = this.#get(row)
    mailbox?.entries[part].delete(uid)
    mailbox?.deaths[part].delete(uid)
  }

  /** The server lists only these as not yet here: what it withheld and is not among them is gone. */
  keepOnlyHeaders(row: MailboxRow, uids: readonly number[]): void {
    const entries = this.#get(row)?.entries.header
    if (!entries || entries.size === 0) return
    const there = new Set(uids)
    for (const uid of entries.keys()) if (!there.has(uid)) entries.delete(uid)
  }

  /** The connection ended while this set was being fetched; it is asked for in these parts next time. */
  suspect(
    row: MailboxRow,
    part: WithheldPart,
    parts: readonly (readonly number[])[],
    error: unknown,
    idOf: (uid: number) => MessageId | null,
  ): void {
    const mailbox = this.#demand(row)
    mailbox.broken++
    for (const uids of parts) {
      const [only, ...more] = uids
      if (only === undefined) continue
      if (more.length === 0) {
        const deaths = (mailbox.deaths[part].get(only) ?? 0) + (parts.length === 1 ? 1 : 0)
        mailbox.deaths[part].set(only, deaths)
        const isGoodbye = error instanceof SiegelError && error.code === 'server-unavailable'
        if (deaths >= (isGoodbye ? goodbyesToBlame : lossesToBlame)) {
          this.note(row, part, only, error, idOf(only))
          continue
        }
      }
      mailbox.suspects[part].push([...uids])
    }
  }

  /** A suspect set whose turn did not come. */
  putBack(row: MailboxRow, part: WithheldPart, uids: readonly number[]): void {
    this.#demand(row).suspects[part].push([...uids])
  }

  /** How often a connection ended in a fetch of this mailbox; after each the next attempt asks in other parts. */
  brokenFetches(row: MailboxRow): number {
    return this.#get(row)?.broken ?? 0
  }

  /** True when something is still to be asked for in smaller parts. */
  hasSuspects(row: MailboxRow): boolean {
    const suspects = this.#get(row)?.suspects
    return suspects !== undefined && suspects.header.length + suspects.body.length > 0
  }

  /** Takes the suspect sets, as far as they are still wanted; those whose turn does not come are put back. */
  takeSuspects(row: MailboxRow, part: WithheldPart, wanted: ReadonlySet<number>): number[][] {
    const mailbox = this.#get(row)
    if (!mailbox) return []
    const taken = mailbox.suspects[part]
      .map(uids => uids.filter(uid => wanted.has(uid)))
      .filter(uids => uids.length > 0)
    mailbox.suspects[part] = []
    return taken
  }

  /** What to tell of a mailbox, or null: how many messages, the first ones by name, and the server's words. */
  problemOf(row: MailboxRow, store: Pick<Store, 'messages'>): Failure | null {
    const mailbox = this.#get(row)
    if (!mailbox) return null
    for (const [uid, { messageId }] of mailbox.entries.body) {
      const [message] = messageId === null ? [] : store.messages.summaries([messageId])
      if (!message || message.bodyState === 'whole') mailbox.entries.body.delete(uid)
    }
    const { header, body } = mailbox.entries
    if (header.size + body.size === 0) return null
    const names = [
      ...[...body.values()].map(({ messageId }) => nameOf(store, messageId)),
      ...[...header.keys()].map(uid => `UID ${uid}`),
    ].slice(0, namedMessages)
    const [first] = [...body.values(), ...header.values()]
    return new SiegelError('message-withheld', {
      mailbox: row.path,
      count: header.size + body.size,
      messages: names.join(', '),
      which: whichOf(row, [...body.keys(), ...header.keys()]),
      detail: first?.words ?? '',
    }).toFailure()
  }

  #get(row: MailboxRow): Mailbox | null {
    const mailbox = this.#mailboxes.get(row.id)
    return mailbox && mailbox.uidValidity === row.uidValidity ? mailbox : null
  }

  #demand(row: MailboxRow): Mailbox {
    const known = this.#get(row)
    if (known) return known
    const fresh: Mailbox = {
      uidValidity: row.uidValidity ?? 0,
      entries: { header: new Map(), body: new Map() },
      suspects: { header: [], body: [] },
      deaths: { header: new Map(), body: new Map() },
      broken: 0,
    }
    this.#mailboxes.set(row.id, fresh)
    return fresh
  }
}

/** Each by what it is called for good; those beyond the first stand together, so that another one makes another word. */
function whichOf(row: MailboxRow, uids: readonly number[]): string {
  const names = [...new Set(uids)].sort((a, b) => a - b).map(uid => `${row.id}.${row.uidValidity}.${uid}`)
  const rest = names.slice(mostWhich)
  if (rest.length > 0)
    names.splice(mostWhich, rest.length, createHash('sha256').update(rest.join(' ')).digest('hex'))
  return names.join(' ')
}

function nameOf(store: Pick<Store, 'messages'>, id: MessageId | null): string {
  const [message] = id === null ? [] : store.messages.summaries([id])
  const subject = message?.subject.trim() ?? ''
  return `“${subject.length > nameCharacters ? `${subject.slice(0, nameCharacters)}…` : subject}”`
}
