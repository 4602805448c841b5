import type { Engine, OpenEngine } from '../engine'
import { createInvitationArrivals } from '../features/calendar/app/invitations/arrivals'
import { encryptArrivals } from '../features/inbox-encryption/app/inbox-encryption'
import { openKeys } from '../features/keys/app/own/hold-keys'
import { indexLocalMailAgain } from '../features/mail/app/list/index-again'
import { withCleanDrafts } from '../features/writing/app/draft/clean-drafts'
import { forgetUntouchedDrafts } from '../features/writing/app/draft/drafts'
import { uploadDrafts } from '../features/writing/app/draft/upload-drafts'
import { editableHtml } from '../features/writing/build/outgoing-html'
import { cardFormat } from '../formats/contact-files/card-format'
import { createDoor } from '../kit/door'
import { StatusBoard } from '../kit/status-board'
import { taskUseCases } from '../kit/tasks/use-cases'
import type { EngineParts } from '../ports/parts'
import type { UseCases } from '../ports/use-cases'
import { systemClock as clock, systemRandom as random } from '../system'
import type { Base } from './base'
import { composeAccounts } from './compose-accounts'
import { composeChat } from './compose-chat'
import { composeKeys } from './compose-keys'
import { composeMail } from './compose-mail'
import { composeNetwork } from './compose-network'
import { composeRemote } from './compose-remote'
import { composeSync } from './compose-sync'
import { composeWriting } from './compose-writing'
import { features } from './features'
import { joinUseCases, startAll, takeBack } from './join-features'
import { openStore } from './open-store'
import { startBackground } from './running/background'
import { feedChanges } from './running/change-records'

/** The one place where the engine's concrete parts are made and joined. */
export const openEngine: OpenEngine = async options => {
  const { profileDirectory, storeKey, watches = () => true, log, emit, logReport = () => '' } = options
  const { store: kept, recovered } = openStore({
    directory: profileDirectory,
    key: storeKey,
    clock,
    random,
    log,
  })
  if (recovered) log.warn('the mail store was damaged and has been rebuilt', { ...recovered.saved })
  const store = { ...kept, drafts: withCleanDrafts(kept.drafts, editableHtml) }
  const statuses = new StatusBoard(status => emit('sync', status))
  const base: Base = { ...options, store, clock, random, statuses }

  const network = composeNetwork(base)
  const remote = composeRemote(network)
  const keys = composeKeys(base, remote)
  const accounts = composeAccounts(base, network)
  const arrivals = createInvitationArrivals(() => parts)
  const sync = composeSync(base, network, { ...keys, ...accounts }, arrivals)
  const chat = composeChat(base, network, sync)
  const mail = composeMail(base, sync, keys)
  const writing = composeWriting(base, network, sync, mail)
  const parts: EngineParts & Pick<Base, 'store'> = {
    ...base,
    ...network,
    ...remote,
    ...accounts,
    cards: cardFormat,
    takeBackElsewhere: entry => takeBack(features, parts, entry),
    ...keys,
    ...sync,
    ...chat,
    ...mail,
    ...writing,
    aroundPass: {
      before: () => uploadDrafts(parts, clock.now()),
      after: async accountId => {
        await arrivals.settled()
        await encryptArrivals(parts, accountId)
      },
    },
  }
  await openKeys(parts)
  forgetUntouchedDrafts(parts)

  const stopFeed = feedChanges(parts, network, emit)
  const stopBackground = startBackground(parts, network)
  const stopFeatures = startAll(features, parts)
  if (base.background) {
    for (const { id, config } of store.accounts.list()) if (watches(config.address)) sync.sync.start(id)
    writing.outbox.start()
  }
  if (recovered) {
    await indexLocalMailAgain(parts)
    emit('notice', {
      code: 'store-rebuilt',
      params: { setAside: recovered.setAside, ...recovered.saved },
      undoId: null,
    })
  }

  // The type makes a call that nobody answers a compile error.
  const useCases: UseCases = {
    ...joinUseCases(features, parts),
    ...taskUseCases(parts),
    'log.report': () => ({ text: logReport() }),
  }
  const door = createDoor(useCases, log)
  let closing: Promise<void> | null = null
  const close = async () => {
    remote.remote.images.forget(null)
    stopBackground()
    await stopFeatures()
    mail.opened.clear()
    await writing.outbox.stop()
    await sync.inboxEncryption.stop()
    await sync.sync.stopAll()
    await chat.chat.close()
    await keys.harvest.settled()
    await arrivals.settled()
    await network.close()
    stopFeed()
    store.close()
  }
  return { call: door as Engine['call'], close: () => (closing ??= close()) }
}
