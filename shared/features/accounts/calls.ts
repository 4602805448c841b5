import { z } from 'zod'
import { type Calls, done, nothing, secret } from '../../ipc/call'
import { accountId } from '../../kit/ids'
import { accountRoute } from '../network/model'
import {
  accountConfig,
  accountSummary,
  certificateProblem,
  connectionTestReport,
  davPlaces,
  davReport,
  davService,
  discoveryReport,
  emailAddress,
  hostName,
  mailService,
  serviceKind,
  xmppReport,
  xmppService,
} from './model'

/** How a set-up travels. */
const setUp = {
  /** True: through Tor. False: directly. Absent: the strictest way that any account goes. */
  overTor: z.boolean().optional(),
  /** Never into the network around this machine; main always says so unless the user was asked. */
  publicOnly: z.boolean().optional(),
}

/** Accounts and their servers. */
const certificatePin = z.strictObject({
  host: hostName,
  port: z.number().int(),
  fingerprint256: z.string().max(100),
})

export const accountCalls = {
  /**
   * Shows fingerprint and reason in main's own dialog, as the engine saw them; only a yes there pins this one certificate.
   * Throws `not-found` for one that was not refused in this run, `bad-request` for a key too weak to be pinned.
   */
  'accounts.pinCertificate': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ problem: certificateProblem }),
    out: z.object({ pinned: z.boolean() }),
  },
  /** Asks in main's own window, with what becomes visible, before a service of an account leaves Tor or its proxy. */
  'accounts.setRoute': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ accountId, service: serviceKind, route: accountRoute }),
    out: z.object({ changed: z.boolean() }),
  },
  'accounts.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(accountSummary) },
  /**
   * Nothing is sent but look-ups; the report says where each setting came from. With `localOnly` not even those: the report
   * says whom a search without it would ask.
   */
  'accounts.discover': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, localOnly: z.boolean().optional(), ...setUp }),
    out: discoveryReport,
  },
  /** Throws `service-off` for a service that is switched off. `password: null` stops after the TLS handshake and capability, before any login. */
  'accounts.test': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      mail: mailService,
      password: secret.nullable(),
      accountId: accountId.nullable(),
      ...setUp,
    }),
    out: connectionTestReport,
  },
  'accounts.add': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      config: accountConfig,
      /** Of each of its services; null for an account on this machine only. */
      password: secret.nullable(),
      /** Of each of its services. When absent, the strictest that any account has. */
      route: accountRoute.optional(),
    }),
    out: accountSummary,
  },
  'accounts.addSample': { kind: 'command', host: 'engine', face: 'all', in: nothing, out: accountSummary },
  /** Whether a service is switched off is not changed by it: an old page would turn it on again. */
  'accounts.update': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, config: accountConfig, signature: z.string().max(20_000) }),
    out: accountSummary,
  },
  'accounts.setPassword': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, service: serviceKind, password: secret }),
    out: done,
  },
  /**
   * Gives an account calendars and contacts on a server, with a password of their own. Nothing is dialled. Without `route`: the strictest
   * way of any account. Throws `already-there`.
   */
  'accounts.addDav': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, dav: davService, password: secret, route: accountRoute.optional() }),
    out: accountSummary,
  },
  /**
   * Gives an account a chat, with a password of its own. Nothing is dialled where nothing runs in the background. Without `route`: the
   * strictest way of any account. Throws `already-there`.
   */
  'accounts.addXmpp': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, xmpp: xmppService, password: secret, route: accountRoute.optional() }),
    out: accountSummary,
  },
  /** Signs in to the chat of an account, and tells what is there. Throws `service-off`, `login-refused` and the failures of the way there. */
  'accounts.testXmpp': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: xmppReport,
  },
  /** The same before it is anybody's. Nothing is kept. Throws `not-permitted` for a place in the network around this machine with `publicOnly`. */
  'accounts.tryXmpp': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ xmpp: xmppService, password: secret, ...setUp }),
    out: xmppReport,
  },
  /**
   * Takes a service from an account, with its password and what came from there; the server keeps its own. Throws `last-service`,
   * and `changes-wait` where changes would be lost and `losesChanges` does not say so.
   */
  'accounts.removeService': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, service: serviceKind, losesChanges: z.boolean().optional() }),
    out: accountSummary,
  },
  /** Where DAV may be spoken for a mail address (RFC 6764), or at an address that was pasted. Says nobody's name. */
  'accounts.findDav': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ place: z.string().min(1).max(2_000), ...setUp }),
    out: davPlaces,
  },
  /** Signs in, and finds all calendars and address books. Throws `service-off`, `login-refused` and the failures of the way there. */
  'accounts.testDav': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: davReport,
  },
  /** Ends the pass over calendars and address books that is under way: what came stays, the next pass goes on from there. */
  'accounts.stopDav': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId: accountId.nullable() }),
    out: z.null(),
  },
  /** The same at a server before it is anybody's. Nothing is kept. Throws `not-permitted` for a place in the network around this machine with `publicOnly`. */
  'accounts.tryDav': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ dav: davService, password: secret, ...setUp }),
    out: davReport,
  },
  /**
   * Switches a service off, with everything of it kept, or on again; what waited then goes on. Throws `account-is-local`
   * where the account does not have it.
   */
  'accounts.switchService': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, service: serviceKind, isOff: z.boolean() }),
    out: accountSummary,
  },
  'accounts.remove': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: done,
  },
  /** A certificate that was refused in this run, as it was seen. */
  'certificates.refused': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: certificatePin,
    out: certificateProblem.nullable(),
  },
  /** Certificates that are trusted although no authority vouches for them; a place that has one is held to it. */
  'certificates.pins': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(certificatePin),
  },
  /** Trusts it no longer: the place is judged like any other again, at once. Throws `not-found`. Main asks. */
  'certificates.unpin': { kind: 'command', host: 'engine', face: 'all', in: certificatePin, out: done },
  'certificates.pin': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: certificatePin,
    out: done,
  },
} as const satisfies Calls
