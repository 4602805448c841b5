import { useCallback, useMemo } from 'react'
import type { MessageSummary } from '../../../../../shared/features/mail/model'
import { showsRecipients, writtenMailboxes } from '../../../../../shared/features/mail/shows-recipients'
import type { MailboxId } from '../../../../../shared/kit/ids'
import { useLiveQuery } from '../../../../state/live/use-live-query'

/** Whether the row of a message shows to whom it goes. The answer changes with folders and accounts, not with their counts. */
export function useShowsRecipients(): (message: MessageSummary) => boolean {
  const mailboxes = useLiveQuery('mailboxes.list', {})
  const accounts = useLiveQuery('accounts.list', {})
  const written = [...writtenMailboxes(mailboxes.data ?? [])].join()
  const own = (accounts.data ?? []).map(({ config }) => config.address.toLowerCase()).join('\n')
  const sets = useMemo(
    () => ({
      written: new Set(written.split(',').map(Number) as MailboxId[]),
      own: new Set(own.split('\n')),
    }),
    [written, own],
  )
  return useCallback(message => showsRecipients(message, sets.written, sets.own), [sets])
}
