import type {
  ChatAnchor,
  ChatMessageId,
  ChatRow,
  ConversationId,
} from '../../../../shared/features/chat/model'
import { isStaleBy } from '../../../../shared/ipc/stale/stale'
import type { Failure } from '../../../../shared/kit/result'
import type { Host } from '../../../host/host'

/** Rows asked for at once. */
export const pageRows = 60
/** Rows held, and drawn: some screens in both directions. Those far away are let go and asked for again. */
export const mostRows = 300
/** Changes are gathered this long. */
const gatherMs = 80

export const rowKey = (row: ChatRow): string => (row.kind === 'message' ? `m${row.id}` : row.key)

/** The stretch of a conversation that is held: without gaps, oldest first. */
export type RowStretch = Readonly<{
  rows: readonly ChatRow[]
  isStart: boolean
  isEnd: boolean
  isLoading: boolean
  failure: Failure | null
}>

const nothing: RowStretch = { rows: [], isStart: false, isEnd: false, isLoading: true, failure: null }

const messageId = (row: ChatRow | undefined): ChatMessageId | null =>
  row?.kind === 'message' ? row.id : null

/**
 * Holds a stretch of a conversation's rows and keeps it fresh. A conversation of 100,000 messages is never held: the stretch moves with the
 * reader, a page at a time. A newer wish wins over an older one that is still on its way.
 */
export class RowWindow {
  readonly #host: Host
  readonly #conversationId: ConversationId
  readonly #listeners = new Set<() => void>()
  #stop: (() => void) | null = null
  #stretch = nothing
  #wish = 0
  #isStale = false
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(host: Host, conversationId: ConversationId) {
    this.#host = host
    this.#conversationId = conversationId
  }

  /** Begins to hear what changes. */
  start(): void {
    const input = { conversationId: this.#conversationId, anchor: { at: 'end' as const }, limit: pageRows }
    this.#stop ??= this.#host.on('changed', record => {
      if (!isStaleBy('chat.messages', input, record)) return
      this.#isStale = true
      this.#timer ??= setTimeout(() => void this.#refresh(), gatherMs)
    })
  }

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly stretch = (): RowStretch => this.#stretch

  /** Goes to another place. */
  async open(anchor: ChatAnchor): Promise<void> {
    const wish = this.#begin()
    const page = await this.#ask(anchor, pageRows)
    if (wish !== this.#wish) return
    if (!page.ok) return this.#show({ ...this.#stretch, isLoading: false, failure: page.error })
    this.#show({ ...page.value, isLoading: false, failure: null })
  }

  /** The next page at one end; nothing while another wish is on its way. */
  async more(side: 'before' | 'after'): Promise<void> {
    const { rows, isStart, isEnd, isLoading } = this.#stretch
    if (isLoading || (side === 'before' ? isStart : isEnd)) return
    const messages = rows.filter(row => row.kind === 'message')
    const id = messageId(side === 'before' ? messages[0] : messages.at(-1))
    if (id === null) return
    const wish = this.#begin()
    const page = await this.#ask({ at: side, id }, pageRows)
    if (wish !== this.#wish) return
    if (!page.ok) return this.#show({ ...this.#stretch, isLoading: false, failure: page.error })
    const known = new Set(this.#stretch.rows.map(rowKey))
    const added = page.value.rows.filter(row => !known.has(rowKey(row)))
    const ends = { isLoading: false, failure: null } as const
    if (side === 'before') {
      const all = [...added, ...this.#stretch.rows]
      const kept = all.slice(0, mostRows)
      this.#show({
        ...ends,
        rows: kept,
        isStart: page.value.isStart,
        isEnd: this.#stretch.isEnd && kept.length === all.length,
      })
    } else {
      const all = [...this.#stretch.rows, ...added]
      const kept = all.slice(-mostRows)
      this.#show({
        ...ends,
        rows: kept,
        isStart: this.#stretch.isStart && kept.length === all.length,
        isEnd: page.value.isEnd,
      })
    }
  }

  /** Hears no more, and forgets what is on its way. */
  close(): void {
    this.#stop?.()
    this.#stop = null
    this.#wish += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #begin(): number {
    this.#wish += 1
    if (!this.#stretch.isLoading) this.#show({ ...this.#stretch, isLoading: true })
    return this.#wish
  }

  #ask(anchor: ChatAnchor, limit: number) {
    return this.#host.call('chat.messages', { conversationId: this.#conversationId, anchor, limit })
  }

  /** The same stretch again, with what has come at its end where that is held. */
  async #refresh(): Promise<void> {
    this.#timer = null
    // A page on its way brings what is new only for itself; the rest is asked for after it.
    if (this.#stretch.isLoading) return
    this.#isStale = false
    const { rows, isEnd } = this.#stretch
    const wish = this.#wish
    const middle = rows.filter(row => row.kind === 'message')
    const id = messageId(middle[Math.floor(middle.length / 2)])
    const anchor: ChatAnchor = isEnd || id === null ? { at: 'end' } : { at: 'around', id }
    const page = await this.#ask(
      anchor,
      Math.min(mostRows, Math.max(pageRows, rows.length + (isEnd ? 20 : 0))),
    )
    // Somebody went elsewhere meanwhile; what they asked for is newer.
    if (wish !== this.#wish) return
    if (page.ok) this.#show({ ...page.value, isLoading: false, failure: null })
  }

  /** Rows that say the same stay the same objects, so that they are not drawn again. */
  #show(stretch: RowStretch): void {
    const known = new Map(this.#stretch.rows.map(row => [rowKey(row), row]))
    const rows = stretch.rows.map(row => {
      const before = known.get(rowKey(row))
      return before !== undefined && (before === row || JSON.stringify(before) === JSON.stringify(row))
        ? before
        : row
    })
    this.#stretch = { ...stretch, rows }
    for (const listener of this.#listeners) listener()
    if (this.#isStale && !stretch.isLoading) this.#timer ??= setTimeout(() => void this.#refresh(), gatherMs)
  }
}
