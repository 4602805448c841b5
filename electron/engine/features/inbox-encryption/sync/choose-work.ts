import type { AccountId } from '../../../../../shared/kit/ids'
import type {
  Candidate,
  Direction,
  InboxEncryptionJob,
  InboxEncryptionSettings,
} from '../../../ports/keys/inbox-encryption'
import type { MailboxRow, Store } from '../../../ports/store'

/** One step holds the account for so long at most: few messages, few bytes. */
const messagesPerStep = 20
const bytesPerStep = 4_000_000

export type Work = Readonly<{
  direction: Direction
  mailbox: MailboxRow
  candidates: readonly Candidate[]
  /** Null: mail that arrived. */
  job: InboxEncryptionJob | null
}>

/** After these nothing is tried again by itself: the server does not do what it says. */
const standsStill: ReadonlySet<string> = new Set([
  'copy-differs',
  'copy-missing',
  'date-not-kept',
  'original-stays',
  'capability-missing',
])

/** What comes next for an account: new mail first, then the job. Null when there is nothing to do. */
export function chooseWork(
  store: Pick<Store, 'inboxEncryption' | 'mailboxes'>,
  accountId: AccountId,
  nowMs: number,
): Work | null {
  const { inboxEncryption } = store
  const settings = inboxEncryption.settings(accountId)
  if (settings.on && !standsStill.has(settings.problem?.code ?? '')) {
    const mailboxIds = arrivalMailboxes(store, accountId, settings).map(each => each.id)
    const { sinceMs } = settings
    const found = inboxEncryption.arrivals({ mailboxIds, sinceMs, nowMs, limit: messagesPerStep })
    const work = workOf(store, 'encrypt', found, null, messagesPerStep)
    if (work) return work
  }
  const job = inboxEncryption.job(accountId)
  if (job?.state !== 'running') return null
  const left = job.limit === null ? messagesPerStep : job.limit - job.done - job.skipped - job.failed
  const most = Math.min(messagesPerStep, left, settings.messagesPerMinute ?? messagesPerStep)
  const direction = job.kind === 'back-catalogue' ? 'encrypt' : 'decrypt'
  return most < 1
    ? null
    : workOf(store, direction, inboxEncryption.candidates(job, accountId, most), job, most)
}

/** The mailboxes whose new mail is taken: the inbox, and those the user chose. */
export function arrivalMailboxes(
  store: Pick<Store, 'mailboxes'>,
  accountId: AccountId,
  settings: InboxEncryptionSettings,
): readonly MailboxRow[] {
  const wanted = new Set(['INBOX', ...settings.folders])
  return store.mailboxes.rows(accountId).filter(row => row.selectable && wanted.has(row.path))
}

/** The candidates of the first mailbox among them, up to the bytes of one step; one message always goes. */
function workOf(
  store: Pick<Store, 'mailboxes'>,
  direction: Direction,
  found: readonly Candidate[],
  job: InboxEncryptionJob | null,
  most: number,
): Work | null {
  const [first] = found
  const mailbox = first && store.mailboxes.row(first.mailboxId)
  if (!mailbox) return null
  const candidates: Candidate[] = []
  let bytes = 0
  for (const candidate of found.filter(each => each.mailboxId === mailbox.id).slice(0, most)) {
    bytes += candidate.sizeBytes
    if (candidates.length > 0 && bytes > bytesPerStep) break
    candidates.push(candidate)
  }
  return { direction, mailbox, candidates, job }
}
