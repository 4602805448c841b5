import { useCallback, useSyncExternalStore } from 'react'
import type { MailboxSummary } from '../../../../shared/features/mail/model'
import type { AccountId, MailboxId, MessageId } from '../../../../shared/kit/ids'
import { useLive } from '../../../state/live/live-context'

export type Places = Readonly<{ accountIds: readonly AccountId[]; mailboxIds: readonly MailboxId[] }>

/** Rows waited for where none is here; the others are of the same list. */
const mostWatched = 20

/**
 * Where messages lie, as far as it is known: by the rows that are here, else by the one mailbox that is shown. Null until one
 * row has come: a message that moved up in the list a moment ago may be filed before its row is drawn.
 */
export function usePlacesOf(ids: readonly MessageId[], shown: MailboxSummary | null): Places | null {
  const { rows } = useLive()
  const watch = useCallback(
    (listener: () => void) => {
      const stops = ids.slice(0, mostWatched).map(id => rows.watch(id, listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
    [rows, ids],
  )
  useSyncExternalStore(watch, () => ids.slice(0, mostWatched).filter(id => rows.get(id) !== undefined).length)
  const here = ids.flatMap(id => rows.get(id) ?? [])
  const all = [
    ...here,
    ...(shown !== null && here.length === 0 ? [{ accountId: shown.accountId, mailboxId: shown.id }] : []),
  ]
  if (all.length === 0) return null
  return {
    accountIds: [...new Set(all.map(({ accountId }) => accountId))],
    mailboxIds: [...new Set(all.map(({ mailboxId }) => mailboxId))],
  }
}
