import { z } from 'zod'
import { accountId } from '../../kit/ids'
import { type ConnectionInfo, connectionPurpose } from '../../kit/status'
import { hostName, serviceKind } from '../accounts/model'

const port = z.number().int().min(1).max(65535)

/** An address that needs no look-up: the way to Tor must never begin with one. */
export const literalAddress = z.object({
  host: z
    .string()
    .max(45)
    .regex(/^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i),
  port,
})
export type LiteralAddress = z.infer<typeof literalAddress>

/** RFC 1929: 1 to 255 octets each. */
const socksWord = z.string().min(1).max(255)

/** How the connections of one service of an account leave this machine. */
export const accountRoute = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('direct') }),
  z.strictObject({ kind: z.literal('tor') }),
  z.strictObject({
    kind: z.literal('socks5'),
    host: hostName,
    port,
    /** Null: the proxy asks for none. */
    login: z.strictObject({ user: socksWord, password: socksWord }).nullable(),
  }),
])
export type AccountRoute = z.infer<typeof accountRoute>

/** A route as faces see it: passwords go in and never come out. `unreadable` is refused, never guessed. */
export const shownRoute = z.object({
  kind: z.enum(['direct', 'tor', 'socks5', 'unreadable']),
  proxy: z.object({ host: hostName, port, user: z.string().max(255).nullable() }).nullable(),
})
export type ShownRoute = z.infer<typeof shownRoute>

/** SHA-1 of a relay's identity key as Tor writes it. */
const relayFingerprint = z.string().regex(/^[0-9A-F]{40}$/)

/** Leave Tor for this host at exactly this relay (`MapAddress`), e.g. the exit that the provider itself runs. */
export const pinnedExit = z.strictObject({ host: hostName, fingerprint: relayFingerprint })
export type PinnedExit = z.infer<typeof pinnedExit>

/** Settings of Tor for the whole profile. Changed by main and the command line only: they decide what is visible. */
export const torSettings = z.object({
  /** Every account and every look-up, whatever their own route says. */
  forEverything: z.boolean(),
  /** `auto`: a running Tor, else the system's program. `running` and `own` never do the other. */
  mode: z.enum(['auto', 'running', 'own']),
  /** SOCKS address of a running Tor; null: the usual ones (9050, 9150). */
  address: literalAddress.nullable(),
  /** Path of the tor program; null: where systems keep it. */
  program: z.string().min(1).max(4096).nullable(),
  /** Bridge lines as Tor's bridge page gives them. With any, only an own Tor is used. */
  bridges: z.array(z.string().max(1000)).max(20),
  exits: z.array(pinnedExit).max(50),
})
export type TorSettings = z.infer<typeof torSettings>

/** Some of them to change; what is absent or undefined stays as it is. */
export type TorSettingsChange = { [K in keyof TorSettings]?: TorSettings[K] | undefined }

export const defaultTorSettings: TorSettings = {
  forEverything: false,
  mode: 'auto',
  address: null,
  program: null,
  bridges: [],
  exits: [],
}

/** A built circuit, guard first. `nickname` is what the relay calls itself and proves nothing. */
export type TorCircuit = NonNullable<ConnectionInfo['circuit']>

/** What is known of Tor now. */
export const torStatus = z.object({
  state: z.enum(['unused', 'looking', 'starting', 'ready', 'failed']),
  /** Whose Tor: one that was running, or one this program started. */
  source: z.enum(['running', 'own']).nullable(),
  address: literalAddress.nullable(),
  version: z.string().max(60).nullable(),
  /** 0..100 of a Tor whose control port answers, with Tor's own summary of the phase. */
  bootstrap: z.object({ percent: z.number().int().min(0).max(100), summary: z.string().max(200) }).nullable(),
  /** Whether circuits can be shown; otherwise why nobody can know them. */
  control: z.enum(['open', 'none', 'refused']),
  /** Why the last attempt failed, as in the `detail` of `proxy-failed`. */
  problem: z.string().max(500).nullable(),
})
export type TorStatus = z.infer<typeof torStatus>

/** The network at a glance. */
export const netStatus = z.object({
  offline: z.boolean(),
  settings: torSettings,
  tor: torStatus,
  accounts: z.array(
    z.object({
      accountId,
      service: serviceKind,
      address: z.string().max(320),
      route: shownRoute,
      /** The way connections really take, with the switch for everything taken into account. */
      way: z.enum(['direct', 'tor', 'socks5', 'refused']),
    }),
  ),
})
export type NetStatus = z.infer<typeof netStatus>

/** One place that may be contacted: who, what for, where, by which way. Everything else is refused. */
export const permittedPlace = z.object({
  accountId: accountId.nullable(),
  purpose: connectionPurpose,
  host: z.string().max(253),
  port: z.number().int(),
  way: z.enum(['direct', 'tor', 'socks5', 'refused']),
  /** The onion name that is dialled in place of the host. */
  onion: z.string().max(253).nullable(),
})
export type PermittedPlace = z.infer<typeof permittedPlace>
