import { isSwitchedOff, placesOf, servicesOf } from '../../../shared/features/accounts/services'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { loadFolders } from '../../kit/folders'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import type { Output } from '../../kit/words/output'
import { testDav } from './account-dav'
import { testXmpp } from './account-xmpp'
import { kindFrom, kindOfAccount } from './service-kind'
import { testAccount } from './test-account'

const oneService = { account: { type: 'string' }, kind: { type: 'string' } } as const

async function switchService(options: Arguments, output: Output, isOff: boolean): Promise<void> {
  const address = options.required('account')
  const service = kindFrom(options)
  await withSession(options, async session => {
    const { id } = (await loadFolders(session)).account(address)
    await session.call('accounts.switchService', { accountId: id, service, isOff })
  })
  output.result({ account: address, kind: service, state: isOff ? 'off' : 'on' }, () => [
    `${address}: ${service} is ${isOff ? 'off. What waits stays until "account service on"' : 'on'}.`,
  ])
}

/** Services of accounts: what there is, off and on, and a test of one. */
export const accountServiceVerbs: readonly Verb[] = [
  {
    name: 'account service list',
    usage: 'account service list [--account A] [--kind mail|dav|xmpp]',
    about: 'List the services of accounts, with servers, user, connection and whether each is on or off',
    options: oneService,
    positionals: [0, 0],
    async run(options, output) {
      const address = options.text('account')
      const only = options.text('kind') === undefined ? null : kindFrom(options)
      const services = await withSession(options, async session => {
        const folders = await loadFolders(session)
        const accounts = address === undefined ? folders.accounts : [folders.account(address)]
        const { accounts: ways } = await session.call('net.status', {})
        return accounts.flatMap(account =>
          servicesOf(account)
            .filter(kind => only === null || kind === only)
            .map(kind => ({
              account: account.config.address,
              kind,
              state: isSwitchedOff(account, kind) ? ('off' as const) : ('on' as const),
              ...(kind === 'dav' ? { url: account.config.services.dav?.url ?? '' } : {}),
              user: account.config.services[kind]?.userName ?? '',
              way:
                ways.find(each => each.accountId === account.id && each.service === kind)?.way ?? 'refused',
              servers: placesOf(account, kind).map(({ purpose, server }) => ({ purpose, ...server })),
            })),
        )
      })
      output.result(services, () =>
        services.map(
          each =>
            `${each.account}  ${each.kind}  ${each.state.padEnd(3)}  ${each.user}  ${each.way}  ${each.servers
              .map(({ security, host, port }) => `${security}://${host}:${port}`)
              .join('  ')}`,
        ),
      )
    },
  },
  {
    name: 'account service off',
    usage: 'account service off --account A --kind mail|dav|xmpp',
    about:
      'Switch a service off: nothing is dialled for it, everything of it is kept, and messages and changes wait',
    options: oneService,
    positionals: [0, 0],
    run: (options, output) => switchService(options, output, true),
  },
  {
    name: 'account service on',
    usage: 'account service on --account A --kind mail|dav|xmpp',
    about: 'Switch a service on again; the next "sync" or "calendar sync" takes up what waited',
    options: oneService,
    positionals: [0, 0],
    run: (options, output) => switchService(options, output, false),
  },
  {
    name: 'account service test',
    usage: 'account service test --account A [--kind mail|dav|xmpp]',
    about:
      'Try the servers of one service: mail step by step, as "account test" does; dav and xmpp with what is found there',
    options: oneService,
    positionals: [0, 0],
    async run(options, output) {
      const address = options.required('account')
      const service =
        options.text('kind') === undefined
          ? await withSession(options, async session =>
              kindOfAccount(options, (await loadFolders(session)).account(address)),
            )
          : kindFrom(options)
      if (service === 'dav') return testDav(options, output, address)
      if (service === 'xmpp') return testXmpp(options, output, address)
      await testAccount(options, output, address, account => {
        if (!servicesOf(account).includes(service)) throw new SiegelError('account-is-local', {})
      })
    },
  },
]
