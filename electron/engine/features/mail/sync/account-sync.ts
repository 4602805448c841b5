import { mailServiceOf } from '../../../../../shared/features/accounts/services'
import type { AccountId, MailboxId, MessageId } from '../../../../../shared/kit/ids'
import { type Failure, SiegelError, toFailure } from '../../../../../shared/kit/result'
import { Withheld } from '../../../kit/fetching/withheld'
import { Lock } from '../../../kit/lock'
import { refuseSwitchedOff } from '../../../kit/require'
import { AccountWait } from '../../../kit/waiting/account-wait'
import { Bell, type Ring } from '../../../kit/waiting/bell'
import type { Clock, Log, Random } from '../../../ports/basics'
import type { MailBackend, MailSession } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { ServiceBoard } from '../../../ports/status-board'
import type { Store } from '../../../ports/store'
import { IdlePatience } from './idle-patience'
import { passOverAccount } from './pass/account-pass'
import { downloadMessage } from './pass/download-message'
import { syncBodies } from './pass/sync-bodies'
import type { OnBodies, PassCount, SyncContext } from './pass/sync-context'
import { syncMailbox } from './pass/sync-mailbox'
import { replayTasks } from './replay/replay-tasks'
import { hasFiledCopies, takeAwaySecondCopies } from './sent-copies/take-away-second'
import { SessionPool } from './session-pool'

/** Mailboxes that are worked on side by side. */
const lanes = 2
/** One more watches the inbox or serves a person. Common servers allow 10 to 20 for all clients of a user. */
const poolSize = lanes + 1
/** All mailboxes are compared this often; the inbox is watched all the time. */
const fullPassEveryMs = 10 * 60_000

export type AccountDeps = Readonly<{
  store: Store
  backend: MailBackend
  mime: MimePort
  /** Told of messages whose bytes were just stored. */
  onBodies: OnBodies
  /** The provider of an account was seen to file sent mail by itself. */
  onLearned: (accountId: AccountId) => void
  clock: Clock
  random: Random
  log: Log
  board: ServiceBoard
  passHooks: PassHooks
}>

/** What else happens around a pass: the encrypted inbox. */
export type PassHooks = Readonly<{
  hasUnfinished(accountId: AccountId): boolean
  /** Ends what was interrupted, before the mailboxes are looked at. */
  resume(accountId: AccountId, session: MailSession): Promise<void>
  /** New mail may be here; returns at once. Only in the background. */
  kick(accountId: AccountId): void
}>

export type PassReport = PassCount & { problems: readonly Failure[] }

/** Sync of one account: passes on demand, and the background loop between `start` and `stop`. */
export class AccountSync {
  readonly #id: AccountId
  readonly #deps: AccountDeps
  readonly #pool: SessionPool
  readonly #passes = new Lock()
  readonly #replays = new Lock()
  readonly #bell = new Bell()
  readonly #wait: AccountWait
  readonly #idlePatience = new IdlePatience()
  readonly #withheld: Withheld
  /** A queued change waits until a pass tells what became of a mailbox or a message. */
  #wantsPass = false
  #loop: Promise<void> | null = null
  #stopping = new AbortController()

  constructor(id: AccountId, deps: AccountDeps) {
    this.#id = id
    this.#deps = deps
    this.#wait = new AccountWait(id, deps, this.#bell, () => this.#stopping.signal.aborted)
    this.#withheld = new Withheld(deps.clock)
    this.#pool = new SessionPool(signal => this.#connect(signal), poolSize, deps.clock)
  }

  // --- on demand ---------------------------------------------------------------------------------------

  /** One complete pass with the queued changes first; ends with nothing open. */
  async runOnce(mailboxId: MailboxId | null): Promise<PassReport> {
    this.#deps.store.tasks.wake(this.#id)
    const report = await this.#passes.run(() => this.#pass(mailboxId))
    if (!this.#loop) await this.#pool.closeIdle()
    return report
  }

  /** Work on a connection of the pool. */
  withSession<T>(work: (session: MailSession) => Promise<T>): Promise<T> {
    return this.#pool.use(work)
  }

  /** As `withSession`, while neither a pass nor a replay runs: for what gives messages other UIDs. */
  exclusively<T>(work: (session: MailSession) => Promise<T>): Promise<T> {
    return this.#passes.run(() =>
      this.#replays.run(() => {
        if (this.#stopping.signal.aborted) throw new SiegelError('cancelled')
        return this.#pool.use(work)
      }),
    )
  }

  /** Fetches every byte of a message. Throws `body-not-here` when it is not on the server, `too-large`. */
  download(id: MessageId): Promise<void> {
    return downloadMessage(this.#deps, this.#pool, id)
  }

  // --- in the background --------------------------------------------------------------------------------

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
    this.#dropConnections()
    await this.#loop
    // Whoever closes the store next must find nobody at work on it.
    const nothing = async () => undefined
    await Promise.all([this.#passes.run(nothing), this.#replays.run(nothing)])
    this.#bell.take()
    this.#deps.board.remove(this.#id)
  }

  /** A pass soon, by the person's word: also when the account waits after a failure, and of what the server withheld. */
  syncNow(): void {
    this.#withheld.askAgain()
    this.#deps.store.tasks.wake(this.#id)
    this.#bell.ring('sync')
  }

  /** After sleep or a change of network every connection is suspect: all are dropped and made anew at once. */
  wake(): void {
    this.#deps.store.tasks.wake(this.#id)
    this.#wait.reset()
    this.#bell.ring('wake')
    this.#dropConnections()
  }

  /**
   * The way out, of which it may have failed, is open now: it is tried at once. Who is connected goes on. One that is just
   * about to fail on the closed way finds the ring and goes again.
   */
  wayOpened(): void {
    if (!['waiting', 'error', 'connecting'].includes(this.#deps.board.get(this.#id).state)) return
    this.#deps.store.tasks.wake(this.#id)
    this.#wait.reset()
    this.#bell.ring('wake')
  }

  taskAdded(): void {
    this.#bell.ring('task')
  }

  #dropConnections(): void {
    this.#pool.destroyAll()
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        await this.#live(signal)
      } catch (error) {
        this.#dropConnections()
        if (signal.aborted) return
        // After a wake the connections broke because we broke them.
        if (this.#bell.take().has('wake')) continue
        await this.#wait.after(error)
      }
    }
  }

  /**
   * Connects, passes, watches; returns never but by an error. The watcher holds its connection only while nobody else
   * waits for one, so that a server that allows a single connection is served as well.
   */
  async #live(signal: AbortSignal): Promise<void> {
    const { board, clock } = this.#deps
    board.set(this.#id, { state: 'connecting', nextAttemptAtMs: null })
    const first = await this.#pool.lease()
    first.release()
    this.#bell.take()
    let nextPassAtMs = 0
    for (;;) {
      if (signal.aborted) throw new SiegelError('cancelled')
      if (clock.now() >= nextPassAtMs) {
        await this.#passes.run(() => this.#pass(null))
        this.#wait.reset()
        nextPassAtMs = clock.now() + fullPassEveryMs
      }
      const rung = await this.#watchInbox(nextPassAtMs)
      if (rung.has('wake')) throw new SiegelError('cancelled')
      if (rung.has('sync')) nextPassAtMs = 0
      else await this.#replay()
      if (this.#wantsPass) nextPassAtMs = 0
    }
  }

  /** Brings the inbox up to date and waits on it; answers what rang. */
  async #watchInbox(nextPassAtMs: number): Promise<ReadonlySet<Ring>> {
    const { board, clock } = this.#deps
    // Locks before connections, everywhere: who holds a connection waits for nobody.
    const lease = await this.#passes.run(async () => {
      await this.#resumeUnfinished()
      const lease = await this.#pool.lease(() => this.#bell.ring('wanted'))
      try {
        await this.#syncInbox(lease.session)
        return lease
      } catch (error) {
        lease.release(error)
        throw error
      }
    })
    try {
      this.#deps.passHooks.kick(this.#id)
      board.set(this.#id, { state: 'watching', phase: null, mailboxId: null, lastCheckedAtMs: clock.now() })
      await this.#waitForNews(lease.session, nextPassAtMs)
      lease.release()
    } catch (error) {
      lease.release(error)
      throw error
    }
    return this.#bell.take()
  }

  async #waitForNews(watch: MailSession, nextPassAtMs: number): Promise<void> {
    const stopWaiting = new AbortController()
    const forget = this.#bell.onRing(() => stopWaiting.abort())
    // A change that the server put off has a time of its own.
    const nextTaskAtMs = this.#deps.store.tasks.nextDueMs(this.#id) ?? Number.MAX_SAFE_INTEGER
    const untilWorkMs = Math.max(1_000, Math.min(nextPassAtMs, nextTaskAtMs) - this.#deps.clock.now())
    try {
      const outcome = await watch.waitForChange(
        stopWaiting.signal,
        Math.min(untilWorkMs, this.#idlePatience.ms),
      )
      if (outcome === 'timeout' && untilWorkMs >= this.#idlePatience.ms) this.#idlePatience.held()
    } catch (error) {
      this.#idlePatience.broke()
      throw error
    } finally {
      forget()
    }
  }

  // --- steps -------------------------------------------------------------------------------------------

  async #pass(mailboxId: MailboxId | null): Promise<PassReport> {
    const { board, clock } = this.#deps
    const context = this.#context()
    board.set(this.#id, {
      state: 'syncing',
      phase: 'folders',
      mailboxId: null,
      done: 0,
      total: 0,
      nextAttemptAtMs: null,
    })
    try {
      await this.#replay()
      await this.#resumeUnfinished()
      const problems = await passOverAccount(context, this.#pool, { mailboxId, lanes })
      if (mailboxId === null) await this.#replayAfterPass()
      await this.#takeAwaySecondCopies()
      board.set(this.#id, {
        state: 'idle',
        phase: null,
        mailboxId: null,
        lastCheckedAtMs: clock.now(),
        problem: problems[0] ?? null,
      })
      return { ...context.count, problems }
    } catch (error) {
      if (!this.#loop)
        board.set(this.#id, { state: 'error', phase: null, mailboxId: null, problem: toFailure(error) })
      throw error
    }
  }

  async #syncInbox(session: MailSession): Promise<void> {
    const { store } = this.#deps
    const inbox = store.mailboxes.byPath(this.#id, 'INBOX')
    if (!inbox) throw new SiegelError('protocol-violation', { detail: 'no INBOX' })
    const context = this.#context()
    const row = await syncMailbox(context, session, inbox.id)
    await syncBodies(context, session, row)
  }

  #replay(isAfterPass = false): Promise<number> {
    const { store, mime, clock, log, onLearned } = this.#deps
    return this.#replays.run(async () => {
      if (store.tasks.countOpen(this.#id) === 0 || !store.tasks.next(this.#id, clock.now())) return 0
      const accountId = this.#id
      return this.#pool.use(session =>
        replayTasks({
          accountId,
          store,
          mime,
          clock,
          log,
          session,
          onLearned: () => onLearned(accountId),
          isAfterPass,
          onOldListing: () => {
            this.#wantsPass = true
          },
        }),
      )
    })
  }

  /** Changes that met a mailbox or a message which went since the pass before: now it is known where it is. */
  async #replayAfterPass(): Promise<void> {
    if (!this.#wantsPass) return
    this.#wantsPass = false
    this.#deps.store.tasks.wake(this.#id)
    await this.#replay(true)
  }

  async #takeAwaySecondCopies(): Promise<void> {
    const { store, mime, onLearned } = this.#deps
    const accountId = this.#id
    if (!hasFiledCopies({ store, accountId })) return
    const context = { accountId, store, mime, onLearned: () => onLearned(accountId) }
    await this.#replays.run(() => this.#pool.use(session => takeAwaySecondCopies(context, session)))
    await this.#replay()
  }

  async #resumeUnfinished(): Promise<void> {
    const { passHooks } = this.#deps
    if (!passHooks.hasUnfinished(this.#id)) return
    await this.#replays.run(() => this.#pool.use(session => passHooks.resume(this.#id, session)))
  }

  #context(): SyncContext {
    const { store, mime, onBodies, clock, log, board } = this.#deps
    return {
      accountId: this.#id,
      store,
      mime,
      onBodies,
      clock,
      log,
      withheld: this.#withheld,
      count: { folders: 0, messages: 0, new: 0, bytes: 0 },
      signal: this.#pool.signal,
      progress: step => board.set(this.#id, { state: 'syncing', ...step }),
    }
  }

  async #connect(signal: AbortSignal): Promise<MailSession> {
    const { store, backend } = this.#deps
    const account = store.accounts.get(this.#id)
    const mail = mailServiceOf(account)
    if (mail === null) throw new SiegelError('account-is-local')
    refuseSwitchedOff(account, 'mail')
    if (store.settings.get().offline) throw new SiegelError('offline')
    const password = store.accounts.password(this.#id, 'mail')
    if (password === null) throw new SiegelError('login-refused', { detail: 'no password is stored' })
    const wasAccepted = store.servers.isPasswordAccepted(this.#id)
    const session = await backend.connect({ id: this.#id, mail, password, wasAccepted }, signal)
    if (!wasAccepted && store.accounts.password(this.#id, 'mail') === password)
      store.servers.notePasswordAccepted(this.#id)
    return session
  }
}
