import { useEffect, useMemo } from 'react'
import type { MessageDetail, MessageSummary } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { useLive } from '../../../state/live/live-context'
import { type LiveResult, useLiveQuery } from '../../../state/live/use-live-query'
import { useRow } from '../../../state/live/use-row'

/** Answers whose row was taken: one that was kept from before says nothing new of it. */
const taken = new WeakSet<MessageDetail>()

/** What changes while a message is open without its text being another: the row knows, and the message is not opened for it again. */
const withRow = (summary: MessageSummary, row: MessageSummary): MessageSummary => ({
  ...summary,
  flags: row.flags,
  keywords: row.keywords,
  pending: row.pending,
  mailboxId: row.mailboxId,
  threadId: row.threadId,
  threadCount: row.threadCount,
})

/** A message to be read, with its row as it is now. */
export function useDetail(id: MessageId): LiveResult<MessageDetail> {
  const { rows } = useLive()
  const answer = useLiveQuery('messages.get', { messageId: id })
  const { data } = answer
  useEffect(() => {
    if (data === undefined || taken.has(data)) return
    taken.add(data)
    rows.opened(data.summary)
  }, [data, rows])
  const row = useRow(id)
  const shown = useMemo(
    () => (data === undefined || row === undefined ? data : { ...data, summary: withRow(data.summary, row) }),
    [data, row],
  )
  return { ...answer, data: shown }
}
