import type { EventName, EventPayload } from '../../shared/ipc/contract'
import { withCleanDrafts } from './app/clean-drafts'
import type { AppContext } from './app/context'
import { discoverAccount } from './app/discover-account'
import { forgetUntouchedDrafts } from './app/drafts'
import { indexLocalMailAgain } from './app/index-again'
import { forgetUnwanted, startIndexingDecrypted } from './app/index-decrypted'
import { createKeyHarvest, type KeyHarvest } from './app/keys/harvest-keys'
import { openKeys } from './app/keys/hold-keys'
import { startRenewalReminder } from './app/keys/remind-renewal'
import { OpenedMessages } from './app/opened-messages'
import { startRenewingSearch } from './app/renew-search'
import { afterSent } from './app/send-draft'
import { testConnection } from './app/test-connection'
import { createTorReadiness } from './app/tor-ready'
import { startDraftUploads } from './app/upload-drafts'
import { useCases } from './app/use-cases'
import { userFiles } from './app/user-files'
import { createDoor } from './call'
import type { Engine, OpenEngine } from './engine'
import { createKeyLookup } from './key-lookup/key-lookup'
import { readArchive } from './mail/archive/read-archive'
import { writeEmlDirectory } from './mail/archive/write-eml-directory'
import { writeMaildir } from './mail/archive/write-maildir'
import { writeMbox } from './mail/archive/write-mbox'
import { imapProbe } from './mail/autoconfig/imap-probe'
import { knownProvider } from './mail/autoconfig/known-providers'
import { parseAutoconfig } from './mail/autoconfig/parse-autoconfig'
import { createImapBackend } from './mail/imap/imap-backend'
import { inboxForm } from './mail/inbox-encryption/inbox-form'
import { lockedMessage } from './mail/locked-page/locked-message'
import { senderAuthentication } from './mail/mime/authentication-results'
import { inspectMessage } from './mail/mime/inspect-message'
import { keysInMail } from './mail/mime/keys-in-mail'
import { mime } from './mail/mime/mime'
import { isKnownCounter } from './mail/mime/sanitize/known-counters'
import { protectionReader } from './mail/openpgp/protection-reader'
import { outgoingBuilder } from './mail/outgoing/outgoing-builder'
import { editableHtml } from './mail/outgoing/outgoing-html'
import { createProtectedBuilder } from './mail/outgoing/protected-builder'
import { createSmtpOffers } from './mail/smtp/smtp-offers'
import { smtpProbe } from './mail/smtp/smtp-probe'
import { createSubmission } from './mail/smtp/submission'
import { createCertificateWatch } from './net/certificate-watch'
import { createDnsClient } from './net/dns/dns-client'
import { createDnsServers } from './net/dns/dns-servers'
import { createSrvLookup } from './net/dns/srv-records'
import { createEgressPolicy } from './net/egress-policy'
import { createGate } from './net/gate'
import { openLocal } from './net/local-door'
import { isPublicAddress, isPublicHost } from './net/public-address'
import { createRefusedCertificates } from './net/refused-certificates'
import { setUpGate } from './net/set-up-gate'
import { isTor } from './net/tor-probe'
import { createWays } from './net/ways'
import type { DaneForServers, DnsAsker } from './ports/transport'
import { createOneClick } from './remote/one-click'
import { createRemoteImages } from './remote/remote-images'
import { openStore } from './store/open-store'
import { thunderbirdDatabases } from './store/thunderbird-databases'
import { InboxEncryption } from './sync/inbox-encryption/inbox-encryption'
import { createLookForMessage } from './sync/look-for-message'
import { createOutboxRunner } from './sync/outbox-runner'
import { createSyncEngine } from './sync/sync-engine'
import { systemClock as clock, systemRandom as random } from './system'
import { createTor } from './tor/tor'
import { checkDane } from './transport/check-dane'
import { createDaneForServers } from './transport/dane-for-servers'
import { createPolicyFetch } from './transport/fetch-policy'
import { createTransportLevels } from './transport/transport-levels'

/** The one place where the engine's concrete parts are made and joined. */
export const openEngine: OpenEngine = async options => {
  const { profileDirectory, storeKey, background, watches = () => true, log, emit, vault, tests } = options
  const { logReport = () => '' } = options
  const { store: kept, recovered } = openStore({
    directory: profileDirectory,
    key: storeKey,
    clock,
    random,
    log,
  })
  const store = { ...kept, drafts: withCleanDrafts(kept.drafts, editableHtml) }
  if (recovered) log.warn('the mail store was damaged and has been rebuilt', { ...recovered.saved })

  const policy = createEgressPolicy({ accounts: () => store.accounts.list() })
  const pinsOf = (host: string, port: number) =>
    store.accounts.pins().filter(pin => pin.host === host && pin.port === port)
  const pins = {
    isPinned: (host: string, port: number, fingerprint256: string) =>
      pinsOf(host, port).some(pin => pin.fingerprint256 === fingerprint256),
    hasPin: (host: string, port: number) => pinsOf(host, port).length > 0,
  }
  const torListeners = new Set<() => void>()
  const tor = createTor({
    settings: store.network.tor,
    profileDirectory,
    isTor,
    openLocal,
    log,
    onChange: () => {
      for (const listener of torListeners) listener()
    },
    ...(tests?.torPlaces ? { places: tests.torPlaces } : {}),
  })
  const ways = createWays({
    account: store.accounts.get,
    route: store.network.route,
    settings: store.network.tor,
    tor: tor.address,
    random,
  })
  const dane: DaneForServers = {
    // Its questions go through the gate that asks it.
    policyFor: (host, port, asker) => daneForServers.policyFor(host, port, asker),
    check: checkDane,
  }
  const publicPlaces = tests?.remotePlaces ?? { isPublicHost, isPublicAddress }
  const refusedCertificates = createRefusedCertificates()
  const gate = createGate({
    policy,
    pins,
    clock,
    log,
    wayOf: ways.wayOf,
    circuitOf: tor.circuitOf,
    dane,
    watchCertificate: createCertificateWatch(store.certificates, params =>
      emit('notice', { code: 'certificate-issuer-changed', params, undoId: null }),
    ),
    // As above.
    srv: (name, asker, askSystem) => srvLookup(name, asker, askSystem),
    publicPlaces,
    refusedCertificates,
  })
  const isPort = tests?.remotePlaces?.isPort ?? ((port: number) => port === 443)
  const remoteImages = createRemoteImages({
    gate,
    permitDuring: policy.permitDuring,
    rules: {
      isPublicHost: publicPlaces.isPublicHost,
      isCounter: isKnownCounter,
      isPort,
    },
  })
  gate.setOffline(store.settings.get().offline)

  const dnsServers = createDnsServers({
    chosen: () => store.transport.servers(),
    isDirect: asker => ways.wayOf({ ...asker, purpose: 'dns', host: '', port: 53 }).kind === 'direct',
  })
  const dns = createDnsClient({
    gate,
    policy,
    clock,
    random,
    servers: dnsServers,
    ...(tests?.dnsAnchors ? { anchors: tests.dnsAnchors } : {}),
  })
  const lookups = {
    dns,
    canAsk: (asker: DnsAsker) => dnsServers(asker).length > 0,
    store: store.transport,
    lookupsOn: () => store.settings.get().lookups,
    clock,
  }
  const srvLookup = createSrvLookup({ dns, hasChosenServers: () => store.transport.servers().length > 0 })
  const daneForServers = createDaneForServers(lookups)
  const transport = createTransportLevels({
    ...lookups,
    fetchPolicy: createPolicyFetch({ gate, policy }),
    isOffline: () => store.settings.get().offline,
    log,
  })

  const backend = createImapBackend({ gate, log, mime, clock })
  const offers = createSmtpOffers()
  const submission = createSubmission({ gate, log, clock, offers })
  const inboxEncryption = new InboxEncryption({
    store,
    vault,
    form: inboxForm,
    mime,
    clock,
    random,
    log,
    exclusively: (accountId, work) => sync.exclusively(accountId, work),
  })
  const sync = createSyncEngine({
    store,
    backend,
    mime,
    clock,
    random,
    log,
    emitStatus: status => emit('sync', status),
    passHooks: inboxEncryption,
    onBodies: bodies => keyHarvest.noteAutocrypt(bodies),
    onLearned: accountId =>
      emit('notice', {
        code: 'provider-files-sent-mail',
        params: { address: store.accounts.get(accountId)?.config.address ?? '' },
        undoId: null,
      }),
    onRefused: () => emit('notice', { code: 'task-failed', params: {}, undoId: null }),
  })
  const outbox = createOutboxRunner({
    store,
    submission,
    mime,
    lookForMessage: createLookForMessage({
      store,
      log,
      withSession: (accountId, work) => sync.withSession(accountId, work),
    }),
    onSent: item => afterSent(context, item),
    taskAdded: accountId => sync.taskAdded(accountId),
    clock,
    random,
    log,
    notice: notice => emit('notice', notice),
  })

  const opened = new OpenedMessages()
  const stopWatchingKeys = store.onChange(entity => {
    if (entity === 'key') {
      opened.clear()
      forgetUnwanted(context)
    }
  })

  const context: AppContext = {
    store,
    mime,
    inspect: inspectMessage,
    builder: outgoingBuilder,
    protectedBuilder: createProtectedBuilder(vault, clock),
    lockMessage: (message, passphrase) => lockedMessage(message, passphrase, random),
    gate,
    sync,
    outbox,
    inboxEncryption,
    refusedCertificates,
    setup: {
      discover: ({ address, way, publicOnly, localOnly }) =>
        discoverAccount(
          {
            gate: setUpGate(gate, way, publicOnly),
            policy,
            sources: { knownProvider, parseAutoconfig },
          },
          address,
          localOnly ? { localOnly, way } : { localOnly },
        ),
      test: input =>
        testConnection(
          {
            gate: setUpGate(gate, input.way, input.publicOnly),
            policy,
            probes: { imap: imapProbe, smtp: smtpProbe },
          },
          input,
        ),
    },
    archive: {
      read: (path, onNotTaken) => readArchive(path, { onNotTaken }),
      writeMbox,
      writeEmlDirectory,
      writeMaildir,
    },
    files: userFiles,
    transport,
    offers,
    oneClick: createOneClick({
      gate,
      permitDuring: policy.permitDuring,
      isPublicHost: publicPlaces.isPublicHost,
      isPort,
    }),
    remote: { images: remoteImages, authenticate: senderAuthentication },
    network: {
      wayOf: ways.wayOf,
      permitted: policy.list,
      newIdentity: ways.newIdentity,
      torStatus: tor.status,
      lookForTor: tor.look,
      torSettingsChanged: tor.settingsChanged,
    },
    vault,
    protection: protectionReader,
    opened,
    keyLookup: createKeyLookup({
      gate,
      permitDuring: policy.permitDuring,
      isPublicHost: publicPlaces.isPublicHost,
    }),
    keysInMail,
    thunderbird: thunderbirdDatabases,
    clock,
    random,
    log,
    background,
    emit,
  }
  torListeners.add(createTorReadiness(context))
  const keyHarvest: KeyHarvest = createKeyHarvest(context)
  await openKeys(context)

  forgetUntouchedDrafts(context)
  const stopFeed = feedChanges(context, emit, torListeners)
  const stopReminder = background ? startRenewalReminder(context) : () => undefined
  const stopUploads = background ? startDraftUploads(context) : () => undefined
  const stopRenewal = startRenewingSearch(context)
  const stopIndexing = background ? startIndexingDecrypted(context) : () => undefined
  if (background) {
    for (const { id, config } of store.accounts.list()) if (watches(config.address)) sync.start(id)
    outbox.start()
  }
  if (recovered) {
    await indexLocalMailAgain(context)
    emit('notice', {
      code: 'store-rebuilt',
      params: { setAside: recovered.setAside, ...recovered.saved },
      undoId: null,
    })
  }

  const door = createDoor({ ...useCases(context), 'log.report': () => ({ text: logReport() }) }, log)
  let closing: Promise<void> | null = null
  const close = async () => {
    remoteImages.forget(null)
    stopWatchingKeys()
    opened.clear()
    stopUploads()
    stopIndexing()
    stopRenewal()
    stopReminder()
    torListeners.clear()
    await outbox.stop()
    await inboxEncryption.stop()
    await sync.stopAll()
    await keyHarvest.settled()
    dns.close()
    gate.closeAll(null)
    await tor.close()
    stopFeed()
    store.close()
  }
  return { call: door as Engine['call'], close: () => (closing ??= close()) }
}

/** Change records of the store and the gate, numbered, to every face. */
function feedChanges(
  context: AppContext,
  emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void,
  torListeners: Set<() => void>,
): () => void {
  let version = 0
  const maxIds = 1000
  const stopStore = context.store.onChange((entity, ids) => {
    version += 1
    emit('changed', { entity, ids: ids && ids.length <= maxIds ? [...ids] : null, version })
  })
  const networkChanged = () => {
    version += 1
    emit('changed', { entity: 'connection', ids: null, version })
  }
  const stopGate = context.gate.onChange(networkChanged)
  torListeners.add(networkChanged)
  return () => {
    stopStore()
    stopGate()
    torListeners.delete(networkChanged)
  }
}
