import { isSwitchedOff, mailServiceOf } from '../../../../../shared/features/accounts/services'
import type { OutboxItem } from '../../../../../shared/features/writing/model'
import type { AccountId, OutboxId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Clock, Log, Random } from '../../../ports/basics'
import type { Submission, SubmissionResult } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { Store } from '../../../ports/store'
import type { OutboxRow } from '../../../ports/writing/writing-store'
import { keepSentCopy } from './keep-sent-copy'

const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 15 * 60_000
/** `runUntilFinal` has a person waiting: after this many attempts it answers that the message is still queued. */
const ATTEMPTS_WHILE_WAITING = 4
/** What `stop` grants a message that is on the wire, so that quitting does not make its fate unknown. */
const STOP_GRACE_MS = 5_000
/** A clock that was set back by less than this was only put right. */
const CLOCK_CORRECTION_MS = 60_000
/** Timers beyond this fire at once (32-bit), and clocks change; looking again costs nothing. */
const LONGEST_TIMER_MS = 60 * 60_000

/** That a message went out. What became of every other is told by its row until it is decided. */
export type OutboxNotice = Readonly<{
  code: 'sent'
  params: Readonly<Record<string, string | number>>
  undoId: null
}>

export type OutboxRunnerDeps = Readonly<{
  store: Store
  submission: Submission
  mime: Pick<MimePort, 'parseMessage' | 'parseHeader'>
  /** Asks the Sent mailbox of the server. Never throws. */
  lookForMessage: (
    accountId: AccountId,
    messageIdHeader: string,
  ) => Promise<'found' | 'absent' | 'cannot-say'>
  /** Called inside the transaction that settles a sent message, while its draft still exists. */
  onSent: (item: OutboxItem) => void
  /** An append task was added for this account. */
  taskAdded: (accountId: AccountId) => void
  clock: Clock
  random: Random
  log: Log
  notice: (notice: OutboxNotice) => void
}>

/** Sends what waits in the outbox; see `createOutboxRunner`. */
export type OutboxRunner = {
  /** Sends in the background from now on. */
  start(): void
  /** Lets a message on the wire end, for a few seconds, and sends nothing more. */
  stop(): Promise<void>
  /** Looks at the outbox now. */
  kick(): void
  /** The way may be open again (online, woken, checked by hand, another route): what waits for its next try is due now. */
  wake(accountId: AccountId | null): void
  /** Password, servers, route or trust changed, or it was switched on: what failed for the old ones is tried with the new ones. */
  accountChanged(accountId: AccountId): void
  /** Works on one row until it is sent, failed or unknown; answers it as queued when the server stays away. */
  runUntilFinal(id: OutboxId): Promise<OutboxItem>
  /** Settles what a crash left behind and tries every queued row once, whenever it was due. */
  runQueued(accountId: AccountId | null): Promise<void>
}

/**
 * The durable outbox. A row is `sending` on disk before anything is dialled, so a row found in that state after a
 * crash has an unknown fate: the server is asked, and if it does not have the message only the user may send it again.
 * Nothing else leads from `sending` to a second attempt than a result that says nothing was accepted.
 */
export function createOutboxRunner(deps: OutboxRunnerDeps): OutboxRunner {
  const { store, clock, log, notice } = deps
  const { outbox } = store
  let running = false
  /** Set by `stop`: what waits for its turn is not begun any more. */
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let stopping = new AbortController()
  let wakes = 0
  let recovery: Promise<void> | null = null
  /** One message at a time for each account. */
  const lanes = new Map<AccountId, Promise<unknown>>()
  const inWork = new Map<OutboxId, Promise<void>>()

  /** Switched off: its messages stay queued, until `accountChanged` tells that it is on again. */
  const isOff = (accountId: AccountId) => isSwitchedOff(store.accounts.get(accountId), 'mail')
  const rests = (accountId: AccountId) => store.settings.get().offline || isOff(accountId)

  const words = (item: OutboxItem) => ({ subject: item.subject.slice(0, 200), outboxId: item.id })
  const settle = (item: OutboxItem) => {
    if (keepSentCopy(deps, item)) deps.taskAdded(item.accountId)
  }
  const sayUnknown = (id: OutboxId, detail: string) => {
    outbox.setState(id, 'unknown', { problem: { code: 'send-unknown', detail }, nextAttemptAtMs: null })
  }
  const saySent = (id: OutboxId) => {
    const item = outbox.setState(id, 'sent', { problem: null, nextAttemptAtMs: null, sentAtMs: clock.now() })
    settle(item)
    notice({ code: 'sent', params: words(item), undoId: null })
  }

  /** Asks the server for messages whose fate is not known; one that it has was sent. */
  const askServer = async (id: OutboxId) => {
    const row = outbox.get(id)
    if (row?.state !== 'unknown' || isOff(row.accountId)) return
    const answer = await deps.lookForMessage(row.accountId, row.messageIdHeader)
    if (answer === 'found' && outbox.get(id)?.state === 'unknown') saySent(id)
  }

  /** Once per process: rows a crash left behind. */
  const recover = () => {
    recovery ??= (async () => {
      const interrupted = outbox.interrupted()
      // All are marked before anyone is asked: asking takes time, and the truth must be on disk first.
      for (const id of interrupted) sayUnknown(id, 'interrupted while sending')
      settleSent()
      for (const id of unknownIds()) await askServer(id)
    })().catch(error => log.error('outbox recovery failed', { error: String(error) }))
    return recovery
  }
  const unknownIds = () =>
    outbox
      .list()
      .filter(item => item.state === 'unknown')
      .map(item => item.id)
  /** Sent rows whose copy could not be kept yet, or that a crash left between 250 and bookkeeping. */
  const settleSent = () => {
    for (const item of outbox.list()) if (item.state === 'sent' && outbox.sentCopy(item.id)) settle(item)
  }

  const attempt = async (row: OutboxRow): Promise<void> => {
    const mail = mailServiceOf(store.accounts.get(row.accountId))
    const password = store.accounts.password(row.accountId, 'mail')
    if (mail === null || password === null) {
      conclude(row.id, {
        state: 'failed',
        permanent: true,
        code: mail === null ? 'account-is-local' : 'login-refused',
        detail: 'no password',
      })
      return
    }
    // On disk before the connection is made (durable), so that a crash from here on is never taken for "not sent".
    outbox.setState(row.id, 'sending', { countAttempt: true })
    const wakesBefore = wakes
    let result: SubmissionResult
    try {
      const sender = { id: row.accountId, mail, password }
      result = await deps.submission.send(sender, { raw: row.raw, envelope: row.envelope }, stopping.signal)
    } catch (error) {
      log.error('submission threw', { error: String(error) })
      result = { state: 'unknown', detail: 'internal error while sending' }
    }
    conclude(row.id, result, wakes > wakesBefore)
    if (result.state === 'unknown') await askServer(row.id)
  }

  /** `woken`: the way was opened while this attempt was on the old one, so its failure says nothing of the new one. */
  const conclude = (id: OutboxId, result: SubmissionResult, woken = false) => {
    if (result.state === 'sent') return saySent(id)
    if (result.state === 'unknown') return sayUnknown(id, result.detail)
    const row = outbox.get(id)
    if (row !== null && isOff(row.accountId)) {
      // Switched off while it was tried: what the gate cut off is no fault of the message.
      outbox.setState(id, 'queued', { problem: null, nextAttemptAtMs: clock.now() })
      return
    }
    const problem = {
      code: result.code,
      detail: result.detail.slice(0, 2000),
      ...(result.stage === undefined ? {} : { stage: result.stage }),
    }
    if (!result.permanent) {
      const attempts = outbox.get(id)?.attempts ?? 1
      outbox.setState(id, 'queued', {
        problem,
        nextAttemptAtMs: clock.now() + (woken ? 0 : retryDelayMs(attempts, deps.random)),
      })
      return
    }
    outbox.setState(id, 'failed', { problem, nextAttemptAtMs: null })
  }

  /** Sends one due row in the lane of its account; a row already in work is not taken twice. */
  const work = (id: OutboxId): Promise<void> => {
    const known = inWork.get(id)
    if (known) return known
    const accountId = outbox.get(id)?.accountId
    if (accountId === undefined) return Promise.resolve()
    const job = (lanes.get(accountId) ?? Promise.resolve())
      .then(async () => {
        const row = outbox.get(id)
        // Cancelled by the user, or the whole runner stopped, while it waited for its turn.
        if (row?.state !== 'queued' || (row.nextAttemptAtMs ?? 0) > clock.now() || closed) return
        if (rests(row.accountId)) return
        await attempt(row)
      })
      .catch(error => log.error('outbox work failed', { error: String(error) }))
      .finally(() => inWork.delete(id))
    inWork.set(id, job)
    lanes.set(accountId, job)
    return job
  }

  /** Retries become due; a message that was never tried keeps its delay, in which it can still be taken back. */
  const makeDue = (accountId: AccountId | null) => {
    wakes++
    for (const item of outbox.list()) {
      const waits = item.state === 'queued' && (item.nextAttemptAtMs ?? 0) > clock.now()
      if (waits && item.attempts > 0 && (accountId === null || item.accountId === accountId))
        outbox.setState(item.id, 'queued', { nextAttemptAtMs: clock.now() })
    }
  }
  /** The clock was set back: times written before would keep a message for as long as it was set back. */
  const mendTimes = () => {
    for (const item of outbox.list()) {
      if (item.state !== 'queued' || item.nextAttemptAtMs === null) continue
      const leftMs = item.nextAttemptAtMs - clock.now()
      const isRetryTooFar = item.attempts > 0 && leftMs > LONGEST_RETRY_MS
      const isFromLater = item.queuedAtMs > clock.now() + CLOCK_CORRECTION_MS && leftMs > 0
      if (isRetryTooFar || isFromLater) outbox.setState(item.id, 'queued', { nextAttemptAtMs: clock.now() })
    }
  }

  const look = () => {
    clearTimeout(timer)
    if (!running) return
    mendTimes()
    if (!store.settings.get().offline)
      for (const id of outbox.due(clock.now())) {
        const row = outbox.get(id)
        if (row && !isOff(row.accountId)) void work(id).then(look)
      }
    const times = outbox
      .list()
      .filter(item => item.state === 'queued' && !inWork.has(item.id) && !isOff(item.accountId))
      .map(item => item.nextAttemptAtMs ?? 0)
    if (times.length === 0 || store.settings.get().offline) return
    const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(10, Math.min(...times) - clock.now()))
    timer = setTimeout(look, waitMs)
    timer.unref()
  }

  const kick = () => {
    settleSent()
    if (!running) return
    look()
    if (!store.settings.get().offline) for (const id of unknownIds()) void askServer(id)
  }

  return {
    start() {
      if (running) return
      running = true
      closed = false
      stopping = new AbortController()
      void recover().then(look)
      look()
    },
    async stop() {
      running = false
      closed = true
      clearTimeout(timer)
      const ended = Promise.all([...inWork.values()])
      const grace = setTimeout(() => stopping.abort(), STOP_GRACE_MS)
      await ended
      clearTimeout(grace)
      stopping.abort()
    },
    kick,
    wake(accountId) {
      if (!store.settings.get().offline) makeDue(accountId)
      kick()
    },
    accountChanged(accountId) {
      for (const item of outbox.list()) {
        if (item.accountId !== accountId || item.state !== 'failed') continue
        if (isEndedBySettings(item.problem))
          outbox.setState(item.id, 'queued', { problem: null, nextAttemptAtMs: clock.now() })
      }
      makeDue(accountId)
      kick()
    },
    async runQueued(accountId) {
      await recover()
      const waiting = outbox
        .list()
        .filter(item => item.state === 'queued' && (accountId === null || item.accountId === accountId))
        .sort((left, right) => left.id - right.id)
      for (const { id, accountId: accountOf } of waiting) {
        if (rests(accountOf)) continue
        outbox.setState(id, 'queued', { nextAttemptAtMs: clock.now() })
        await work(id)
      }
    },
    async runUntilFinal(id) {
      await recover()
      for (let attempts = 0; ; ) {
        const row = outbox.get(id)
        if (!row) throw new SiegelError('not-found', { what: 'outbox message' })
        const { raw: _raw, envelope: _envelope, sentCopyFlags: _flags, ...item } = row
        if (row.state !== 'queued' && row.state !== 'sending') return item
        if (attempts === ATTEMPTS_WHILE_WAITING || rests(item.accountId)) return item
        const waitMs = (row.nextAttemptAtMs ?? 0) - clock.now()
        if (waitMs > 0) await clock.sleep(waitMs, stopping.signal)
        await work(id)
        attempts++
      }
    },
  }
}

/** Refusals that are about the account and its servers, not about the message. */
const settingsCodes: ReadonlySet<string> = new Set([
  'login-refused',
  'login-unsupported',
  'certificate-refused',
  'certificate-changed',
  'tls-failed',
  'starttls-missing',
  'starttls-injection',
  'not-permitted',
])

/** Before MAIL a server knows nothing of the message. */
const stagesBeforeMessage: ReadonlySet<string> = new Set(['connect', 'greeting', 'ehlo', 'starttls', 'auth'])

const isEndedBySettings = (problem: OutboxItem['problem']) =>
  problem !== null && (settingsCodes.has(problem.code) || stagesBeforeMessage.has(problem.stage ?? ''))

/** 5 s, 10 s, 20 s ... 15 min, each between half and the whole of it, so that many clients do not come back at once. */
export function retryDelayMs(attempts: number, random: Pick<Random, 'fraction'>): number {
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(20, Math.max(0, attempts - 1)))
  return Math.round(ceiling / 2 + (ceiling / 2) * random.fraction())
}
