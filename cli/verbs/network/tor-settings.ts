import {
  literalAddress,
  type PinnedExit,
  pinnedExit,
  type TorSettingsChange,
  torSettings,
} from '../../../shared/features/network/model'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { readTextFile } from '../../kit/read-text-file'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

/** `HOST:PORT` with an IP address; IPv6 in brackets. `none`: where a Tor usually listens. */
function addressFrom(text: string): TorSettingsChange['address'] {
  if (text === 'none') return null
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text) ?? []
  const address = literalAddress.safeParse({ host, port: Number(port) })
  if (!address.success)
    throw new UsageError('--address takes an IP address and a port (127.0.0.1:9050), or none')
  return address.data
}

/** The lines of a file without empty ones and remarks; `none`: no lines. */
async function linesFrom(file: string): Promise<string[]> {
  if (file === 'none') return []
  const lines = (await readTextFile(file)).split(/\r?\n/).map(line => line.trim())
  return lines.filter(line => line !== '' && !line.startsWith('#'))
}

/** `HOST FINGERPRINT` a line. */
async function exitsFrom(file: string): Promise<PinnedExit[]> {
  return (await linesFrom(file)).map(line => {
    const [host, fingerprint] = line.split(/\s+/)
    const exit = pinnedExit.safeParse({ host, fingerprint: fingerprint?.replace(/^\$/, '').toUpperCase() })
    if (!exit.success)
      throw new UsageError(`--exits takes lines of HOST and the 40 digits of a relay, not "${line}"`)
    return exit.data
  })
}

async function changeFrom(options: Arguments): Promise<TorSettingsChange> {
  const address = options.text('address')
  const program = options.text('program')
  const bridges = options.text('bridges')
  const exits = options.text('exits')
  const mode = torSettings.shape.mode.optional().safeParse(options.text('mode'))
  if (!mode.success) throw new UsageError('--mode takes auto, running or own')
  const change: TorSettingsChange = {
    ...(mode.data === undefined ? {} : { mode: mode.data }),
    ...(address === undefined ? {} : { address: addressFrom(address) }),
    ...(program === undefined ? {} : { program: program === 'none' ? null : program }),
    ...(bridges === undefined ? {} : { bridges: await linesFrom(bridges) }),
    ...(exits === undefined ? {} : { exits: await exitsFrom(exits) }),
  }
  const parsed = torSettings.partial().safeParse(change)
  if (!parsed.success) throw new UsageError(`tor set: ${parsed.error.issues[0]?.message ?? 'not valid'}`)
  return change
}

export const torSettingsVerbs: readonly Verb[] = [
  {
    name: 'tor set',
    usage:
      'tor set [--address IP:PORT|none] [--program PATH|none] [--mode auto|running|own] [--bridges FILE|none] [--exits FILE|none] [--yes]',
    about:
      'Show or change the Tor to use: its SOCKS address, its program, bridges (one per line) and exits (HOST FINGERPRINT per line). Another Tor or bridge needs --yes: it sees what you contact',
    options: {
      address: { type: 'string' },
      program: { type: 'string' },
      mode: { type: 'string' },
      bridges: { type: 'string' },
      exits: { type: 'string' },
      yes: { type: 'boolean' },
    },
    positionals: [0, 0],
    async run(options, output) {
      const change = await changeFrom(options)
      const { mode: _mode, ...trusted } = change
      if (Object.keys(trusted).length > 0 && !options.flag('yes'))
        throw new UsageError('whoever is used as Tor sees what you contact; add --yes if that is wanted')
      const { settings } = await withSession(options, session =>
        Object.keys(change).length === 0 ? session.call('net.status', {}) : session.call('tor.set', change),
      )
      output.result(settings, () => [
        `everything through Tor ${settings.forEverything ? 'yes' : 'no'}, mode ${settings.mode}`,
        `address ${settings.address ? `${settings.address.host}:${settings.address.port}` : 'the usual ones'}`,
        `program ${settings.program ?? 'the usual places'}`,
        ...settings.bridges.map(line => `bridge ${line}`),
        ...settings.exits.map(({ host, fingerprint }) => `exit ${host} ${fingerprint}`),
      ])
    },
  },
]
