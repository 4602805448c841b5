import type { MailboxRole } from '../../../../../../shared/features/mail/model'
import type { MailboxId } from '../../../../../../shared/kit/ids'
import { localMessage } from '../../../../kit/local-message'
import { localMailboxes } from '../../../../kit/mailboxes/role-mailbox'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { sampleMessages } from './sample/messages'
import { addSampleCollections } from './sample-collections'

/** A local account with the project's own sample mail: something to look at without an account and without a network. */
export function sampleUseCases(
  context: Needs<
    'calendarObjects' | 'cards' | 'clock' | 'mime' | 'random' | 'todoFormat',
    'accounts' | 'calendars' | 'contacts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'
  >,
): Pick<UseCases, 'accounts.addSample'> {
  const { store, mime, clock } = context
  return {
    'accounts.addSample': () => {
      const here = store.accounts.list().find(each => each.sample)
      if (here) return here
      return store.transaction(() => {
        const account = store.accounts.add({
          config: { address: 'sample', displayName: 'Sample', services: {} },
          sample: true,
          password: null,
        })
        const roles = localMailboxes(store, account.id)
        const own = new Map<string, MailboxId>()
        const target = (name: string): MailboxId => {
          const known = roles.get(name as MailboxRole) ?? own.get(name)
          if (known !== undefined) return known
          const { id } = store.mailboxes.create({
            accountId: account.id,
            path: name,
            delimiter: '/',
            role: 'none',
          })
          own.set(name, id)
          return id
        }
        for (const { mailbox, raw, flags, internalDateMs } of sampleMessages(clock.now())) {
          const parsed = mime.parseMessage(raw)
          store.messages.insertLocal(target(mailbox), localMessage(raw, parsed, { flags, internalDateMs }))
        }
        addSampleCollections(context)
        return account
      })
    },
  }
}
