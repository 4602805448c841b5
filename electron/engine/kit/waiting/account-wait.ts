import { assertNever } from '../../../../shared/kit/assert-never'
import type { AccountId } from '../../../../shared/kit/ids'
import { type Failure, SiegelError, toFailure } from '../../../../shared/kit/result'
import type { Clock, Log, Random } from '../../ports/basics'
import type { ServiceBoard } from '../../ports/status-board'
import type { Store } from '../../ports/store'
import { kindOf } from '../failures'
import { BackOff, type Pace } from './back-off'
import type { Bell } from './bell'

/** A login that was refused without a reason may be a changed password: asked again seldom, so as not to be locked out. */
const refusedLoginWaitMs = 60_000

/** Of the status of an account: nothing is on its way. */
const atRest = { phase: null, mailboxId: null, done: 0, total: 0 } as const

type WaitDeps = Readonly<{
  store: Pick<Store, 'settings'>
  clock: Clock
  random: Random
  log: Log
  board: ServiceBoard
  /** Absent: that of mail. */
  pace?: Pace
}>

/** How long an account waits after each kind of failure, and what ends it (docs/waiting.md). */
export class AccountWait {
  readonly #id: AccountId
  readonly #deps: WaitDeps
  readonly #bell: Bell
  readonly #isStopping: () => boolean
  readonly #backOff: BackOff

  constructor(id: AccountId, deps: WaitDeps, bell: Bell, isStopping: () => boolean) {
    this.#id = id
    this.#deps = deps
    this.#bell = bell
    this.#isStopping = isStopping
    this.#backOff = new BackOff(deps.random, deps.pace)
  }

  /** The next failure is taken for the first one. */
  reset(): void {
    this.#backOff.reset()
  }

  /** Waits until it is time for another try after this error, or something that ends the wait rings. */
  async after(error: unknown): Promise<void> {
    const { board, log } = this.#deps
    const offline = this.#deps.store.settings.get().offline
    const kind = offline ? 'offline' : kindOf(error)
    const problem = offline ? new SiegelError('offline').toFailure() : toFailure(error)
    if (problem.code === 'internal')
      log.error('sync failed', { name: error instanceof Error ? error.name : typeof error })
    switch (kind) {
      case 'ended':
        // Never a hot loop, whatever ended it.
        return this.#bell.wait(50)
      case 'offline':
        board.set(this.#id, { ...atRest, state: 'offline', nextAttemptAtMs: null, problem })
        return this.#waitForRing(['wake', 'sync', 'stop'])
      case 'stop':
        board.set(this.#id, { ...atRest, state: 'error', nextAttemptAtMs: null, problem })
        // What a network did (a captive portal's certificate) may end with that network; a refused password would
        // only be refused again, and servers count.
        return this.#waitForRing(
          problem.code === 'login-refused' ? ['sync', 'stop'] : ['wake', 'sync', 'stop'],
        )
      case 'disk':
        if (problem.code === 'disk-full') return this.#tryLater(problem, 'error')
        board.set(this.#id, { ...atRest, state: 'error', nextAttemptAtMs: null, problem })
        return this.#waitForRing(['sync', 'stop'])
      case 'lost':
      case 'local':
        return this.#tryLater(problem, 'waiting')
      default:
        return assertNever(kind)
    }
  }

  #tryLater(problem: Failure, state: 'waiting' | 'error'): Promise<void> {
    const { board, clock } = this.#deps
    const leastMs = problem.code === 'login-not-now' ? refusedLoginWaitMs : 0
    const waitMs = Math.max(leastMs, this.#backOff.nextMs())
    board.set(this.#id, { ...atRest, state, nextAttemptAtMs: clock.now() + waitMs, problem })
    return this.#waitForRing(['wake', 'sync', 'stop'], waitMs)
  }

  async #waitForRing(
    reasons: readonly ('wake' | 'sync' | 'stop')[],
    ms = Number.MAX_SAFE_INTEGER,
  ): Promise<void> {
    const endMs = this.#deps.clock.now() + ms
    for (;;) {
      const leftMs = endMs - this.#deps.clock.now()
      if (leftMs <= 0) return
      await this.#bell.wait(leftMs)
      const rung = this.#bell.take()
      if (reasons.some(reason => rung.has(reason)) || this.#isStopping()) return
    }
  }
}
