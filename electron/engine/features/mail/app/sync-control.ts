import { requireAccount, requireMailbox } from '../../../kit/require'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

export function syncUseCases(
  context: Needs<
    'aroundPass' | 'background' | 'gate' | 'outbox' | 'statuses' | 'sync',
    'accounts' | 'check' | 'mailboxes' | 'settings'
  >,
): Pick<
  UseCases,
  | 'sync.now'
  | 'sync.status'
  | 'sync.wake'
  | 'sync.run'
  | 'net.connections'
  | 'settings.get'
  | 'settings.set'
  | 'doctor.run'
> {
  const { store, sync, gate } = context
  return {
    'sync.now': ({ accountId }) => {
      sync.syncNow(accountId)
      context.outbox.wake(accountId)
      return {}
    },
    'sync.status': () => [...context.statuses.all()],
    'sync.wake': () => {
      sync.wake()
      context.outbox.wake(null)
      return {}
    },
    'sync.run': async ({ accountId, mailboxId }) => {
      if (accountId !== null) requireAccount(context, accountId)
      if (mailboxId !== null) requireMailbox(context, mailboxId)
      // Where nothing runs in the background, this is the moment for what was written here.
      if (!context.background) {
        await context.aroundPass.before()
        await context.outbox.runQueued(accountId)
      }
      const totals = await sync.runOnce(accountId, mailboxId)
      if (!context.background) await context.aroundPass.after(accountId)
      // A message sent before the mailboxes were known waits for its Sent mailbox.
      context.outbox.kick()
      return totals
    },
    'net.connections': () => [...gate.connections()],
    'settings.get': () => store.settings.get(),
    'settings.set': change => {
      const before = store.settings.get()
      const after = store.settings.set(change)
      if (before.offline !== after.offline) {
        gate.setOffline(after.offline)
        if (after.offline) gate.closeAll(null)
        else {
          sync.wake()
          // Chosen by the user, so also what stands still until the user acts gets its try.
          sync.syncNow(null)
          context.outbox.wake(null)
        }
      }
      return after
    },
    'doctor.run': () => [...store.check()],
  }
}
