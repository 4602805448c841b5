import { createAccountStore } from '../features/accounts/store/accounts'
import { accountShelter } from '../features/accounts/store/carry-over'
import { createServerFactStore } from '../features/accounts/store/server-facts'
import { createStreamStore } from '../features/accounts/store/streams'
import { createInvitationStore } from '../features/calendar/store/invitations/known'
import { createCalendarStore } from '../features/calendar/store/store'
import { createSubscriptionStore } from '../features/calendar/store/subscriptions/subscriptions'
import { createContactStore } from '../features/contacts/store/contacts'
import { createInboxEncryptionStore } from '../features/inbox-encryption/store/inbox-encryption'
import { createOpenpgpStore } from '../features/keys/store/openpgp'
import { createMailStores } from '../features/mail/store/mail-stores'
import { createPeopleStore } from '../features/mail/store/people/people'
import { forgetUnreadable } from '../features/mail/tasks/forget-unreadable'
import { createCertificateStore } from '../features/network/store/certificates'
import { createNetworkStore } from '../features/network/store/network'
import { createTransportStore } from '../features/network/store/transport'
import { createDraftStore } from '../features/writing/store/drafts'
import { createOutboxStore } from '../features/writing/store/outbox'
import { createSentCopyStore } from '../features/writing/store/sent-copies'
import { createCollectionWaits } from '../kit/collections/waits'
import { createSettingsStore } from '../kit/settings'
import { taskCarryOver } from '../kit/tasks/carry-over'
import { taskChecks } from '../kit/tasks/checks'
import { TaskKinds } from '../kit/tasks/task-kind'
import { createTaskStore } from '../kit/tasks/task-store'
import type { Store } from '../ports/store'
import type { Carrying, CarryOver } from '../store/keep/carry-over'
import type { Recovered } from '../store/keep/recovery'
import { type OpenedStore, type OpenStoreOptions, openJoined } from '../store/open-store'
import { features } from './features'
import { joinStores, type OwnStores } from './join-features'
import { layout, stored } from './layout'

/** Every kind of change that can be queued. */
const taskKinds = new TaskKinds(stored.flatMap(feature => feature.taskKinds ?? []))

/** The store of a profile as the engine has it: what is in ports, and what each feature has for itself. */
export type WholeStore = Store & OwnStores<typeof features>

/** Opens the store of a profile with the parts of all features: see `openJoined`, also for what it throws. */
export function openStore(options: OpenStoreOptions): { store: WholeStore; recovered: Recovered | null } {
  return openJoined(options, {
    layout,
    joinParts: opened => ({ ...joinStores(features, opened.context), ...sharedStores(opened) }),
    carryOver,
    afterRestore: stored.flatMap(({ afterRestore = [] }) => afterRestore),
    afterCopy: stored.flatMap(({ afterCopy = [] }) => afterCopy),
    checks: [...stored.flatMap(({ checks = [] }) => checks), ...taskChecks],
  })
}

/** What features change in rows that are carried over from a damaged store. */
function carryOver(carrying: Carrying) {
  const shelterAccount = accountShelter(carrying)
  const changed = stored.map(feature => feature.carryOver?.({ ...carrying, shelterAccount }) ?? {})
  return Object.assign({}, ...changed, taskCarryOver(carrying, taskKinds)) as ReturnType<CarryOver>
}

/** The parts of the store that are ports, some of which work on others. */
function sharedStores({ context, whole }: OpenedStore): Store {
  const settings = createSettingsStore(context)
  const servers = createServerFactStore(context)
  const mail = createMailStores(context, settings, servers)
  return {
    ...whole,
    ...mail.stores,
    accounts: createAccountStore(context),
    servers,
    drafts: createDraftStore(context),
    outbox: createOutboxStore(context),
    tasks: createTaskStore(context, taskKinds, forgetUnreadable),
    settings,
    network: createNetworkStore(context),
    transport: createTransportStore(context),
    certificates: createCertificateStore(context),
    inboxEncryption: createInboxEncryptionStore(context, mail.replaced),
    sentCopies: createSentCopyStore(context),
    openpgp: createOpenpgpStore(context),
    people: createPeopleStore(context),
    contacts: createContactStore(context),
    calendars: createCalendarStore(context),
    invitations: createInvitationStore(context),
    subscriptions: createSubscriptionStore(context),
    collectionWaits: createCollectionWaits(context),
    streams: createStreamStore(context),
    close: () => {
      mail.stop()
      whole.close()
    },
  }
}
