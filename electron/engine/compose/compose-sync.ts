import type { InvitationArrivals } from '../features/calendar/app/invitations/arrivals'
import { keptCalendars } from '../features/calendar/app/kept'
import { createSubscriptions } from '../features/calendar/subscriptions/refresh'
import { keptContacts } from '../features/contacts/app/kept'
import { inboxForm } from '../features/inbox-encryption/form/inbox-form'
import { InboxEncryption } from '../features/inbox-encryption/sync/inbox-encryption'
import { createImapBackend } from '../features/mail/imap/imap-backend'
import { createSyncEngine, type SyncEngine } from '../features/mail/sync/sync-engine'
import { cardFormat } from '../formats/contact-files/card-format'
import { calendarObjects } from '../formats/icalendar/calendar-objects'
import { mime } from '../formats/mime/mime'
import { createDavSync } from '../kit/collections/dav-sync'
import { late } from '../kit/late'
import { setUpGate } from '../net/set-up-gate'
import type { SubscriptionControl } from '../ports/calendar/subscriptions'
import type { XmppControl } from '../ports/chat/xmpp-session'
import type { DavSync } from '../ports/dav/dav-sync'
import type { EngineParts } from '../ports/parts'
import { createXmppControl } from '../xmpp/xmpp-control'
import type { Base } from './base'
import type { Network } from './compose-network'

/** Sync with servers, and the encrypted inbox that works on what a pass brings. */
export type Sync = Readonly<{
  sync: SyncEngine
  davSync: DavSync
  subscriptions: SubscriptionControl
  xmpp: XmppControl
  inboxEncryption: InboxEncryption
}>

export function composeSync(
  base: Base,
  { gate, policy, network }: Network,
  { harvest, dav, encryptedCollections }: Pick<EngineParts, 'harvest' | 'dav' | 'encryptedCollections'>,
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
  const davSync = createDavSync({
    ...{ store, dav, clock, random, log, board: statuses.of('dav') },
    kept: [keptCalendars({ store, calendarObjects }), keptContacts({ store, cards: cardFormat })],
    encrypted: encryptedCollections,
    drop: accountId => gate.closeAll(accountId, 'dav'),
  })
  const subscriptions = createSubscriptions(
    { store, calendarObjects, clock, gate, random, log },
    policy.permitDuring,
  )
  const xmpp = createXmppControl({
    ...{ store, streams: store.streams, gate, clock, random, log, board: statuses.of('xmpp') },
    permitDuring: policy.permitDuring,
    isSlow: request => network.wayOf(request).kind !== 'direct',
    gateFor: ({ way, publicOnly }) => setUpGate(gate, way, publicOnly),
  })
  return { sync: ofAllServices(sync.get(), davSync, xmpp), davSync, subscriptions, xmpp, inboxEncryption }
}

/** What is said of an account's sync is said of all its services; what is about mailboxes stays mail's. */
const ofAllServices = (mail: SyncEngine, dav: DavSync, xmpp: XmppControl): SyncEngine => ({
  ...mail,
  start: id => {
    mail.start(id)
    dav.start(id)
    xmpp.start(id)
  },
  stop: async id => {
    await Promise.all([mail.stop(id), dav.stop(id), xmpp.stop(id)])
  },
  stopAll: async () => {
    await Promise.all([mail.stopAll(), dav.stopAll(), xmpp.close()])
  },
  syncNow: id => {
    mail.syncNow(id)
    dav.syncNow(id)
    xmpp.syncNow(id)
  },
  wake: () => {
    mail.wake()
    dav.wake()
    xmpp.wake()
  },
  wayOpened: id => {
    mail.wayOpened(id)
    dav.wayOpened(id)
    xmpp.wayOpened(id)
  },
})
