import { dnsServerText, parseDnsServer } from '../../../shared/features/network/dns-servers'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

function serverOf(text: string) {
  const server = parseDnsServer(text)
  if (server === null)
    throw new UsageError(`${text} is neither an IP address nor an https:// address with its path`)
  return server
}

export const transportVerbs: readonly Verb[] = [
  {
    name: 'transport',
    usage: 'transport ADDRESS… [--account A]',
    about: 'Say how well mail to each address is protected between providers, and what shows it',
    options: { account: { type: 'string' } },
    positionals: [1, 200],
    async run(options, output) {
      await withSession(options, async session => {
        const own = options.text('account')
        const accounts = own === undefined ? [] : await session.call('accounts.list', {})
        const account = accounts.find(each => each.config.address.toLowerCase() === own?.toLowerCase())
        if (own !== undefined && !account) throw new UsageError(`there is no account ${own}`)
        const levels = await session.call('transport.levels', {
          addresses: [...options.positionals],
          accountId: account?.id ?? null,
        })
        output.result(levels, () =>
          levels.flatMap(({ address, level, dropped, previous, reasons, evidence }) => [
            `${address}: ${level}${dropped ? ` (was ${previous})` : ''}, because ${reasons.join(', ')}`,
            ...evidence.map(
              ({ step, subject, dnssec, finding }) =>
                `    ${step} ${subject}: ${finding}${dnssec ? ` [${dnssec}]` : ''}`,
            ),
          ]),
        )
      })
    },
  },
  {
    name: 'transport accept',
    usage: 'transport accept DOMAIN',
    about: 'Take the level of a domain as it is now, though a better one was seen before',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const domain = options.positionals[0]?.toLowerCase() ?? ''
        const level = await session.call('transport.accept', { domain })
        output.result(level, () => [`${domain}: ${level.level} from now on`])
      })
    },
  },
  {
    name: 'transport servers',
    usage: 'transport servers [SERVER…] [--system]',
    about:
      'Show or choose the DNS servers: IP addresses (TCP) or https:// addresses; --system for those of the system',
    options: { system: { type: 'boolean' } },
    positionals: [0, 3],
    async run(options, output) {
      const servers = options.positionals.map(serverOf)
      await withSession(options, async session => {
        if (servers.length > 0 || options.flag('system'))
          await session.call('transport.setServers', { servers })
        const now = await session.call('transport.servers', {})
        output.result(now, () =>
          now.length === 0 ? ["The system's own, on the direct way only."] : now.map(dnsServerText),
        )
      })
    },
  },
  {
    name: 'transport lookups',
    usage: 'transport lookups on|off',
    about: 'Allow look-ups of domains, or ask nobody anything',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const word = options.positionals[0]
      if (word !== 'on' && word !== 'off') throw new UsageError('on or off')
      await withSession(options, async session => {
        const { lookups } = await session.call('settings.set', { lookups: word === 'on' })
        output.result({ lookups }, () => [`Look-ups are ${lookups ? 'on' : 'off'}.`])
      })
    },
  },
]
