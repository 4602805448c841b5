import { useEffect, useMemo, useRef } from 'react'
import type { MailboxRole, MailboxSummary } from '../../../../shared/features/mail/model'
import type { CallOutput } from '../../../../shared/ipc/contract'
import type { MailboxId, MessageId } from '../../../../shared/kit/ids'
import type { Failure } from '../../../../shared/kit/result'
import { forgetLeaving, listTold, useLeaving, withoutLeaving } from '../../../state/leaving'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { useMail } from '../state'
import { keepRow } from './rows/keep-row'
import { afterChange } from './selection'

/** What the list shows now. */
export type MessageList = Readonly<{
  ids: readonly MessageId[]
  /** Place of each message in `ids`. */
  positions: ReadonlyMap<MessageId, number>
  /** No answer yet; there is nothing to show. */
  isFirstLoad: boolean
  failure: Failure | null
  refresh: () => void
  /** Role of the mailboxes shown, when they share one. */
  role: MailboxRole
  /** The one mailbox shown, when it is one. */
  mailbox: MailboxSummary | null
  /** All matches of a search, more than `ids` when there are too many to list. */
  searchTotal: number | null
  /** What a search could not look at; null when it looked at everything, and without a search. */
  searchLimits: Pick<CallOutput<'search.query'>, 'isCut' | 'leftOut' | 'renewing'> | null
}>

/** A search lists this many; nobody reads on beyond, and every further word narrows it. */
const mostResults = 2000
const none: readonly MessageId[] = []

/** Ids of the chosen mailbox, role or search, newest first, and the selection kept true to them. */
export function useMessageList(mailboxes: readonly MailboxSummary[]): MessageList {
  const source = useMail(state => state.source)
  const filter = useMail(state => state.filter)
  const search = useMail(state => state.search)
  const keptId = useMail(state => state.keptId)
  const searching = search !== null && search.text.trim() !== ''

  const listed = useLiveQuery(
    'messages.index',
    searching
      ? null
      : {
          mailboxId: source.kind === 'mailbox' ? source.mailboxId : null,
          role: source.kind === 'role' ? source.role : null,
          unreadOnly: filter === 'unread',
          flaggedOnly: filter === 'flagged',
        },
  )
  const found = useLiveQuery(
    'search.query',
    searching ? { text: search.text.trim(), mailboxId: search.mailboxId, limit: mostResults } : null,
  )
  const answer = searching ? found : listed
  const fresh = answer.data?.ids ?? none

  const before = useRef<readonly MessageId[]>(none)
  const leaving = useLeaving()
  const ids = useMemo(
    () => withoutLeaving(keepRow(before.current, fresh, filter === 'unread' ? keptId : null), leaving),
    [fresh, filter, keptId, leaving],
  )
  const positions = useMemo(() => new Map(ids.map((id, at) => [id, at])), [ids])
  const isKnown = answer.data !== undefined

  useEffect(() => listTold(fresh), [fresh])
  // The same list chosen again is not another one: what is on its way out of it stays out.
  const shown = JSON.stringify([source, filter, search])
  useEffect(() => {
    void shown
    return forgetLeaving
  }, [shown])

  useEffect(() => {
    if (!isKnown) return
    const { selection } = useMail.getState()
    const next = afterChange(before.current, ids, selection)
    before.current = ids
    if (next !== selection) useMail.setState({ selection: next })
  }, [ids, isKnown])

  const mailbox = source.kind === 'mailbox' ? mailboxes.find(({ id }) => id === source.mailboxId) : undefined
  const single = source.kind === 'role' ? onlyOne(mailboxes, source.role) : mailbox
  return {
    ids,
    positions,
    isFirstLoad: !isKnown && answer.failure === null,
    failure: answer.failure,
    refresh: answer.refresh,
    role: source.kind === 'role' ? source.role : (mailbox?.role ?? 'none'),
    mailbox: single ?? null,
    searchTotal: searching ? (found.data?.total ?? 0) : null,
    searchLimits:
      searching &&
      found.data !== undefined &&
      (found.data.isCut || found.data.leftOut > 0 || found.data.renewing)
        ? found.data
        : null,
  }
}

function onlyOne(mailboxes: readonly MailboxSummary[], role: MailboxRole): MailboxSummary | undefined {
  const same = mailboxes.filter(mailbox => mailbox.role === role)
  return same.length === 1 ? same[0] : undefined
}

/** Mailbox the search field offers as a place to search, if any. */
export const searchScopeOf = (list: MessageList): MailboxId | null => list.mailbox?.id ?? null
