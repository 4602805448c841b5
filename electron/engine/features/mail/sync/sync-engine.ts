import { hasMailServer, isServiceOn, isSwitchedOff } from '../../../../../shared/features/accounts/services'
import type { AccountId, MailboxId, MessageId } from '../../../../../shared/kit/ids'
import { SiegelError, toFailure } from '../../../../../shared/kit/result'
import type { Problem } from '../../../../../shared/kit/status'
import { refuseSwitchedOff } from '../../../kit/require'
import type { Clock, Log, Random } from '../../../ports/basics'
import type { MailBackend, MailSession } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { ServiceBoard } from '../../../ports/status-board'
import type { Store } from '../../../ports/store'
import { AccountSync, type PassHooks } from './account-sync'
import type { OnBodies } from './pass/sync-context'

/** What one run of `runOnce` did. `bytes` are those of bodies. */
type SyncRun = {
  folders: number
  messages: number
  new: number
  bytes: number
  elapsedMs: number
  problems: { accountId: AccountId; problem: Problem }[]
}

/** Sync of all IMAP accounts. Local accounts are left alone. */
export type SyncEngine = {
  /** Background sync of one account: a pass, then watching. Safe to call twice. One that is switched off only says so. */
  start(accountId: AccountId): void
  startAll(): void
  stop(accountId: AccountId): Promise<void>
  /** For good. */
  stopAll(): Promise<void>
  /** A pass soon, of one account or all that run in the background. */
  syncNow(accountId: AccountId | null): void
  /** The machine woke, or the network changed. */
  wake(): void
  /** What an account waited for on its way out (Tor) is there. */
  wayOpened(accountId: AccountId): void
  /** One complete pass. Never throws for an account: what went wrong is in `problems`. */
  runOnce(accountId: AccountId | null, mailboxId: MailboxId | null): Promise<SyncRun>
  /** Every byte of a message now. Throws `not-found`, `body-not-here`, network and server codes. */
  download(messageId: MessageId): Promise<void>
  /** Work on a signed-in connection of an account. */
  withSession<T>(accountId: AccountId, work: (session: MailSession) => Promise<T>): Promise<T>
  /** As `withSession`, while neither a pass nor a replay of that account runs. */
  exclusively<T>(accountId: AccountId, work: (session: MailSession) => Promise<T>): Promise<T>
  /** A task was queued: it is replayed soon when the account runs in the background. */
  taskAdded(accountId: AccountId): void
}

const nothingElse: PassHooks = {
  hasUnfinished: () => false,
  resume: async () => undefined,
  kick: () => undefined,
}

/** Sync over ports. Nothing is dialled before `start`, `runOnce`, `download` or `withSession`. */
export function createSyncEngine(deps: {
  store: Store
  backend: MailBackend
  mime: MimePort
  clock: Clock
  random: Random
  log: Log
  board: ServiceBoard
  passHooks?: PassHooks
  onBodies?: OnBodies
  onLearned?: (accountId: AccountId) => void
}): SyncEngine {
  const nothing = () => undefined
  const { store, board, clock, onBodies = nothing, onLearned = nothing, passHooks = nothingElse } = deps
  const accounts = new Map<AccountId, AccountSync>()
  const running = new Set<AccountId>()
  const accountSync = (id: AccountId): AccountSync => {
    const account = store.accounts.get(id)
    refuseSwitchedOff(account, 'mail')
    const known = accounts.get(id)
    if (known) return known
    if (!account) throw new SiegelError('not-found', { what: 'account' })
    if (!hasMailServer(account)) throw new SiegelError('account-is-local')
    const made = new AccountSync(id, { ...deps, onBodies, onLearned, passHooks })
    accounts.set(id, made)
    return made
  }
  const imapAccounts = () => store.accounts.list().filter(hasMailServer)

  /** After `stopAll` the store may be closed any moment: nobody begins anything more. */
  let ended = false
  const start = (id: AccountId) => {
    if (ended) return
    const account = store.accounts.get(id)
    if (!hasMailServer(account)) return
    if (isSwitchedOff(account, 'mail')) {
      // Ended by another `start`, when it is switched on.
      board.set(id, { state: 'off' })
      return
    }
    running.add(id)
    accountSync(id).start()
  }
  const stop = async (id: AccountId) => {
    running.delete(id)
    const account = accounts.get(id)
    accounts.delete(id)
    await account?.stop()
    board.remove(id)
  }

  return {
    start,
    stop,
    startAll() {
      for (const { id } of imapAccounts()) start(id)
    },
    stopAll: async () => {
      ended = true
      await Promise.all([...accounts.keys()].map(stop))
    },
    syncNow(id) {
      for (const each of id === null ? running : [id]) if (running.has(each)) accounts.get(each)?.syncNow()
    },
    wake() {
      for (const account of accounts.values()) account.wake()
    },
    wayOpened: id => accounts.get(id)?.wayOpened(),
    async runOnce(accountId, mailboxId) {
      const startedAt = clock.now()
      const run: SyncRun = { folders: 0, messages: 0, new: 0, bytes: 0, elapsedMs: 0, problems: [] }
      const only = mailboxId === null ? accountId : (store.mailboxes.row(mailboxId)?.accountId ?? accountId)
      const switchedOn = () => imapAccounts().filter(account => isServiceOn(account, 'mail'))
      for (const id of only === null ? switchedOn().map(each => each.id) : [only]) {
        try {
          const report = await accountSync(id).runOnce(mailboxId)
          run.folders += report.folders
          run.messages += report.messages
          run.new += report.new
          run.bytes += report.bytes
          for (const problem of report.problems)
            run.problems.push({ accountId: id, problem: { ...problem, params: { ...problem.params } } })
        } catch (error) {
          const problem = toFailure(error)
          run.problems.push({ accountId: id, problem: { ...problem, params: { ...problem.params } } })
        }
      }
      run.elapsedMs = clock.now() - startedAt
      return run
    },
    async download(messageId) {
      if (store.messages.raw(messageId)) return
      const location = store.messages.location(messageId)
      const mailbox = location && store.mailboxes.row(location.mailboxId)
      if (!mailbox) throw new SiegelError('not-found', { what: 'message' })
      await accountSync(mailbox.accountId).download(messageId)
    },
    withSession: (accountId, work) => accountSync(accountId).withSession(work),
    exclusively: async (accountId, work) => accountSync(accountId).exclusively(work),
    taskAdded: id => accounts.get(id)?.taskAdded(),
  }
}
