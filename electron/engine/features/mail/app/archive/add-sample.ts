import type { MailboxRole } from '../../../../../../shared/features/mail/model'
import type { MailboxId } from '../../../../../../shared/kit/ids'
import { localMessage } from '../../../../kit/local-message'
import { localMailboxes } from '../../../../kit/mailboxes/role-mailbox'
import { newUid } from '../../../../kit/objects/new-uid'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { sampleMessages } from './sample/messages'
import { sampleTodos } from './sample/sample-todos'

/** A local account with the project's own sample mail: something to look at without an account and without a network. */
export function sampleUseCases(
  context: Needs<
    'clock' | 'mime' | 'random' | 'todoFormat',
    'accounts' | 'calendars' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'
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
        addTodos(context)
        return account
      })
    },
  }
}

/** To-dos go into a calendar of their own, which can be deleted with all of them. */
function addTodos({
  store,
  clock,
  random,
  todoFormat,
}: Needs<'clock' | 'random' | 'todoFormat', 'calendars'>): void {
  const name = 'Beispiel · Sample'
  if (store.calendars.list().some(each => each.name === name)) return
  const { id } = store.calendars.addLocal({ name, colour: '#4e9a06' })
  const nowMs = clock.now()
  for (const { change, parts } of sampleTodos(nowMs)) {
    const uid = newUid({ random })
    store.calendars.add(id, todoFormat.create(change, uid, nowMs))
    for (const part of parts)
      store.calendars.add(id, todoFormat.create({ ...part, parentUid: uid }, newUid({ random }), nowMs))
  }
}
