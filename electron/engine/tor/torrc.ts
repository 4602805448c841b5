import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { PinnedExit } from '../../../shared/features/network/model'
import type { Bridge } from './bridges'

/** Where systems keep the transports, in the order they are looked for. */
const transportPrograms: Readonly<Record<'obfs4' | 'snowflake', readonly string[]>> = {
  obfs4: ['/usr/bin/lyrebird', '/usr/bin/obfs4proxy', '/usr/local/bin/lyrebird', '/usr/local/bin/obfs4proxy'],
  snowflake: ['/usr/bin/snowflake-client', '/usr/local/bin/snowflake-client', '/usr/bin/lyrebird'],
}

/** The installed program of a transport, or null. */
export const transportProgram = (
  transport: 'obfs4' | 'snowflake',
  exists: (path: string) => boolean = existsSync,
): string | null => transportPrograms[transport].find(exists) ?? null

export type TorrcParts = Readonly<{
  directory: string
  /** Tor ends by itself when this process is gone. */
  ownerPid: number
  bridges: readonly Bridge[]
  /** Program of each transport the bridges need. */
  programs: Readonly<Partial<Record<'obfs4' | 'snowflake', string>>>
  exits: readonly PinnedExit[]
  /** Further lines, of tests only (a private network). */
  extraLines: readonly string[]
}>

/** A value in torrc's quotes; Tor reads C escapes there. */
const quoted = (text: string): string => {
  if (/[\r\n\0]/.test(text)) throw new Error('not one line')
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** `MapAddress` for a host and its exit; the same words as the control command MAPADDRESS, but for the `=`. */
export const exitTarget = ({ host, fingerprint }: PinnedExit): string => {
  if (!/^[a-z0-9.-]+$/.test(host) || !/^[0-9A-F]{40}$/.test(fingerprint)) throw new Error('not an exit')
  // Without the `$` that fingerprints carry elsewhere: Tor takes none in such a name.
  return `${host}.${fingerprint}.exit`
}

/** The configuration of an own Tor: a client only, ports of its own choice, one circuit per SOCKS credentials. */
export function torrc(parts: TorrcParts): string {
  const { directory, bridges, programs } = parts
  const lines = [
    `DataDirectory ${quoted(join(directory, 'data'))}`,
    'SocksPort 127.0.0.1:auto IsolateSOCKSAuth ExtendedErrors',
    'ControlPort 127.0.0.1:auto',
    `ControlPortWriteToFile ${quoted(join(directory, 'control-port'))}`,
    'CookieAuthentication 1',
    `CookieAuthFile ${quoted(join(directory, 'control-cookie'))}`,
    `__OwningControllerProcess ${parts.ownerPid}`,
    'ClientOnly 1',
    'AvoidDiskWrites 1',
    'SafeLogging 1',
    'Log notice stdout',
    ...parts.exits.map(exit => `MapAddress ${exit.host} ${exitTarget(exit)}`),
    ...(bridges.length > 0 ? ['UseBridges 1'] : []),
    ...Object.entries(programs).map(([name, path]) => {
      if (/[\s"#\\]/.test(path)) throw new Error('not a path that torrc can hold')
      return `ClientTransportPlugin ${name} exec ${path}`
    }),
    ...bridges.map(bridge => `Bridge ${bridge.line}`),
    ...parts.extraLines,
  ]
  return `${lines.join('\n')}\n`
}
