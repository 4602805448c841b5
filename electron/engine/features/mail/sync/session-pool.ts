import { type ErrorCode, SiegelError } from '../../../../../shared/kit/result'
import { endsSession } from '../../../kit/failures'
import type { Clock } from '../../../ports/basics'
import type { MailSession } from '../../../ports/mail/mail-backend'

/** How long an unused connection is kept for the next piece of work. Longer, and a NAT may have forgotten it. */
const idleMs = 20_000
/** After a refused further connection none is tried for this long; the time doubles up to the longest. */
const firstRestMs = 60_000
const longestRestMs = 15 * 60_000

/** Refusals of one more connection that leave the others as they are. What smells of an attack is not among them. */
const crowded: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server-unavailable',
  'login-not-now',
  'login-refused',
  'server-refused',
  'connection-refused',
  'connection-lost',
  'connection-timeout',
  'proxy-failed',
  'tls-failed',
  'protocol-violation',
])

/** A connection in somebody's hands. `release` gives it back, or ends it when the work ended with a deadly error. */
export type Lease = Readonly<{ session: MailSession; release(error?: unknown): void }>

/**
 * A few connections of one account. Work waits for a free one, each in its turn; a connection that failed is not used
 * again. Where the server refuses one more, the work goes on over those there are, and more are tried later.
 */
export class SessionPool {
  readonly #connect: (signal: AbortSignal) => Promise<MailSession>
  readonly #size: number
  readonly #clock: Pick<Clock, 'now'>
  readonly #idle: { session: MailSession; timer: NodeJS.Timeout }[] = []
  readonly #busy = new Set<MailSession>()
  /** Called with a connection, or with null to try again. */
  readonly #waiting: ((session: MailSession | null) => void)[] = []
  /** Those who hold a connection only while nobody needs it. */
  readonly #yielding = new Set<() => void>()
  #connecting = 0
  #ceiling: number
  #restUntilMs = 0
  #restMs = firstRestMs
  #ending = new AbortController()

  constructor(
    connect: (signal: AbortSignal) => Promise<MailSession>,
    size: number,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#connect = connect
    this.#size = size
    this.#ceiling = size
    this.#clock = clock
  }

  /** Aborted when the pool is emptied; long work looks at it. */
  get signal(): AbortSignal {
    return this.#ending.signal
  }

  async use<T>(work: (session: MailSession) => Promise<T>): Promise<T> {
    const { signal } = this.#ending
    const lease = await this.lease()
    try {
      const result = await work(lease.session)
      lease.release()
      return result
    } catch (error) {
      lease.release(error)
      throw signal.aborted && !isCancelled(error) ? new SiegelError('cancelled', {}, { cause: error }) : error
    }
  }

  /** A connection to hold until `release`. `onWanted` is called, once or more, when others wait for one. */
  async lease(onWanted?: () => void): Promise<Lease> {
    const { signal } = this.#ending
    let session: MailSession
    try {
      session = await this.#acquire(signal)
    } catch (error) {
      throw signal.aborted && !isCancelled(error) ? new SiegelError('cancelled', {}, { cause: error }) : error
    }
    if (onWanted) {
      this.#yielding.add(onWanted)
      if (this.#waiting.length > 0) onWanted()
    }
    let held = true
    return {
      session,
      release: error => {
        if (!held) return
        held = false
        if (onWanted) this.#yielding.delete(onWanted)
        this.#giveBack(session, signal, error)
      },
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
    this.#restUntilMs = 0
    this.#wakeAll()
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

  async #acquire(signal: AbortSignal): Promise<MailSession> {
    for (;;) {
      if (signal.aborted) throw new SiegelError('cancelled')
      const idle = this.#takeIdle()
      if (idle) return idle
      const session = this.#busy.size + this.#connecting < this.#allowed() ? await this.#open(signal) : null
      if (session) return session
      const handed = await this.#turn(signal)
      if (handed) return handed
    }
  }

  #allowed(): number {
    return this.#clock.now() < this.#restUntilMs ? this.#ceiling : this.#size
  }

  /** A new connection; null when the server refuses one more and there are others to wait for. */
  async #open(signal: AbortSignal): Promise<MailSession | null> {
    this.#connecting++
    let opened = false
    try {
      const session = await this.#connect(signal)
      if (signal.aborted) {
        session.destroy()
        throw new SiegelError('cancelled')
      }
      this.#busy.add(session)
      opened = true
      this.#restMs = firstRestMs
      return session
    } catch (error) {
      const others = this.#busy.size + this.#idle.length + this.#connecting - 1
      if (signal.aborted || others === 0 || !(error instanceof SiegelError) || !crowded.has(error.code))
        throw error
      this.#ceiling = others
      this.#restUntilMs = this.#clock.now() + this.#restMs
      this.#restMs = Math.min(longestRestMs, this.#restMs * 2)
      return null
    } finally {
      this.#connecting--
      // Whoever counted on this connection must look for itself.
      if (!opened) this.#wakeAll()
    }
  }

  #turn(signal: AbortSignal): Promise<MailSession | null> {
    if (signal.aborted) return Promise.resolve(null)
    // Between the refusal and now somebody may have given one back.
    if (this.#idle.length > 0 || this.#busy.size + this.#connecting === 0) return Promise.resolve(null)
    return new Promise(resolve => {
      this.#waiting.push(resolve)
      for (const yieldIt of [...this.#yielding]) yieldIt()
    })
  }

  #takeIdle(): MailSession | null {
    const entry = this.#idle.pop()
    if (!entry) return null
    clearTimeout(entry.timer)
    this.#busy.add(entry.session)
    return entry.session
  }

  #giveBack(session: MailSession, signal: AbortSignal, error: unknown): void {
    const isUsable = !signal.aborted && (error === undefined || !endsSession(error))
    const next = isUsable ? this.#waiting.shift() : undefined
    if (next) {
      // Straight into the next hands: whoever comes meanwhile must not come first.
      next(session)
      return
    }
    this.#busy.delete(session)
    if (isUsable) this.#keep(session)
    else {
      session.destroy()
      this.#waiting.shift()?.(null)
    }
  }

  #wakeAll(): void {
    for (const wake of this.#waiting.splice(0)) wake(null)
  }

  #keep(session: MailSession): void {
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

const isCancelled = (error: unknown) => error instanceof SiegelError && error.code === 'cancelled'
