import { permittedSubscriptions } from '../features/calendar/subscriptions/fetch-calendar'
import { late } from '../kit/late'
import { createCertificateWatch } from '../net/certificate/certificate-watch'
import { createRefusedCertificates } from '../net/certificate/refused-certificates'
import { createDnsClient } from '../net/dns/dns-client'
import { createDnsServers } from '../net/dns/dns-servers'
import { createSrvLookup } from '../net/dns/srv-records'
import { createEgressPolicy } from '../net/egress-policy'
import { createGate } from '../net/gate'
import { openLocal } from '../net/local-door'
import { createMeetingDoors } from '../net/meeting-doors'
import { isPublicAddress, isPublicHost } from '../net/public-address'
import { isTor } from '../net/tor-probe'
import { createWays } from '../net/ways'
import type { WayForSetUp } from '../ports/net/gate'
import type { DnsAsker } from '../ports/net/transport'
import type { EngineParts } from '../ports/parts'
import { createTor } from '../tor/tor'
import { checkDane } from '../transport/check-dane'
import { createDaneForServers } from '../transport/dane-for-servers'
import { createPolicyFetch } from '../transport/fetch-policy'
import { createTransportLevels } from '../transport/transport-levels'
import type { Base } from './base'

/** Every way out: the gate, what it may reach, Tor, DNS and what is known of the way to others. */
export type Network = Pick<
  EngineParts,
  'gate' | 'meetingDoors' | 'network' | 'transport' | 'refusedCertificates'
> &
  Readonly<{
    policy: ReturnType<typeof createEgressPolicy>
    /** TXT records of a name, for a set-up by this way; none where nobody answers. */
    txt: (name: string, way: WayForSetUp) => Promise<readonly string[]>
    isPublicHost: (host: string) => boolean
    /** Ports that HTTPS requests of mail and keys may name. */
    isPort: (port: number) => boolean
    onTorChange(listener: () => void): () => void
    close(): Promise<void>
  }>

export function composeNetwork(base: Base): Network {
  const { store, clock, random, log, emit, tests, profileDirectory } = base
  const lateGate = late<ReturnType<typeof createGate>>('gate')
  const meetingDoors = createMeetingDoors({ gate: lateGate.get, random, log })
  const policy = createEgressPolicy({
    accounts: () => store.accounts.list(),
    others: () => [...permittedSubscriptions(store.subscriptions), ...meetingDoors.permitted()],
  })
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
  const publicPlaces = tests?.remotePlaces ?? { isPublicHost, isPublicAddress }
  const refusedCertificates = createRefusedCertificates()
  // The questions of these two go through the gate that asks them.
  const daneForServers = late<ReturnType<typeof createDaneForServers>>('DANE')
  const srvLookup = late<ReturnType<typeof createSrvLookup>>('SRV')
  const gate = createGate({
    policy,
    pins: pinsOf(base),
    clock,
    log,
    wayOf: ways.wayOf,
    circuitOf: tor.circuitOf,
    dane: {
      policyFor: (host, port, asker) => daneForServers.get().policyFor(host, port, asker),
      check: checkDane,
    },
    watchCertificate: createCertificateWatch(store.certificates, params =>
      emit('notice', { code: 'certificate-issuer-changed', params, undoId: null }),
    ),
    srv: (name, asker, askSystem) => srvLookup.get()(name, asker, askSystem),
    publicPlaces,
    refusedCertificates,
  })
  lateGate.set(gate)
  gate.setOffline(store.settings.get().offline)

  const dnsServers = createDnsServers({
    chosen: () => store.transport.servers(),
    isDirect: asker => ways.wayOf({ ...asker, purpose: 'dns', host: '', port: 53 }).kind === 'direct',
  })
  const anchors = tests?.dnsAnchors ? { anchors: tests.dnsAnchors } : {}
  const dns = createDnsClient({ gate, policy, clock, random, servers: dnsServers, ...anchors })
  const lookups = {
    dns,
    canAsk: (asker: DnsAsker) => dnsServers(asker).length > 0,
    store: store.transport,
    lookupsOn: () => store.settings.get().lookups,
    clock,
  }
  srvLookup.set(createSrvLookup({ dns, hasChosenServers: () => store.transport.servers().length > 0 }))
  daneForServers.set(createDaneForServers(lookups))

  return {
    policy,
    txt: async (name, way) => (await dns.txt(name, { accountId: null, ...way })).records,
    gate,
    meetingDoors,
    refusedCertificates,
    transport: createTransportLevels({
      ...lookups,
      fetchPolicy: createPolicyFetch({ gate, policy }),
      isOffline: () => store.settings.get().offline,
      log,
    }),
    network: {
      wayOf: ways.wayOf,
      permitted: policy.list,
      newIdentity: ways.newIdentity,
      torStatus: tor.status,
      lookForTor: tor.look,
      torSettingsChanged: tor.settingsChanged,
    },
    isPublicHost: publicPlaces.isPublicHost,
    isPort: tests?.remotePlaces?.isPort ?? (port => port === 443),
    onTorChange: listener => {
      torListeners.add(listener)
      return () => torListeners.delete(listener)
    },
    close: async () => {
      torListeners.clear()
      dns.close()
      meetingDoors.closeAll()
      gate.closeAll(null)
      await tor.close()
    },
  }
}

function pinsOf({ store }: Base) {
  const of = (host: string, port: number) =>
    store.accounts.pins().filter(pin => pin.host === host && pin.port === port)
  return {
    isPinned: (host: string, port: number, fingerprint256: string) =>
      of(host, port).some(pin => pin.fingerprint256 === fingerprint256),
    hasPin: (host: string, port: number) => of(host, port).length > 0,
  }
}
