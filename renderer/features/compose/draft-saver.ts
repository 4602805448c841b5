import type { Failure } from '../../../shared/ipc/result'
import type { Draft, DraftContent } from '../../../shared/model/compose'
import type { Host } from '../../host/host'

/** Saved at most this long after the last key. */
const restMs = 500
/** Somebody who types without a pause is saved this often. */
const longestWaitMs = 900
const retryMs = 4000

export type SaveState =
  | Readonly<{ kind: 'saved' }>
  | Readonly<{ kind: 'waiting' }>
  | Readonly<{ kind: 'saving' }>
  | Readonly<{ kind: 'failed'; failure: Failure }>

export type Clock = Readonly<{
  now: () => number
  setTimeout: (run: () => void, afterMs: number) => number
  clearTimeout: (timer: number) => void
}>

const pageClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, afterMs) => window.setTimeout(run, afterMs),
  clearTimeout: timer => window.clearTimeout(timer),
}

/**
 * Brings what is typed to the engine: one save at a time, always the newest text, again until it is there. The text
 * is kept here until a save of exactly that text was answered; a failure loses nothing.
 */
export class DraftSaver {
  readonly #host: Host
  readonly #clock: Clock
  readonly #draft: Draft
  readonly #onState: (state: SaveState) => void
  readonly #onConflict: (theirs: Draft) => void
  #revision: number
  #newest: DraftContent | null = null
  #waitingSince: number | null = null
  #timer: number | null = null
  #running: Promise<boolean> | null = null
  #closed = false

  constructor(
    host: Host,
    draft: Draft,
    on: Readonly<{ state: (state: SaveState) => void; conflict: (theirs: Draft) => void }>,
    clock: Clock = pageClock,
  ) {
    this.#host = host
    this.#draft = draft
    this.#revision = draft.revision
    this.#onState = on.state
    this.#onConflict = on.conflict
    this.#clock = clock
  }

  /** The newest text; it will be saved when typing rests. */
  change(content: DraftContent): void {
    this.#newest = content
    this.#waitingSince ??= this.#clock.now()
    if (this.#running === null) this.#onState({ kind: 'waiting' })
    const waitedMs = this.#clock.now() - this.#waitingSince
    this.#schedule(Math.max(0, Math.min(restMs, longestWaitMs - waitedMs)))
  }

  /** Saves at once what is not saved yet. True when everything is with the engine. */
  async flush(): Promise<boolean> {
    this.#unschedule()
    while (this.#newest !== null || this.#running !== null) {
      if (this.#running !== null) {
        await this.#running
        continue
      }
      this.#running = this.#saveNewest().finally(() => {
        this.#running = null
      })
      if (!(await this.#running)) return false
      if (this.#closed) return true
    }
    return true
  }

  /** No more saves: the draft was sent or discarded. */
  close(): void {
    this.#closed = true
    this.#unschedule()
  }

  async #saveNewest(): Promise<boolean> {
    const content = this.#newest
    if (content === null || this.#closed) return true
    this.#waitingSince = null
    this.#onState({ kind: 'saving' })
    const answer = await this.#save(content)
    if (answer.ok) {
      this.#revision = answer.value.revision
      if (this.#newest === content) this.#newest = null
      if (!this.#closed) this.#onState(this.#newest === null ? { kind: 'saved' } : { kind: 'waiting' })
      return true
    }
    if (this.#closed) return true
    this.#waitingSince ??= this.#clock.now()
    this.#onState({ kind: 'failed', failure: answer.error })
    this.#schedule(retryMs)
    return false
  }

  /** Somebody else saved meanwhile (another window): what is typed here wins, and the other text is handed over. */
  async #save(content: DraftContent) {
    const input = { draftId: this.#draft.id, content, revision: this.#revision }
    const answer = await this.#host.call('drafts.save', input)
    if (answer.ok || answer.error.code !== 'conflict') return answer
    const theirs = await this.#host.call('drafts.get', { draftId: this.#draft.id })
    if (!theirs.ok) return answer
    const { revision } = theirs.value
    if (JSON.stringify(theirs.value.content) !== JSON.stringify(content)) this.#onConflict(theirs.value)
    return this.#host.call('drafts.save', { ...input, revision })
  }

  #schedule(afterMs: number): void {
    this.#unschedule()
    if (this.#closed) return
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = null
      void this.flush()
    }, afterMs)
  }

  #unschedule(): void {
    if (this.#timer !== null) this.#clock.clearTimeout(this.#timer)
    this.#timer = null
  }
}
