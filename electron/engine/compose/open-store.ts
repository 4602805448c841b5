import { createAccountStore } from '../features/accounts/store/accounts'
import { accountCarryOver, accountShelter } from '../features/accounts/store/carry-over'
import { createServerFactStore } from '../features/accounts/store/server-facts'
import { calendarCarryOver } from '../features/calendar/store/carry-over'
import { calendarChecks } from '../features/calendar/store/checks'
import { createCalendarStore } from '../features/calendar/store/store'
import { inboxCarryOver } from '../features/inbox-encryption/store/carry-over'
import { createInboxEncryptionStore } from '../features/inbox-encryption/store/inbox-encryption'
import { createOpenpgpStore } from '../features/keys/store/openpgp'
import { mailCarryOver } from '../features/mail/store/carry-over'
import { mailChecks } from '../features/mail/store/checks'
import { createMailStores } from '../features/mail/store/mail-stores'
import { forgetUnreadable } from '../features/mail/tasks/forget-unreadable'
import { mailTasks } from '../features/mail/tasks/kinds'
import { createCertificateStore } from '../features/network/store/certificates'
import { createNetworkStore } from '../features/network/store/network'
import { createTransportStore } from '../features/network/store/transport'
import { writingCarryOver } from '../features/writing/store/carry-over'
import { createDraftStore } from '../features/writing/store/drafts'
import { holdOutbox } from '../features/writing/store/hold-outbox'
import { createOutboxStore } from '../features/writing/store/outbox'
import { createSentCopyStore } from '../features/writing/store/sent-copies'
import { createSettingsStore } from '../kit/settings'
import { taskCarryOver } from '../kit/tasks/carry-over'
import { taskChecks } from '../kit/tasks/checks'
import { TaskKinds } from '../kit/tasks/task-kind'
import { createTaskStore } from '../kit/tasks/task-store'
import type { Store } from '../ports/store'
import type { Carrying } from '../store/keep/carry-over'
import type { Recovered } from '../store/keep/recovery'
import { type OpenedStore, type OpenStoreOptions, openJoined } from '../store/open-store'

/** Every kind of change that can be queued. */
const taskKinds = new TaskKinds(mailTasks)

/** Opens the store of a profile with the parts of all features: see `openJoined`, also for what it throws. */
export function openStore(options: OpenStoreOptions): { store: Store; recovered: Recovered | null } {
  return openJoined(options, {
    joinParts: joinStores,
    carryOver,
    afterRestore: [holdOutbox],
    checks: [...mailChecks, ...taskChecks, ...calendarChecks],
  })
}

/** What features change in rows that are carried over from a damaged store. */
function carryOver(carrying: Carrying) {
  const shelterAccount = accountShelter(carrying)
  return {
    ...accountCarryOver(carrying),
    ...mailCarryOver(carrying, shelterAccount),
    ...inboxCarryOver(carrying),
    ...writingCarryOver(carrying, shelterAccount),
    ...calendarCarryOver(carrying),
    ...taskCarryOver(carrying, taskKinds),
  }
}

function joinStores({ context, whole }: OpenedStore): Store {
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
    calendars: createCalendarStore(context),
    close: () => {
      mail.stop()
      whole.close()
    },
  }
}
