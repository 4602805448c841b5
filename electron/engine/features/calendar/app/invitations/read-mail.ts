import { secureAliasOf } from '../../../../../../shared/features/accounts/mailbox-org'
import { mailServiceOf } from '../../../../../../shared/features/accounts/services'
import type { CalendarId } from '../../../../../../shared/features/calendar/model'
import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { StoredObject } from '../../../../ports/calendar/calendar-store'
import type { Judged, Known, ReadInvitation } from '../../../../ports/calendar/invitations'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'

export type LookContext = Needs<
  'clock' | 'invitations' | 'mime' | 'reading' | 'remote',
  'accounts' | 'calendars' | 'invitations' | 'mailboxes' | 'messages' | 'outbox'
>

/** One invitation of a mail with what is known of it here. */
export type Found = Readonly<{
  invitation: ReadInvitation
  /** The account that is meant. */
  accountId: AccountId
  stored: StoredObject | null
  known: Known
  judged: Judged
}>

type Addresses = Readonly<{ id: AccountId; mine: readonly string[] }>

/** My addresses, account by account; the one that a mail came to first. */
export function ownAddresses(
  { store }: Needs<never, 'accounts'>,
  first: AccountId | null,
): readonly Addresses[] {
  const all = store.accounts.list().map(account => {
    const alias = secureAliasOf(account)
    return { id: account.id, mine: [account.config.address, ...(alias === null ? [] : [alias])] }
  })
  return [...all.filter(({ id }) => id === first), ...all.filter(({ id }) => id !== first)]
}

/** The object of an account that has this UID: in a calendar of its own, on this machine, or of another of my accounts. */
function objectOf(
  { store }: Needs<never, 'calendars'>,
  accountId: AccountId,
  uid: string,
): StoredObject | null {
  const calendars = store.calendars.list()
  const own = calendars.filter(each => each.accountId === accountId)
  const local = calendars.filter(each => each.accountId === null)
  const others = calendars.filter(
    each => each.accountId !== null && each.accountId !== accountId && each.owner === '',
  )
  for (const calendar of [...own, ...local, ...(own.length > 0 ? [] : others)]) {
    const [id] = store.calendars.byUid(calendar.id, uid, 'VEVENT')
    const object = id === undefined ? null : store.calendars.object(id)
    if (object) return object
  }
  return null
}

/** Where an event of an account is put that is in no calendar yet. */
export function calendarFor({ store }: Needs<never, 'calendars'>, accountId: AccountId): CalendarId | null {
  const calendars = store.calendars.list().filter(each => !each.isReadOnly)
  const found =
    calendars.find(each => each.accountId === accountId && each.owner === '') ??
    calendars.find(each => each.accountId === null) ??
    calendars.find(each => each.owner === '')
  return found?.id ?? null
}

/** The message with its bytes; where only its text is here and it has a calendar file, all of it is fetched. */
async function openedWhole({ reading }: LookContext, messageId: MessageId): Promise<OpenedMessage> {
  const opened = await reading.open(messageId)
  const has = opened.parsed?.attachments.some(
    ({ contentType, fileName }) =>
      /calendar|\/ics$|ms-tnef$/.test(contentType) || /\.ics$|^win(?:mail)?\.dat$/i.test(fileName),
  )
  if (opened.raw !== null || has === false) return opened
  await reading.whole(messageId)
  return reading.open(messageId)
}

/** Whether the provider found the sender to be false. */
function isForged(
  { remote, store }: LookContext,
  raw: Uint8Array,
  from: string,
  accountId: AccountId,
): boolean {
  const mail = mailServiceOf(store.accounts.get(accountId))
  if (mail === null) return false
  return remote.authenticate(raw, { from, hosts: [mail.imap.host, mail.smtp.host] }) === 'failed'
}

/** Everything that a mail asks for. Throws `not-found`, `calendar-unreadable`, network codes. */
export async function invitationsIn(
  context: LookContext,
  messageId: MessageId,
  zone: string,
): Promise<readonly Found[]> {
  const { store, mime, clock } = context
  const location = store.messages.location(messageId)
  const mailbox = location && store.mailboxes.row(location.mailboxId)
  if (!mailbox) throw new SiegelError('not-found', { what: 'message' })
  const opened = await openedWhole(context, messageId)
  const { parsed, security } = opened
  const parts = opened.raw === null ? [] : mime.readCalendars(opened.effectiveRaw)
  if (parsed === null || parts.length === 0) return []
  const own = ownAddresses(context, mailbox.accountId)
  const [from] = parsed.header.from
  const read = context.invitations.read(
    parts,
    {
      from: from?.address ?? '',
      signer: security.signature === 'good' ? (security.signer?.address ?? null) : null,
      senders: [...parsed.header.sender, ...parsed.header.replyTo].map(({ address }) => address),
      isForged:
        from !== undefined &&
        opened.raw !== null &&
        isForged(context, opened.raw, from.address, mailbox.accountId),
      mine: own.map(({ mine }) => mine),
    },
    zone,
  )
  return read.map(invitation => {
    const accountId =
      own.find(({ mine }) => mine.some(each => invitation.mine.includes(each)))?.id ?? mailbox.accountId
    const stored = invitation.uid === '' ? null : objectOf(context, accountId, invitation.uid)
    const remembered = store.invitations.known(accountId, invitation.uid)
    // An event that is no longer here can come again: it was taken back, or deleted.
    const received = stored
      ? remembered.received
      : remembered.received.map(each => (each.isStored ? { ...each, isStored: false } : each))
    const known = { received, answers: remembered.answers, bytes: stored?.bytes ?? null }
    const judged = invitation.judge(known, { zone, nowMs: clock.now() })
    return { invitation, accountId, stored, known, judged }
  })
}

export const sameBytes = (left: Uint8Array | null, right: Uint8Array | null): boolean =>
  left === right || (left !== null && right !== null && Buffer.from(left).equals(right))
