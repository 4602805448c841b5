import type { MessageSummary } from '../../../shared/features/mail/model'
import { isStaleBy } from '../../../shared/ipc/stale/stale'
import type { MessageId } from '../../../shared/kit/ids'
import type { Host } from '../../host/host'

/** Rows asked for in one call; the contract allows 500. */
const pageRows = 200
/** Rows kept; a screen shows about 40, so this is a long way of scrolling back without asking. */
const keptRows = 6000
/** Changes during a sync are gathered this long. */
const gatherMs = 150

/** What an opened message says of itself in its row: of a decrypted one, what the store may not know. */
type Opened = Pick<MessageSummary, 'subject' | 'from' | 'to' | 'dateMs' | 'snippet'>

/**
 * The rows of message lists by id. Lists hold ids only; a row on screen watches its own summary, so that a
 * changed flag redraws one row and not the list.
 */
export class MessageRows {
  readonly #host: Host
  readonly #rows = new Map<MessageId, MessageSummary>()
  readonly #opened = new Map<MessageId, Opened>()
  readonly #stale = new Set<MessageId>()
  readonly #wanted = new Set<MessageId>()
  readonly #asking = new Set<MessageId>()
  readonly #listeners = new Map<MessageId, Set<() => void>>()
  readonly #stop: () => void
  #timer: ReturnType<typeof setTimeout> | null = null
  #generation = 0

  constructor(host: Host) {
    this.#host = host
    this.#stop = host.on('changed', record => {
      if (!isStaleBy('messages.summaries', null, record)) return
      const ids = record.ids === null ? [...this.#rows.keys()] : (record.ids as MessageId[])
      const isOther = record.kind === 'body' || record.kind === 'row'
      for (const id of ids) {
        if (isOther) this.#opened.delete(id)
        // What is on its way may be from before.
        if (this.#rows.has(id) || this.#asking.has(id)) this.#stale.add(id)
        if (this.#listeners.has(id)) this.#want(id, gatherMs)
      }
    })
  }

  get(id: MessageId): MessageSummary | undefined {
    return this.#rows.get(id)
  }

  /** Watches one row; asks for it when it is not here or old. */
  watch(id: MessageId, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, listeners)
    listeners.add(listener)
    if (!this.#rows.has(id) || this.#stale.has(id)) this.#want(id, 0)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      this.#listeners.delete(id)
      // Scrolled past before it was asked for: never mind.
      this.#wanted.delete(id)
    }
  }

  /** Takes rows that another query brought, so that they are not asked for; what is known here may be newer, and stays. */
  offer(rows: readonly MessageSummary[]): void {
    this.#put(rows.filter(({ id }) => !this.#rows.has(id)))
  }

  /** Takes the row of a message that was opened just now; what it says of itself stays until its text is another. */
  opened(row: MessageSummary): void {
    const { subject, from, to, dateMs, snippet } = row
    this.#opened.set(row.id, { subject, from, to, dateMs, snippet })
    const known = this.#rows.get(row.id)
    // A change was told of since: its answer is newer.
    this.#put([known !== undefined && this.#stale.has(row.id) ? known : row])
  }

  #put(rows: readonly MessageSummary[]): void {
    for (const row of rows) {
      this.#rows.delete(row.id)
      this.#rows.set(row.id, { ...row, ...this.#opened.get(row.id) })
      if (!this.#stale.has(row.id)) this.#wanted.delete(row.id)
    }
    for (const row of rows) for (const listener of this.#listeners.get(row.id) ?? []) listener()
    this.#trim()
  }

  clear(): void {
    this.#generation += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#rows.clear()
    this.#opened.clear()
    this.#stale.clear()
    this.#wanted.clear()
    this.#asking.clear()
  }

  close(): void {
    this.#stop()
    this.clear()
    this.#listeners.clear()
  }

  #want(id: MessageId, delayMs: number): void {
    this.#wanted.add(id)
    // One frame gathers a whole screen of rows into one call.
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.#ask()
    }, delayMs)
  }

  async #ask(): Promise<void> {
    const ids = [...this.#wanted].filter(id => !this.#asking.has(id)).slice(0, pageRows)
    if (ids.length === 0) return
    const generation = this.#generation
    for (const id of ids) {
      this.#wanted.delete(id)
      this.#asking.add(id)
      this.#stale.delete(id)
    }
    if (this.#wanted.size > 0) this.#want([...this.#wanted][0] as MessageId, 0)
    const result = await this.#host.call('messages.summaries', { ids })
    if (generation !== this.#generation) return
    for (const id of ids) this.#asking.delete(id)
    if (result.ok) this.#put(result.value)
    // Told of while the answer was on its way.
    for (const id of ids) if (this.#stale.has(id) && this.#listeners.has(id)) this.#want(id, gatherMs)
  }

  #trim(): void {
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= keptRows) return
      if (this.#listeners.has(id)) continue
      this.#rows.delete(id)
      this.#opened.delete(id)
      this.#stale.delete(id)
    }
  }
}
