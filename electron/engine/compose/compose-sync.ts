import type { InvitationArrivals } from '../features/calendar/app/invitations/arrivals'
import { inboxForm } from '../features/inbox-encryption/form/inbox-form'
import { InboxEncryption } from '../features/inbox-encryption/sync/inbox-encryption'
import { createImapBackend } from '../features/mail/imap/imap-backend'
import { createSyncEngine, type SyncEngine } from '../features/mail/sync/sync-engine'
import { mime } from '../formats/mime/mime'
import { late } from '../kit/late'
import type { EngineParts } from '../ports/parts'
import type { Base } from './base'
import type { Network } from './compose-network'

/** Sync with servers, and the encrypted inbox that works on what a pass brings. */
export type Sync = Readonly<{ sync: SyncEngine; inboxEncryption: InboxEncryption }>

export function composeSync(
  base: Base,
  { gate }: Network,
  { harvest }: Pick<EngineParts, 'harvest'>,
  arrivals: InvitationArrivals,
): Sync {
  const { store, vault, clock, random, log, emit, statuses } = base
  const sync = late<SyncEngine>('sync')
  const inboxEncryption = new InboxEncryption({
    store,
    vault,
    form: inboxForm,
    mime,
    clock,
    random,
    log,
    exclusively: (accountId, work) => sync.get().exclusively(accountId, work),
  })
  sync.set(
    createSyncEngine({
      store,
      backend: createImapBackend({ gate, log, mime, clock }),
      mime,
      clock,
      random,
      log,
      board: statuses.of('mail'),
      passHooks: inboxEncryption,
      onBodies: bodies => {
        harvest.noteAutocrypt(bodies)
        arrivals.note(bodies)
      },
      onLearned: accountId =>
        emit('notice', {
          code: 'provider-files-sent-mail',
          params: { address: store.accounts.get(accountId)?.config.address ?? '' },
          undoId: null,
        }),
    }),
  )
  return { sync: sync.get(), inboxEncryption }
}
