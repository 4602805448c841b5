import type { MailboxId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { endsSession, kindOf } from '../../../../kit/failures'
import type { MailSession } from '../../../../ports/mail/mail-backend'
import type { MailboxRow } from '../../../../ports/store'
import type { ReplayContext } from '../mail-task'

/**
 * The row of a mailbox that a task names, under the path that it has on the server: a renaming that was queued later has
 * not happened there. Throws `mailbox-missing`.
 */
export function mailboxOf({ store }: ReplayContext, id: MailboxId): MailboxRow {
  const row = store.mailboxes.row(id)
  if (!row) throw new SiegelError('mailbox-missing', { detail: 'the mailbox is gone' })
  return { ...row, path: store.mailboxes.serverPath(id) }
}

/** A server that says "not now" is asked again after this, and a change that waits for a pass goes again without one. */
export const retryMs = 60_000

const oldListing = new Error('the listing is older than what the server says')

/** The mailbox went from under its name since the last listing: whether it was removed or renamed is known after the next. */
export const isOldListing = (error: unknown): boolean =>
  error instanceof SiegelError && error.cause === oldListing

/** True when the last listing already missed this mailbox, and the server still does not name it. Throws what `isOldListing` knows, and what else it is. */
async function isGone({ session }: ReplayContext, row: MailboxRow, error: unknown): Promise<true> {
  if (!(error instanceof SiegelError) || error.code !== 'mailbox-missing' || isOldListing(error)) throw error
  if ((await session.list()).some(each => each.path === row.path)) throw error
  if (row.missingCount === 0)
    throw new SiegelError('mailbox-missing', { mailbox: row.path }, { cause: oldListing })
  return true
}

type Opened = { uidValidity: number; sameUids: boolean }

/** The mailbox as the server names it now, opened; or what `missing` makes of one that it does not have. */
async function openOr<T>(
  context: ReplayContext,
  row: MailboxRow,
  missing: (error: unknown) => T,
): Promise<Opened | T> {
  const { session, store } = context
  const path = store.mailboxes.serverPath(row.id)
  try {
    const { uidValidity } = await session.open(path, { readOnly: false })
    return { uidValidity, sameUids: row.uidValidity === null || row.uidValidity === uidValidity }
  } catch (error) {
    await isGone(context, { ...row, path }, error)
    return missing(error)
  }
}

/**
 * Opens a mailbox for changes. `sameUids` is false when UIDVALIDITY is not the one known here: then no UID that a
 * task remembers means anything.
 */
export const openForChange = (context: ReplayContext, row: MailboxRow): Promise<Opened> =>
  openOr(context, row, (error): never => {
    throw error
  })

/** As `openForChange`; null when the server has no such mailbox any more, so that nothing in it is left to change. */
export const openIfThere = (context: ReplayContext, row: MailboxRow): Promise<Opened | null> =>
  openOr(context, row, () => null)

type Identity = Readonly<{ messageIdHeader: string; sizeBytes: number; flags: readonly string[] }>

/** Message-ID, size and flags of UIDs in the open mailbox, as the server has them now. UIDs that are gone are not in it. */
export async function identify(
  { session, mime }: ReplayContext,
  uids: readonly number[],
): Promise<ReadonlyMap<number, Identity>> {
  const found = new Map<number, Identity>()
  if (uids.length === 0) return found
  for await (const { uid, header, sizeBytes, flags } of session.fetchHeaders(uids)) {
    found.set(uid, { messageIdHeader: mime.parseHeader(header).messageIdHeader, sizeBytes, flags })
  }
  return found
}

/**
 * UIDs in the open mailbox that carry this Message-ID and belong to no other message here. Without `sameUids` the
 * UIDs known here are of another numbering and claim nothing.
 */
export async function findUnclaimed(
  { session, store }: ReplayContext,
  mailboxId: MailboxId,
  messageIdHeader: string,
  options: { sameUids: boolean; except?: ReadonlySet<number> },
): Promise<readonly number[]> {
  if (messageIdHeader === '') return []
  const claimed = new Set(options.sameUids ? store.messages.knownUids(mailboxId) : [])
  const found = await session.searchMessageId(messageIdHeader)
  return found.filter(uid => !claimed.has(uid) && !options.except?.has(uid))
}

/**
 * Removes messages, or leaves them as they were: a removal that is refused half-way would leave them marked \\Deleted, and
 * the next EXPUNGE of any client would take what the user may have decided to keep.
 */
export async function orUnmarked<T>(
  session: MailSession,
  uids: readonly number[],
  remove: () => Promise<T>,
): Promise<T> {
  try {
    return await remove()
  } catch (error) {
    if (kindOf(error) === 'local' && !endsSession(error) && uids.length > 0)
      await session.storeFlags(uids, { add: [], remove: ['\\Deleted'] }).catch(() => undefined)
    throw error
  }
}

/**
 * Puts something into a mailbox of the server, which is made once where the server does not have it any more: it was
 * removed elsewhere, and the user has meanwhile chosen it here. Throws what `isOldListing` knows, and what CREATE is refused with.
 */
export async function intoMailbox<T>(
  context: ReplayContext,
  row: MailboxRow,
  put: () => Promise<T>,
): Promise<T> {
  try {
    return await put()
  } catch (error) {
    await isGone(context, row, error)
    await context.session.createMailbox(row.path)
    return put()
  }
}
