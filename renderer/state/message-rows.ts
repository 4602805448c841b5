import type { MessageId } from '../../shared/model/ids'
import type { MessageSummary } from '../../shared/model/mail'
import type { Host } from '../host/host'

/** Rows asked for in one call; the contract allows 500. */
const pageRows = 200
/** Rows kept; a screen shows about 40, so this is a long way of scrolling back without asking. */
const keptRows = 6000
/** Changes during a sync are gathered this long. */
const gatherMs = 150

/**
 * The rows of message lists by id. Lists hold ids only; a row on screen watches its own summary, so that a
 * changed flag redraws one row and not the list.
 */
export class MessageRows {
  readonly #host: Host
  readonly #rows = new Map<MessageId, MessageSummary>()
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
      if (record.entity !== 'message' && record.entity !== 'conversation') return
      const ids = record.ids === null ? [...this.#rows.keys()] : (record.ids as MessageId[])
      for (const id of ids) {
        if (this.#rows.has(id)) this.#stale.add(id)
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

  /** Takes rows that another query brought, so that they are not asked for twice. */
  put(rows: readonly MessageSummary[]): void {
    for (const row of rows) {
      this.#rows.delete(row.id)
      this.#rows.set(row.id, row)
      this.#stale.delete(row.id)
    }
    for (const row of rows) for (const listener of this.#listeners.get(row.id) ?? []) listener()
    this.#trim()
  }

  clear(): void {
    this.#generation += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#rows.clear()
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
    if (result.ok) this.put(result.value)
    for (const id of ids) if (this.#stale.has(id) && this.#listeners.has(id)) this.#want(id, gatherMs)
  }

  #trim(): void {
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= keptRows) return
      if (this.#listeners.has(id)) continue
      this.#rows.delete(id)
      this.#stale.delete(id)
    }
  }
}
