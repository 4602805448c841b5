import { davAccountAddress } from '../../../shared/features/accounts/dav-places'
import {
  accountConfig,
  type DavService,
  davService,
  serviceKind,
} from '../../../shared/features/accounts/model'
import { davServiceOf } from '../../../shared/features/accounts/services'
import type { CallOutput } from '../../../shared/ipc/contract'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { readTextFile } from '../../kit/read-text-file'
import { secretFromFile, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import type { Output } from '../../kit/words/output'
import { addXmpp, changeXmpp, xmppOptions } from './account-xmpp'
import { routeFrom } from './route-option'
import { kindOfAccount } from './service-kind'

const davOptions = {
  url: { type: 'string' },
  user: { type: 'string' },
  'password-file': { type: 'string' },
  ca: { type: 'string' },
  tor: { type: 'boolean' },
  direct: { type: 'boolean' },
} as const satisfies OptionSpec

function davOf(url: string, userName: string, caPem: string | null): DavService {
  // An address without a scheme is meant for TLS; one in clear is not taken for another silently.
  const parsed = davService.safeParse({
    ...{ url: /^[a-z]+:/i.test(url) ? url : `https://${url}`, userName, caPem },
  })
  if (parsed.success) return parsed.data
  const [field] = parsed.error.issues[0]?.path ?? []
  throw new UsageError(
    field === 'url'
      ? '--url takes an https address without a name or a password in it: https://HOST[:PORT]/PATH'
      : `${String(field)}: not valid`,
  )
}

async function davFrom(options: Arguments, user: string): Promise<DavService> {
  const ca = options.text('ca')
  return davOf(options.required('url').trim(), user, ca === undefined ? null : await readTextFile(ca))
}

const reportLines = (report: CallOutput<'accounts.testDav'>): string[] => [
  ...report.steps.map(({ outcome, target, detail }) => `  ${outcome.padEnd(7)} ${target} ${detail}`),
  ...report.collections.map(
    ({ kind, name, url, isReadOnly, owner }) =>
      `${kind}  ${name}  ${url}${isReadOnly ? '  read only' : ''}${owner === null ? '' : `  of ${owner}`}`,
  ),
]

/** Signs in at the DAV server of an account and tells what is there. */
export async function testDav(options: Arguments, output: Output, address: string): Promise<void> {
  const report = await withSession(options, async session => {
    const { id } = (await loadFolders(session)).account(address)
    return session.call('accounts.testDav', { accountId: id })
  })
  output.result({ ok: true, ...report }, () => reportLines(report))
}

/** Calendars and contacts on a server, as a service of an account or as an account of its own. */
export const accountDavVerbs: readonly Verb[] = [
  {
    name: 'account add-dav',
    usage: 'account add-dav [--name N] --url URL --user U --password-file F [--ca FILE] [--tor | --direct]',
    about:
      'Add an account of calendars and contacts alone. Nothing is dialled until "account service test" or "calendar sync"',
    options: { name: { type: 'string' }, ...davOptions },
    positionals: [0, 0],
    async run(options, output) {
      const user = options.required('user')
      const dav = await davFrom(options, user)
      const password = await secretFromFile(options.required('password-file'))
      const config = accountConfig.safeParse({
        ...{ address: davAccountAddress(user, dav.url), displayName: options.text('name') ?? '' },
        services: { dav },
      })
      if (!config.success) throw new UsageError(`--user ${user} gives no address for the account`)
      const account = await withSession(options, session =>
        session.call('accounts.add', { config: config.data, password, ...routeFrom(options) }),
      )
      const { address, displayName } = account.config
      output.result({ id: account.id, address, name: displayName }, () => [`Added ${address}.`])
    },
  },
  {
    name: 'account discover-dav',
    usage: 'account discover-dav ADDRESS|URL [--tor | --direct]',
    about:
      'Look for where calendars and contacts of an address are, and say where each was found; says nobody’s name and sends no password',
    options: { tor: { type: 'boolean' }, direct: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const [place = ''] = options.positionals
      const { route } = { route: undefined, ...routeFrom(options) }
      const found = await withSession(options, session =>
        session.call('accounts.findDav', {
          place,
          ...(route === undefined ? {} : { overTor: route.kind === 'tor' }),
        }),
      )
      output.result(found, () => [
        ...found.places.map(({ url, source, evidence }) => `${url}  (${source}: ${evidence})`),
        ...found.steps.map(({ outcome, target, detail }) => `  ${outcome.padEnd(7)} ${target} ${detail}`),
      ])
    },
  },
  {
    name: 'account service add',
    usage:
      'account service add --account A --kind dav --url URL | --kind xmpp [--host tls://HOST:PORT|starttls://HOST:PORT] [--allow-plain]; both [--user U] --password-file F [--ca FILE] [--tor | --direct]',
    about:
      'Give an account calendars and contacts on a server (dav), or a chat (xmpp), with a password of its own. Nothing is dialled until "account service test", "calendar sync" or a chat verb. A chat without --host is where the domain says, without --user at the address of the account; --allow-plain: the password itself may go to a server that knows nothing better',
    options: { account: { type: 'string' }, kind: { type: 'string' }, ...davOptions, ...xmppOptions },
    positionals: [0, 0],
    async run(options, output) {
      const address = options.required('account')
      const kind = options.required('kind')
      if (kind === 'xmpp') {
        await addXmpp(options, output, address)
        return
      }
      if (kind !== 'dav') throw new UsageError('--kind takes dav, xmpp; mail comes with "account add"')
      const password = await secretFromFile(options.required('password-file'))
      const ways = routeFrom(options)
      const added = await withSession(options, async session => {
        const account = (await loadFolders(session)).account(address)
        const dav = await davFrom(options, options.text('user') ?? account.config.address)
        await session.call('accounts.addDav', { accountId: account.id, dav, password, ...ways })
        return { account: account.config.address, kind: 'dav', url: dav.url, user: dav.userName }
      })
      output.result(added, () => [`Added calendars and contacts to ${added.account}.`])
    },
  },
  {
    name: 'account service change',
    usage:
      'account service change --account A --kind dav [--url URL] [--leave-out URL]… [--take URL]… | --kind xmpp [--host tls://HOST:PORT|starttls://HOST:PORT|srv] [--allow-plain]; both [--user U] [--ca FILE]',
    about:
      'Change where calendars and contacts (dav) or the chat (xmpp) of an account are; what is not named stays. Another server gets no password before "account set-password". --host srv: where the domain says. --leave-out: a calendar or an address book that "account service test" lists is not kept here; --take: it is again',
    options: {
      ...{ account: { type: 'string' }, kind: { type: 'string' } },
      ...{ url: { type: 'string' }, user: { type: 'string' }, ca: { type: 'string' } },
      ...{ host: { type: 'string' }, 'allow-plain': { type: 'boolean' } },
      ...{ 'leave-out': { type: 'string', multiple: true }, take: { type: 'string', multiple: true } },
    },
    positionals: [0, 0],
    async run(options, output) {
      const address = options.required('account')
      const kind = options.required('kind')
      if (kind === 'xmpp') {
        await changeXmpp(options, output, address)
        return
      }
      if (kind !== 'dav')
        throw new UsageError('--kind takes dav, xmpp; mail is changed with "account update"')
      const [away, back] = [options.texts('leave-out'), options.texts('take')]
      const isNamed = ['url', 'user', 'ca'].some(name => options.text(name) !== undefined)
      if (!isNamed && away.length === 0 && back.length === 0)
        throw new UsageError('account service change changes nothing')
      const changed = await withSession(options, async session => {
        const account = (await loadFolders(session)).account(address)
        const { id, config, signature } = account
        const before = davServiceOf(account)
        if (before === null) throw new SiegelError('not-found', { what: 'service', name: 'dav' })
        const ca = options.text('ca')
        const given = davOf(
          options.text('url') ?? before.url,
          options.text('user') ?? before.userName,
          ca === undefined ? before.caPem : await readTextFile(ca),
        )
        const leftOut = [...new Set([...(before.leftOut ?? []), ...away])].filter(url => !back.includes(url))
        const { leftOut: _before, ...kept } = { ...before, ...given }
        const dav = leftOut.length === 0 ? kept : { ...kept, leftOut }
        const services = { ...config.services, dav }
        const update = { accountId: id, config: { ...config, services }, signature }
        await session.call('accounts.update', update)
        return { account: config.address, kind: 'dav', url: dav.url, user: dav.userName, leftOut }
      })
      output.result(changed, () => [`Changed calendars and contacts of ${changed.account}.`])
    },
  },
  {
    name: 'account service remove',
    usage: 'account service remove --account A [--kind dav|xmpp] [--yes]',
    about:
      'Take calendars and contacts, or the chat, of a server from an account, with their password. The server keeps its own; --yes where changes that it has not are lost',
    options: { account: { type: 'string' }, kind: { type: 'string' }, yes: { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      const address = options.required('account')
      const kind = await withSession(options, async session => {
        const account = (await loadFolders(session)).account(address)
        const service = serviceKind.exclude(['mail']).safeParse(kindOfAccount(options, account))
        if (!service.success) throw new UsageError('--kind takes dav, xmpp; mail goes with "account remove"')
        const losesChanges = options.flag('yes')
        await session.call('accounts.removeService', {
          ...{ accountId: account.id, service: service.data, losesChanges },
        })
        return service.data
      })
      output.result({ account: address, kind, state: 'removed' }, () => [
        `Took ${kind === 'dav' ? 'calendars and contacts' : 'the chat'} from ${address}.`,
      ])
    },
  },
]
