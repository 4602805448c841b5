import { hasMailServer } from '../../../../../shared/features/accounts/services'
import type { InboxEncryptionStatus } from '../../../../../shared/features/inbox-encryption/model'
import type { AccountId, MailboxId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import { requireAccount, requireMailbox } from '../../../kit/require'
import type { InboxEncryptionJob, InboxEncryptionSettings } from '../../../ports/keys/inbox-encryption'
import type { Needs } from '../../../ports/parts'
import type { ParsedInput, UseCases } from '../../../ports/use-cases'
import { keysOf, publicKeysOf } from '../sync/account-keys'
import { arrivalMailboxes } from '../sync/choose-work'
import { clearProblem } from '../sync/keep-books'

/** Mail that came a moment ago by the server's clock, which may go wrong a little, still counts as new. */
const graceMs = 5 * 60_000

/** The encrypted inbox: switched, looked at, run over folders, taken back. */
export function inboxEncryptionUseCases(
  context: Needs<
    'background' | 'clock' | 'inboxEncryption' | 'sync' | 'vault',
    'accounts' | 'inboxEncryption' | 'mailboxes' | 'openpgp'
  >,
): Pick<
  UseCases,
  | 'inboxEncryption.status'
  | 'inboxEncryption.set'
  | 'inboxEncryption.preview'
  | 'inboxEncryption.run'
  | 'inboxEncryption.pause'
  | 'inboxEncryption.resume'
  | 'inboxEncryption.undo'
  | 'inboxEncryption.skips'
> {
  const { store } = context
  const inbox = store.inboxEncryption
  return {
    'inboxEncryption.status': ({ accountId }) => statusOf(context, accountId),
    'inboxEncryption.set': async ({ accountId, ...change }) => {
      requireServer(context, accountId)
      const before = inbox.settings(accountId)
      const next = changed(context, before, change)
      inbox.saveSettings(accountId, { ...next, on: before.on && next.on })
      if (next.on && !before.on) {
        try {
          await checkBeforeSwitchingOn(context, accountId)
        } catch (error) {
          inbox.saveSettings(accountId, before)
          throw error
        }
        const sinceMs = context.clock.now() - graceMs
        inbox.saveSettings(accountId, { ...next, sinceMs, problem: null })
        context.inboxEncryption.kick(accountId)
      }
      return statusOf(context, accountId)
    },
    'inboxEncryption.preview': ({ accountId, kind, mailboxIds }) => {
      requireServer(context, accountId)
      if (kind === 'undo') return { ...inbox.measure(kind, accountId, []), mailboxes: [] }
      const mailboxes = ofAccount(context, accountId, mailboxIds).map(mailboxId => ({
        mailboxId,
        ...inbox.measure(kind, accountId, [mailboxId]),
      }))
      return { ...inbox.measure(kind, accountId, mailboxIds), mailboxes }
    },
    'inboxEncryption.run': async ({ accountId, kind, mailboxIds, limit }) => {
      requireServer(context, accountId)
      ofAccount(context, accountId, mailboxIds)
      if (kind === 'back-catalogue') {
        if (!inbox.settings(accountId).on)
          throw new SiegelError('conflict', { what: 'encryption of the inbox' })
        await publicKeysOf(store, context.vault, accountId)
      }
      return startJob(context, accountId, { kind, mailboxIds, limit })
    },
    'inboxEncryption.pause': ({ accountId, cancel }) => {
      const job = inbox.job(accountId)
      if (job && (job.state === 'running' || job.state === 'paused'))
        inbox.saveJob(accountId, { ...job, state: cancel ? 'stopped' : 'paused' })
      return statusOf(context, accountId)
    },
    'inboxEncryption.resume': async ({ accountId }) => {
      const job = inbox.job(accountId)
      if (job?.state === 'paused') inbox.saveJob(accountId, { ...job, state: 'running' })
      clearProblem(store, accountId)
      await work(context, accountId)
      return statusOf(context, accountId)
    },
    'inboxEncryption.undo': ({ accountId }) => {
      requireServer(context, accountId)
      if (inbox.undoable(accountId) === 0) throw new SiegelError('nothing-to-undo')
      return startJob(context, accountId, { kind: 'undo', mailboxIds: [], limit: null })
    },
    'inboxEncryption.skips': ({ accountId }) => [...inbox.skips(accountId)],
  }
}

/** Where nothing runs in the background: takes what a pass has brought. What stands in the way is in the status. */
export async function encryptArrivals(
  context: Needs<'inboxEncryption', 'accounts' | 'inboxEncryption'>,
  accountId: AccountId | null,
): Promise<void> {
  const accounts = accountId === null ? context.store.accounts.list().map(each => each.id) : [accountId]
  for (const id of accounts) {
    const { settings, job } = context.store.inboxEncryption
    // A job that was cut off by the network goes on too, also one that takes encryption back.
    if (!settings(id).on && job(id)?.state !== 'running') continue
    try {
      await context.inboxEncryption.run(id)
    } catch (error) {
      // The pass has told of a broken connection already; the next one tries again.
      if (!(error instanceof SiegelError)) throw error
    }
  }
}

async function work(context: Needs<'background' | 'inboxEncryption'>, accountId: AccountId): Promise<void> {
  if (context.background) context.inboxEncryption.kick(accountId)
  else await context.inboxEncryption.run(accountId)
}

async function startJob(
  context: Needs<'background' | 'inboxEncryption', 'accounts' | 'inboxEncryption' | 'mailboxes' | 'openpgp'>,
  accountId: AccountId,
  what: Pick<InboxEncryptionJob, 'kind' | 'mailboxIds' | 'limit'>,
): Promise<InboxEncryptionStatus> {
  const { inboxEncryption } = context.store
  const last = inboxEncryption.job(accountId)
  if (last?.state === 'running')
    throw new SiegelError('conflict', { what: 'encryption of the inbox', state: 'running' })
  const { count } = inboxEncryption.measure(what.kind, accountId, what.mailboxIds)
  clearProblem(context.store, accountId)
  inboxEncryption.saveJob(accountId, {
    ...what,
    number: (last?.number ?? 0) + 1,
    state: 'running',
    total: Math.min(count, what.limit ?? count),
    done: 0,
    skipped: 0,
    failed: 0,
  })
  await work(context, accountId)
  return statusOf(context, accountId)
}

function statusOf(
  context: Needs<never, 'accounts' | 'inboxEncryption' | 'mailboxes' | 'openpgp'>,
  accountId: AccountId,
): InboxEncryptionStatus {
  const { store } = context
  requireAccount(context, accountId)
  const settings = store.inboxEncryption.settings(accountId)
  const job = store.inboxEncryption.job(accountId)
  const keys = keysOf(store, accountId)
  return {
    accountId,
    on: settings.on,
    keys: [...keys],
    hideSubject: settings.hideSubject,
    keepOriginalsDays: settings.keepOriginalsDays,
    mailboxIds: arrivalMailboxes(store, accountId, settings)
      .filter(each => each.path !== 'INBOX')
      .map(each => each.id),
    messagesPerMinute: settings.messagesPerMinute,
    keyBackedUp: keys[0] !== undefined && store.openpgp.ownKey(keys[0])?.backedUpAtMs != null,
    problem: settings.problem && { ...settings.problem, detail: settings.problem.detail.slice(0, 500) },
    job: job && {
      kind: job.kind,
      state: job.state,
      total: job.total,
      done: job.done,
      skipped: job.skipped,
      failed: job.failed,
    },
    undoable: store.inboxEncryption.undoable(accountId),
  }
}

function changed(
  context: Needs<never, 'mailboxes'>,
  before: InboxEncryptionSettings,
  change: Omit<ParsedInput<'inboxEncryption.set'>, 'accountId'>,
): InboxEncryptionSettings {
  return {
    ...before,
    on: change.on ?? before.on,
    extraKeys: change.extraKeys ?? before.extraKeys,
    hideSubject: change.hideSubject ?? before.hideSubject,
    keepOriginalsDays: change.keepOriginalsDays ?? before.keepOriginalsDays,
    folders: change.mailboxIds?.map(id => requireMailbox(context, id).path) ?? before.folders,
    messagesPerMinute:
      change.messagesPerMinute === undefined ? before.messagesPerMinute : change.messagesPerMinute,
  }
}

/**
 * The key is there, can be used, and a copy of it lies somewhere else; the server can remove single messages. A server
 * that cannot be reached now is asked again before anything is changed on it.
 */
async function checkBeforeSwitchingOn(
  context: Needs<'sync' | 'vault', 'inboxEncryption' | 'openpgp'>,
  accountId: AccountId,
): Promise<void> {
  const { store, vault, sync } = context
  await publicKeysOf(store, vault, accountId)
  const [own] = keysOf(store, accountId)
  if (own !== undefined && store.openpgp.ownKey(own)?.backedUpAtMs == null)
    throw new SiegelError('key-not-backed-up', { fingerprint: own })
  const uidplus = await sync
    .withSession(accountId, async session => session.capabilities.uidplus)
    .catch(() => true)
  if (!uidplus) throw new SiegelError('capability-missing', { capability: 'UIDPLUS' })
}

function requireServer(context: Needs<never, 'accounts'>, accountId: AccountId): void {
  if (!hasMailServer(requireAccount(context, accountId))) throw new SiegelError('account-is-local')
}

function ofAccount(
  context: Needs<never, 'mailboxes'>,
  accountId: AccountId,
  mailboxIds: readonly MailboxId[],
): readonly MailboxId[] {
  for (const id of mailboxIds) {
    if (requireMailbox(context, id).accountId !== accountId)
      throw new SiegelError('bad-request', { detail: 'a folder of another account' })
  }
  return mailboxIds
}
