import { isAtMailboxOrg, mailboxOrgExit } from '../../../shared/features/accounts/mailbox-org'
import { mailServiceOf } from '../../../shared/features/accounts/services'
import { type PinnedExit, pinnedExit } from '../../../shared/features/network/model'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

const placeOptions = {
  host: { type: 'string' },
  account: { type: 'string' },
} as const satisfies OptionSpec

/** The hosts meant: one by name, or the servers of an account with what is known of its provider's exit. */
async function placesOf(session: Session, options: Arguments) {
  const host = options.text('host')
  const address = options.text('account')
  if ((host === undefined) === (address === undefined)) throw new UsageError('give --host or --account')
  if (host !== undefined) return { hosts: [host.toLowerCase()], known: null }
  const mail = mailServiceOf((await loadFolders(session)).account(address ?? ''))
  if (mail === null) throw new UsageError('a local account goes nowhere')
  const hosts = [...new Set([mail.imap.host, mail.smtp.host].map(each => each.toLowerCase()))]
  return { hosts, known: isAtMailboxOrg(mail) ? mailboxOrgExit : null }
}

const lines = (exits: readonly PinnedExit[]) =>
  exits.map(({ host, fingerprint }) => `${host}  ${fingerprint}`)

/** Replaces what is pinned for these hosts. */
async function save(session: Session, hosts: readonly string[], add: readonly PinnedExit[]) {
  const { exits } = (await session.call('net.status', {})).settings
  const kept = exits.filter(({ host }) => !hosts.includes(host))
  return (await session.call('tor.set', { exits: [...kept, ...add] })).settings.exits
}

export const torExitVerbs: readonly Verb[] = [
  {
    name: 'tor exit add',
    usage: 'tor exit add (--host H | --account A) [--fingerprint F]',
    about:
      "Leave Tor for this host, or an account's servers, at exactly this relay; while it is away they wait. For mailbox.org accounts the fingerprint may be left out; compare it with what the provider says today",
    options: { ...placeOptions, fingerprint: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const { hosts, known } = await placesOf(session, options)
        const fingerprint =
          options
            .text('fingerprint')
            ?.replace(/^\$|\s/g, '')
            .toUpperCase() ?? known
        if (fingerprint === null) throw new UsageError('--fingerprint is missing')
        const added = hosts.map(host => pinnedExit.safeParse({ host, fingerprint }).data)
        const good = added.filter(exit => exit !== undefined)
        if (good.length < added.length)
          throw new UsageError(
            'an exit is a host name (no address) and a relay fingerprint of 40 hexadecimal digits',
          )
        const exits = await save(session, hosts, good)
        output.result(exits, () => lines(exits))
      })
    },
  },
  {
    name: 'tor exit remove',
    usage: 'tor exit remove (--host H | --account A)',
    about: 'Leave Tor for this host at any relay again',
    options: placeOptions,
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const exits = await save(session, (await placesOf(session, options)).hosts, [])
        output.result(exits, () => lines(exits))
      })
    },
  },
  {
    name: 'tor exit list',
    usage: 'tor exit list',
    about: 'List the hosts whose exit is pinned, and the relays',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const { settings } = await withSession(options, session => session.call('net.status', {}))
      output.result(settings.exits, () => lines(settings.exits))
    },
  },
]
