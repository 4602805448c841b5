import { SiegelError } from '../../../shared/ipc/result'
import type { MailSession } from '../ports/mail-backend'
import { endsSession } from './failures'

/** How long an unused connection is kept for the next piece of work. Longer, and a NAT may have forgotten it. */
const idleMs = 20_000

/** A few connections of one account. Work waits for a free one; a connection that failed is not used again. */
export class SessionPool {
  readonly #connect: (signal: AbortSignal) => Promise<MailSession>
  readonly #size: number
  readonly #idle: { session: MailSession; timer: NodeJS.Timeout }[] = []
  readonly #busy = new Set<MailSession>()
  readonly #waiting: (() => void)[] = []
  #taken = 0
  #ending = new AbortController()

  constructor(connect: (signal: AbortSignal) => Promise<MailSession>, size: number) {
    this.#connect = connect
    this.#size = size
  }

  /** Aborted when the pool is emptied; long work looks at it. */
  get signal(): AbortSignal {
    return this.#ending.signal
  }

  async use<T>(work: (session: MailSession) => Promise<T>): Promise<T> {
    const { signal } = this.#ending
    while (this.#taken >= this.#size) await new Promise<void>(resolve => this.#waiting.push(resolve))
    if (signal.aborted) throw new SiegelError('cancelled')
    this.#taken++
    let session: MailSession | null = null
    try {
      session = this.#takeIdle() ?? (await this.#connect(signal))
      if (signal.aborted) throw new SiegelError('cancelled')
      this.#busy.add(session)
      const result = await work(session)
      this.#busy.delete(session)
      this.#keep(session, signal)
      return result
    } catch (error) {
      if (session) {
        this.#busy.delete(session)
        if (endsSession(error)) session.destroy()
        else this.#keep(session, signal)
      }
      throw signal.aborted && !(error instanceof SiegelError && error.code === 'cancelled')
        ? new SiegelError('cancelled', {}, { cause: error })
        : error
    } finally {
      this.#taken--
      this.#waiting.shift()?.()
    }
  }

  /** Drops every connection at once; work in progress fails with `cancelled`. The pool can be used again. */
  destroyAll(): void {
    this.#ending.abort()
    this.#ending = new AbortController()
    for (const session of this.#busy) session.destroy()
    for (const { session, timer } of this.#idle.splice(0)) {
      clearTimeout(timer)
      session.destroy()
    }
    for (const wake of this.#waiting.splice(0)) wake()
  }

  /** Says goodbye on the connections nobody uses. */
  async closeIdle(): Promise<void> {
    await Promise.all(
      this.#idle.splice(0).map(({ session, timer }) => {
        clearTimeout(timer)
        return session.logout()
      }),
    )
  }

  #takeIdle(): MailSession | null {
    const entry = this.#idle.pop()
    if (!entry) return null
    clearTimeout(entry.timer)
    return entry.session
  }

  #keep(session: MailSession, signal: AbortSignal): void {
    if (signal.aborted) {
      session.destroy()
      return
    }
    const entry = {
      session,
      timer: setTimeout(() => {
        const at = this.#idle.indexOf(entry)
        if (at < 0) return
        this.#idle.splice(at, 1)
        session.logout().catch(() => session.destroy())
      }, idleMs),
    }
    entry.timer.unref()
    this.#idle.push(entry)
  }
}
