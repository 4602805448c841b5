import { mailServiceOf } from '../../../shared/features/accounts/services'
import { type AccountRoute, type NetStatus, torSettings } from '../../../shared/features/network/model'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { netPin } from './net-pin'
import { netPinsVerbs } from './net-unpin'

const wayOf = (status: NetStatus): string[] => [
  `offline ${status.offline ? 'yes' : 'no'}, everything through Tor ${status.settings.forEverything ? 'yes' : 'no'}`,
  ...status.accounts.map(
    each => `${each.address}  ${each.way}${each.way === each.route.kind ? '' : ` (own: ${each.route.kind})`}`,
  ),
]

async function idOf(session: Session, address: string | undefined) {
  return address === undefined ? null : (await loadFolders(session)).account(address).id
}

/** Sets the way of one account, or the switch for everything. Less hidden only with --yes, as there is nobody to ask. */
async function setTor(options: Arguments, on: boolean): Promise<NetStatus> {
  return withSession(options, async session => {
    const accountId = await idOf(session, options.text('account'))
    if (!on && !options.flag('yes'))
      throw new UsageError(
        'without Tor the network sees which servers are contacted, and the servers see your address; add --yes if that is wanted',
      )
    const mode = torSettings.shape.mode.optional().safeParse(options.text('mode'))
    if (!mode.success) throw new UsageError('--mode takes auto, running or own')
    if (mode.data !== undefined) await session.call('tor.set', { mode: mode.data })
    if (accountId === null) return session.call('tor.set', { forEverything: on })
    const route: AccountRoute = on ? { kind: 'tor' } : { kind: 'direct' }
    await session.call('net.setRoute', { accountId, service: 'mail', route })
    return session.call('net.status', {})
  })
}

export const networkVerbs: readonly Verb[] = [
  {
    name: 'net status',
    usage: 'net status',
    about: 'Show how each account connects',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const status = await withSession(options, session => session.call('net.status', {}))
      output.result(status, () => wayOf(status))
    },
  },
  {
    name: 'net policy',
    usage: 'net policy',
    about:
      'List every server that may be contacted, by which account, for what and over which connection; all else is refused',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const [places, accounts] = await withSession(options, async session => [
        await session.call('net.policy', {}),
        await session.call('accounts.list', {}),
      ])
      const named = places.map(place => ({
        ...place,
        account: accounts.find(({ id }) => id === place.accountId)?.config.address ?? null,
      }))
      output.result(named, () =>
        named.map(
          ({ account, purpose, host, port, way, onion }) =>
            `${account ?? '-'}  ${purpose}  ${host}:${port}  ${way}${onion === null ? '' : ` ${onion}`}`,
        ),
      )
    },
  },
  {
    name: 'net connections',
    usage: 'net connections [--account A]',
    about: 'Connect as "account test" does, and list the connections it took, refused ones included',
    options: { account: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      const list = await withSession(options, async session => {
        const { accounts } = await loadFolders(session)
        const wanted = options.text('account')?.toLowerCase()
        for (const account of accounts) {
          const mail = mailServiceOf(account)
          if (mail !== null && (wanted === undefined || account.config.address.toLowerCase() === wanted))
            await session.call('accounts.test', { mail, password: null, accountId: account.id })
        }
        return session.call('net.connections', {})
      })
      output.result(list, () =>
        list.flatMap(each => {
          const circuit = each.circuit?.path.map(relay => relay.nickname || relay.fingerprint.slice(0, 8))
          const secured = each.tls
            ? `${each.tls.version} ${each.tls.cipher} ${each.tls.keyExchange}`
            : 'no TLS'
          const { tls } = each
          const certificate = tls
            ? [
                `    certificate ${tls.subject}, by ${tls.issuer}, ${tls.validFrom} to ${tls.validTo}${tls.dane === true ? ', confirmed by DANE' : ''}`,
                `    SHA-256 ${tls.fingerprint256}`,
                ...(tls.change
                  ? [
                      `    ${tls.change.kind} since ${new Date(tls.change.changedAtMs).toISOString()}; before by ${tls.change.issuerBefore}`,
                    ]
                  : []),
              ]
            : []
          const line = `${each.purpose}  ${each.onion ?? each.host}:${each.port}  ${each.way}${circuit ? ` by ${circuit.join(' > ')}` : ''}  ${each.state}  ${secured}  ${each.bytesIn}/${each.bytesOut} bytes  since ${new Date(each.sinceMs).toISOString()}${each.problem === null ? '' : `  ${each.problem}`}`
          return [line, ...certificate]
        }),
      )
    },
  },
  netPin,
  ...netPinsVerbs,
  {
    name: 'tor status',
    usage: 'tor status',
    about: 'Look for a running Tor and say what its control port tells',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const [tor, { settings, accounts }] = await withSession(options, async session => [
        await session.call('tor.look', {}),
        await session.call('net.status', {}),
      ])
      output.result({ ...tor, forEverything: settings.forEverything, mode: settings.mode, accounts }, () => [
        `${tor.state}${tor.address ? ` at ${tor.address.host}:${tor.address.port}` : ''}${tor.version === null ? '' : `, Tor ${tor.version}`}`,
        tor.control === 'open'
          ? 'circuits can be shown'
          : `circuits cannot be known (control port: ${tor.control})`,
        ...(tor.problem === null ? [] : [tor.problem]),
      ])
    },
  },
  {
    name: 'tor on',
    usage: 'tor on [--account A] [--mode auto|running|own]',
    about:
      'Send one account, or everything, through a Tor that runs or an own one. Nothing goes another way while it is away',
    options: { account: { type: 'string' }, mode: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      const status = await setTor(options, true)
      output.result(status, () => wayOf(status))
    },
  },
  {
    name: 'tor off',
    usage: 'tor off [--account A] --yes',
    about: 'Let one account, or everything, go out directly again',
    options: { account: { type: 'string' }, yes: { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      const status = await setTor(options, false)
      output.result(status, () => wayOf(status))
    },
  },
  {
    name: 'tor new-identity',
    usage: 'tor new-identity --account A',
    about: 'Close the connections of an account and give it new circuits',
    options: { account: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      const address = options.required('account')
      await withSession(options, async session =>
        session.call('tor.newIdentity', { accountId: await idOf(session, address) }),
      )
      // Every run of the command line has credentials of its own, so nothing lasts that could be changed elsewhere.
      output.result({ account: address, changed: true }, () => [`New circuits for ${address}.`])
    },
  },
]
