import type { CallInput, CallOutput, EventPayload } from '../../../shared/ipc/contract'
import { isStaleBy } from '../../../shared/ipc/stale/stale'
import type { Failure } from '../../../shared/kit/result'
import type { Host, QueryName } from '../../host/host'

type ChangeRecord = EventPayload<'changed'>

/** What a live query shows now. Old data stays while a newer answer is on its way. */
export type LiveSnapshot<T> = Readonly<{
  data: T | undefined
  failure: Failure | null
  loading: boolean
  /** Something changed since, while nobody watched: fit for a glance, not for somebody who goes on from it. */
  isOld: boolean
}>

/** Changes are gathered this long before asking again. */
const gatherMs = 120
/** A costly answer is asked for at most this share of the time, so that a first sync never floods the window. */
const restFactor = 4
/** Answers nobody looks at are kept this many deep, for a quick way back. */
const keptUnwatched = 40

type Entry = {
  readonly name: QueryName
  readonly input: unknown
  readonly listeners: Set<() => void>
  snapshot: LiveSnapshot<unknown>
  stale: boolean
  asking: boolean
  timer: ReturnType<typeof setTimeout> | null
  notBeforeMs: number
}

const empty: LiveSnapshot<never> = { data: undefined, failure: null, loading: true, isOld: false }

/** Keeps the answers to queries fresh: subscribes to change records once and asks again for what is watched. */
export class LiveQueries {
  readonly #host: Host
  readonly #entries = new Map<string, Entry>()
  readonly #stop: () => void
  #generation = 0

  constructor(host: Host) {
    this.#host = host
    this.#stop = host.on('changed', record => this.#onChanged(record))
  }

  /** Starts watching and asks when there is no fresh answer. Returns the function that stops watching. */
  watch<N extends QueryName>(name: N, input: CallInput<N>, listener: () => void): () => void {
    const entry = this.#entryOf(name, input)
    entry.listeners.add(listener)
    if (entry.stale) this.#schedule(entry, 0)
    return () => {
      entry.listeners.delete(listener)
      if (entry.listeners.size > 0) return
      if (entry.stale) entry.snapshot = { ...entry.snapshot, isOld: true }
      this.#prune()
    }
  }

  snapshot<N extends QueryName>(name: N, input: CallInput<N>): LiveSnapshot<CallOutput<N>> {
    return this.#entryOf(name, input).snapshot as LiveSnapshot<CallOutput<N>>
  }

  /** Asks again now, whatever is known. */
  refresh<N extends QueryName>(name: N, input: CallInput<N>): void {
    this.#markStale(this.#entryOf(name, input), 0)
  }

  /** Drops every answer: nothing of a locked profile stays behind. */
  clear(): void {
    this.#generation += 1
    // A copy: a listener that reads its snapshot moves its entry to the end, where the loop would meet it again for ever.
    for (const entry of [...this.#entries.values()]) {
      if (entry.timer !== null) clearTimeout(entry.timer)
      entry.timer = null
      entry.stale = true
      this.#show(entry, empty)
    }
    for (const [key, entry] of this.#entries) if (entry.listeners.size === 0) this.#entries.delete(key)
  }

  close(): void {
    this.#stop()
    for (const entry of this.#entries.values()) if (entry.timer !== null) clearTimeout(entry.timer)
    this.#entries.clear()
  }

  #entryOf(name: QueryName, input: unknown): Entry {
    const key = `${name} ${JSON.stringify(input)}`
    const known = this.#entries.get(key)
    if (known !== undefined) {
      // Most recently used last, so that pruning takes the oldest first.
      this.#entries.delete(key)
      this.#entries.set(key, known)
      return known
    }
    const entry: Entry = {
      name,
      input,
      listeners: new Set(),
      snapshot: empty,
      stale: true,
      asking: false,
      timer: null,
      notBeforeMs: 0,
    }
    this.#entries.set(key, entry)
    return entry
  }

  #onChanged(record: ChangeRecord): void {
    for (const entry of this.#entries.values())
      if (isStaleBy(entry.name, entry.input, record)) this.#markStale(entry, gatherMs)
  }

  #markStale(entry: Entry, delayMs: number): void {
    entry.stale = true
    if (entry.listeners.size > 0) this.#schedule(entry, delayMs)
    else entry.snapshot = { ...entry.snapshot, isOld: true }
  }

  #schedule(entry: Entry, delayMs: number): void {
    if (entry.asking || (entry.timer !== null && delayMs > 0)) return
    if (entry.timer !== null) clearTimeout(entry.timer)
    const waitMs = delayMs === 0 ? 0 : Math.max(delayMs, entry.notBeforeMs - Date.now())
    if (waitMs === 0) {
      entry.timer = null
      void this.#ask(entry)
      return
    }
    entry.timer = setTimeout(() => {
      entry.timer = null
      // Nobody looks at it any more, as at a message that has just left: it stays old until somebody does.
      if (entry.listeners.size > 0) void this.#ask(entry)
    }, waitMs)
  }

  async #ask(entry: Entry): Promise<void> {
    entry.asking = true
    entry.stale = false
    const startedAtMs = Date.now()
    const generation = this.#generation
    if (!entry.snapshot.loading) this.#show(entry, { ...entry.snapshot, loading: true })
    const result = await this.#host.call(entry.name, entry.input as CallInput<QueryName>)
    entry.asking = false
    // Asked before the profile was locked: the answer belongs to nobody any more.
    if (generation !== this.#generation) return
    entry.notBeforeMs = Date.now() + restFactor * (Date.now() - startedAtMs)
    const state = { loading: false, isOld: entry.stale }
    if (result.ok) this.#show(entry, { data: result.value, failure: null, ...state })
    else this.#show(entry, { data: entry.snapshot.data, failure: result.error, ...state })
    if (entry.stale && entry.listeners.size > 0) this.#schedule(entry, gatherMs)
  }

  #show(entry: Entry, snapshot: LiveSnapshot<unknown>): void {
    entry.snapshot = snapshot
    for (const listener of entry.listeners) listener()
  }

  #prune(): void {
    let unwatched = [...this.#entries.values()].filter(entry => entry.listeners.size === 0).length
    for (const [key, entry] of this.#entries) {
      if (unwatched <= keptUnwatched) return
      if (entry.listeners.size > 0 || entry.asking) continue
      this.#entries.delete(key)
      unwatched -= 1
    }
  }
}
