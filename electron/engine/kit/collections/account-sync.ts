import { davServiceOf } from '../../../../shared/features/accounts/services'
import type { AccountId } from '../../../../shared/kit/ids'
import { asError, type ErrorCode, type Failure, SiegelError, toFailure } from '../../../../shared/kit/result'
import type { Clock, Log, Random } from '../../ports/basics'
import type { DavControl } from '../../ports/dav/dav-control'
import type { DavKind, KeptKind, StepReport } from '../../ports/dav/dav-sync'
import type { EncryptedCollections } from '../../ports/dav/encrypted-collections'
import type { ServiceBoard } from '../../ports/status-board'
import type { Store } from '../../ports/store'
import { Lock } from '../lock'
import { newUid } from '../objects/new-uid'
import { AccountWait } from '../waiting/account-wait'
import { BackOff } from '../waiting/back-off'
import { Bell, type Ring } from '../waiting/bell'
import { emptyReport, passOverCollections } from './account-pass'

/** No server of ours tells of changes by itself; mail's mailboxes are compared as often. */
const fullPassEveryMs = 10 * 60_000
/** Whoever writes does so for a while: one change is sent with the next ones. */
const restMs = 2_000

export type DavSyncDeps = Readonly<{
  store: Pick<Store, 'accounts' | 'settings'>
  dav: DavControl
  kept: readonly KeptKind[]
  encrypted: EncryptedCollections
  clock: Clock
  random: Random
  log: Log
  board: ServiceBoard
  /** Ends what is open for the account's service, so that whoever waits for an answer waits no longer. */
  drop: (accountId: AccountId) => void
}>

/** Failures of one collection that the others, and the next whole pass, can do without. */
const aboutOne: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['server-refused', 'not-permitted', 'collection-read-only', 'change-not-shown', 'uid-taken'] as const),
])

/** Collections of one account: passes on demand, and the background loop between `start` and `stop`. */
export class DavAccountSync {
  readonly #id: AccountId
  readonly #deps: DavSyncDeps
  readonly #passes = new Lock()
  readonly #bell = new Bell()
  readonly #wait: AccountWait
  /** Changes that a server refuses are sent again when something changes here, less and less often. */
  readonly #patience: BackOff
  #loop: Promise<void> | null = null
  #stopping = new AbortController()
  /** Of the pass under way. */
  #passing = new AbortController()

  constructor(id: AccountId, deps: DavSyncDeps) {
    this.#id = id
    this.#deps = deps
    this.#wait = new AccountWait(id, deps, this.#bell, () => this.#stopping.signal.aborted)
    this.#patience = new BackOff(deps.random)
  }

  /** One whole pass over these kinds. Throws where the account as a whole cannot be reached. */
  runOnce(report: StepReport, kinds: readonly DavKind[], removesMany: boolean): Promise<void> {
    return this.#passes.run(() => this.#pass(report, { kinds, removesMany, isWhole: true }))
  }

  start(): void {
    if (this.#loop) return
    this.#stopping = new AbortController()
    this.#loop = this.#run().finally(() => {
      this.#loop = null
    })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#bell.ring('stop')
    this.#deps.drop(this.#id)
    await this.#loop
    // Whoever closes the store next must find nobody at work on it.
    await this.#passes.run(async () => undefined)
    this.#bell.take()
    this.#deps.board.remove(this.#id)
  }

  /** The pass under way ends between two batches, by the person's word; the next one goes on from there. */
  stopPass(): void {
    this.#passing.abort()
  }

  /** A pass soon, by the person's word. */
  syncNow(): void {
    this.#bell.ring('sync')
  }

  /** The machine woke, or the network changed: every connection is suspect, and is made anew. */
  wake(): void {
    this.#goAgain()
    this.#deps.drop(this.#id)
  }

  /** The way out is open now: who waits for it goes again. */
  wayOpened(): void {
    if (['waiting', 'error', 'connecting'].includes(this.#deps.board.get(this.#id).state)) this.#goAgain()
  }

  #goAgain(): void {
    this.#wait.reset()
    this.#bell.ring('wake')
  }

  /** Something here may wait for the server now. */
  changed(): void {
    if (this.#loop && this.#waiting() > 0) this.#bell.ring('task')
  }

  #waiting(): number {
    return this.#deps.kept.reduce((sum, { collections }) => sum + collections.waitingCount(this.#id), 0)
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    let isWhole = true
    while (!signal.aborted) {
      try {
        await this.#passes.run(() => {
          this.#bell.take()
          return this.#background(isWhole)
        })
        this.#wait.reset()
        isWhole = await this.#rest()
      } catch (error) {
        if (signal.aborted) return
        if (this.#passing.signal.aborted) {
          // Ended by the next change here, the next whole pass, or the person's word.
          isWhole = await this.#rest()
          continue
        }
        // After a wake the connections broke because we broke them.
        if (!this.#bell.take().has('wake')) await this.#wait.after(error)
        isWhole = true
      }
    }
  }

  async #background(isWhole: boolean): Promise<void> {
    const report = emptyReport()
    const kinds = this.#deps.kept.map(({ kind }) => kind)
    await this.#pass(report, { kinds, removesMany: false, isWhole })
    // A server that is out of order for one collection: all of it is tried again soon, not after the whole interval.
    const again = report.problems.find(({ problem: { code } }) => !aboutOne.has(code))
    if (again) throw asError(again.problem)
  }

  /** Waits for the next pass; true for one over everything. */
  async #rest(): Promise<boolean> {
    const { clock } = this.#deps
    const endMs = clock.now() + fullPassEveryMs
    if (this.#waiting() === 0) this.#patience.reset()
    const earliestMs = clock.now() + (this.#waiting() === 0 ? restMs : this.#patience.nextMs())
    let hasChanges = false
    for (;;) {
      const untilMs = hasChanges ? Math.min(endMs, earliestMs) : endMs
      if (clock.now() >= untilMs) return clock.now() >= endMs
      await this.#bell.wait(untilMs - clock.now())
      const rung: ReadonlySet<Ring> = this.#bell.take()
      if (rung.has('sync') || rung.has('wake') || rung.has('stop')) return true
      hasChanges ||= rung.has('task')
    }
  }

  async #pass(
    report: StepReport,
    options: Readonly<{ kinds: readonly DavKind[]; removesMany: boolean; isWhole: boolean }>,
  ): Promise<void> {
    const { dav, kept, encrypted, board, clock, random } = this.#deps
    const { kinds, removesMany, isWhole } = options
    this.#passing = new AbortController()
    board.set(this.#id, {
      ...{ state: 'syncing', phase: 'collections', mailboxId: null },
      ...{ done: 0, total: 0, nextAttemptAtMs: null },
    })
    try {
      await passOverCollections(dav, this.#id, report, {
        kept: kept.filter(({ kind }) => kinds.includes(kind)),
        encrypted,
        isWhole,
        isRemovalConfirmed: removesMany,
        leftOut: davServiceOf(this.#deps.store.accounts.get(this.#id))?.leftOut ?? [],
        newUid: () => newUid({ random }),
        progress: (phase, done, total) => board.set(this.#id, { state: 'syncing', phase, done, total }),
        signal: AbortSignal.any([this.#stopping.signal, this.#passing.signal]),
      })
      const said = problemIn(report)
      board.set(this.#id, {
        ...{ state: this.#loop ? 'watching' : 'idle', phase: null, done: 0, total: 0 },
        lastCheckedAtMs: clock.now(),
        ...(isWhole || said ? { problem: said } : {}),
      })
    } catch (error) {
      if (this.#passing.signal.aborted)
        board.set(this.#id, { state: this.#loop ? 'watching' : 'idle', phase: null, done: 0, total: 0 })
      else if (!this.#loop) board.set(this.#id, { state: 'error', phase: null, problem: toFailure(error) })
      throw error
    }
  }
}

/** What stays in sight until the next pass: a refusal, or a question. */
function problemIn({ problems, collections }: StepReport): Failure | null {
  const [first] = problems
  if (first) return first.problem
  const asks = collections.find(({ outcome }) => outcome === 'asks-about-removal')
  return asks ? new SiegelError('removal-asked', { count: asks.concerned }).toFailure() : null
}
