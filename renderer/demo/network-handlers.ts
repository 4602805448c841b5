import { hasMailServer, placesOf } from '../../shared/features/accounts/services'
import {
  type AccountRoute,
  defaultTorSettings,
  type NetStatus,
  type PermittedPlace,
  type TorSettings,
} from '../../shared/features/network/model'
import type { FaceCallName } from '../../shared/ipc/contract'
import type { AccountId } from '../../shared/kit/ids'
import type { ConnectionInfo } from '../../shared/kit/status'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

type NetworkCalls = Extract<FaceCallName, `net.${string}` | `tor.${string}` | 'accounts.setRoute'>

type DemoNetwork = { tor: TorSettings; routes: Map<string, AccountRoute> }

const networks = new WeakMap<FakeWorld, DemoNetwork>()

const networkOf = (world: FakeWorld): DemoNetwork => {
  const known = networks.get(world) ?? { tor: defaultTorSettings, routes: new Map() }
  networks.set(world, known)
  return known
}

const tls = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  keyExchange: 'X25519MLKEM768',
  fingerprint256: 'A1:B2:C3:D4',
  subject: 'CN=imap.mailbox.example',
  issuer: 'C=DE, O=Demo CA, CN=Demo CA R1',
  validFrom: '2026-11-01T00:00:00.000Z',
  validTo: '2027-02-01T00:00:00.000Z',
  dane: true,
}

const circuit = {
  id: '7',
  path: ['guardian', 'middleman', 'farewell'].map((nickname, at) => ({
    nickname,
    fingerprint: String(at).repeat(40),
  })),
}

/** Ways out of a machine with a running Tor; nothing is asked before a way is changed. */
export function networkHandlers(world: FakeWorld): Handlers<NetworkCalls> {
  const network = networkOf(world)
  const servers = () => world.accounts.filter(hasMailServer)
  const wayOf = (id: AccountId | null) =>
    network.tor.forEverything ? 'tor' : (network.routes.get(id ?? '')?.kind ?? 'direct')
  const torStatus = (): NetStatus['tor'] => {
    const used = network.tor.forEverything || [...network.routes.values()].some(({ kind }) => kind === 'tor')
    const failing = network.tor.mode === 'running' && used
    return {
      state: failing ? 'failed' : used ? 'ready' : 'unused',
      source: used && !failing ? 'running' : null,
      address: used && !failing ? { host: '127.0.0.1', port: 9050 } : null,
      version: used && !failing ? '0.4.9.2' : null,
      bootstrap: null,
      control: used && !failing ? 'open' : 'none',
      problem: failing ? 'nothing listens on 127.0.0.1:9050' : null,
    }
  }
  const connection = (change: Partial<ConnectionInfo>): ConnectionInfo => {
    const accountId = servers()[0]?.id ?? null
    const way = wayOf(accountId)
    return {
      id: 1,
      accountId,
      service: 'mail',
      purpose: 'imap',
      host: 'imap.mailbox.example',
      port: 993,
      way,
      state: 'open',
      tls,
      bytesIn: 4_120_331,
      bytesOut: 38_120,
      sinceMs: Date.now() - 600_000,
      endedAtMs: null,
      problem: null,
      ...(way === 'tor' ? { circuit, proxy: '127.0.0.1:9050' } : {}),
      ...change,
    }
  }
  const changed = () => world.changed('connection', null)
  return {
    'net.status': () => ({
      offline: world.settings.offline,
      settings: network.tor,
      tor: torStatus(),
      accounts: servers().map(({ id, config }) => {
        const route = network.routes.get(id) ?? { kind: 'direct' as const }
        return {
          accountId: id,
          service: 'mail' as const,
          address: config.address,
          route: {
            kind: route.kind,
            proxy:
              route.kind === 'socks5'
                ? { host: route.host, port: route.port, user: route.login?.user ?? null }
                : null,
          },
          way: wayOf(id),
        }
      }),
    }),
    'net.policy': () =>
      servers().flatMap(account =>
        placesOf(account, 'mail').map(({ purpose, server }): PermittedPlace => {
          const { host, port, onion } = server
          const way = wayOf(account.id)
          const shown = way === 'tor' ? (onion ?? null) : null
          return { accountId: account.id, purpose, host, port, way, onion: shown }
        }),
      ),
    'net.connections': () => [
      connection({}),
      connection({
        id: 2,
        service: 'mail',
        purpose: 'smtp',
        host: 'smtp.mailbox.example',
        port: 465,
        state: 'closed',
        bytesIn: 2100,
        bytesOut: 18_400,
        endedAtMs: Date.now() - 240_000,
      }),
      connection({
        id: 3,
        service: null,
        purpose: 'remote-content',
        host: '10.0.0.7',
        port: 80,
        way: 'refused',
        state: 'refused',
        tls: null,
        bytesIn: 0,
        bytesOut: 0,
        endedAtMs: Date.now() - 400_000,
        problem: 'not-permitted',
      }),
    ],
    'tor.look': torStatus,
    'tor.newIdentity': () => ({}),
    'tor.configure': ({ change }) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      network.tor = { ...network.tor, ...given }
      changed()
      return { changed: true }
    },
    'accounts.setRoute': ({ accountId, route }) => {
      network.routes.set(accountId, route)
      changed()
      return { changed: true }
    },
  }
}
