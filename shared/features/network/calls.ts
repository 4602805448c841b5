import { z } from 'zod'
import { type Calls, done, nothing } from '../../ipc/call'
import { accountId } from '../../kit/ids'
import { connectionInfo } from '../../kit/status'
import { serviceKind } from '../accounts/model'
import { accountRoute, netStatus, permittedPlace, torSettings, torStatus } from './model'
import { addressTransport, dnsServer, transportLevel } from './transport'

/** Ways to servers, Tor, and the security of transport. */
export const networkCalls = {
  /** The same for the switch for everything, and for whose Tor is used. */
  'tor.configure': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ change: torSettings.partial().strict() }),
    out: z.object({ changed: z.boolean() }),
  },
  /** Asks in main's own window before a better level that was seen for a domain is given up. */
  'transport.acceptLower': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ domain: z.string().min(1).max(253), accountId: accountId.nullable() }),
    out: z.object({ accepted: z.boolean() }),
  },
  /** Asks in main's own window, with the place, before look-ups go to another place than before. */
  'transport.chooseServers': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ servers: z.array(dnsServer).max(3) }),
    out: z.object({ changed: z.boolean() }),
  },
  'net.connections': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(connectionInfo),
  },
  /** Ways of all accounts and the state of Tor; looks at nothing outside. */
  'net.status': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: netStatus },
  /** Every place that may be contacted. */
  'net.policy': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(permittedPlace) },
  'net.setRoute': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ accountId, service: serviceKind, route: accountRoute }),
    out: done,
  },
  'tor.set': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: torSettings.partial().strict(),
    out: netStatus,
  },
  /** Looks whether a Tor runs on this machine; starts none. */
  'tor.look': { kind: 'command', host: 'engine', face: 'all', in: nothing, out: torStatus },
  /** Closes the connections of an account and gives it new circuits; null: what belongs to no account. */
  'tor.newIdentity': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId: accountId.nullable() }),
    out: done,
  },
  /**
   * How well mail to each address is protected between providers. Answers within seconds whatever the network does;
   * a level that came too late is told as a change of `transport`. Only domains are looked up.
   */
  'transport.levels': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ addresses: z.array(z.string().max(320)).max(200), accountId: accountId.nullable() }),
    out: z.array(addressTransport),
  },
  /** The user gives up the better level that was seen before; main asks in a window of its own. */
  'transport.accept': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ domain: z.string().max(253) }),
    out: transportLevel,
  },
  /** What the submission server of an account can promise, as far as it was met since the engine began. */
  'transport.sending': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: z.object({ requireTls: z.enum(['offered', 'missing', 'unknown']) }),
  },
  /** The DNS servers that look-ups go to; none: the system's, and only on the direct way. */
  'transport.servers': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(dnsServer),
  },
  'transport.setServers': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ servers: z.array(dnsServer).max(3) }),
    out: done,
  },
} as const satisfies Calls
