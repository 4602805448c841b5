import { accountConfig, type XmppService, xmppService } from '../../../shared/features/accounts/model'
import { xmppServiceOf } from '../../../shared/features/accounts/services'
import { bareJid } from '../../../shared/kit/jid'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { readTextFile } from '../../kit/read-text-file'
import { secretFromFile, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import type { Output } from '../../kit/words/output'
import { routeFrom } from './route-option'

/** Where and as whom an account chats. */
export const xmppOptions = {
  host: { type: 'string' },
  user: { type: 'string' },
  'password-file': { type: 'string' },
  ca: { type: 'string' },
  'allow-plain': { type: 'boolean' },
  tor: { type: 'boolean' },
  direct: { type: 'boolean' },
} as const satisfies OptionSpec

const hostForm = /^(tls|starttls):\/\/(\[[0-9a-fA-F:.]+\]|[^\s/@:\\?#[\]]+):(\d{1,5})$/

/** `tls://HOST:PORT` or `starttls://HOST:PORT`; absent: where the domain of the address says. */
function serverFrom(text: string | undefined): Pick<XmppService, 'server'> {
  if (text === undefined) return {}
  const [, security, host = '', port] = hostForm.exec(text.trim()) ?? []
  if (security === undefined) throw new UsageError('--host takes tls://HOST:PORT or starttls://HOST:PORT')
  return {
    server: {
      host: host.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port),
      security: security === 'tls' ? 'tls' : 'starttls',
    },
  }
}

function xmppOf(user: string, rest: Omit<XmppService, 'userName'>): XmppService {
  const jid = bareJid(user)
  const parsed = xmppService.safeParse({ ...rest, userName: jid })
  if (parsed.success && user.split('/').length === 1) return parsed.data
  const [field] = parsed.error?.issues[0]?.path ?? ['userName']
  throw new UsageError(
    field === 'userName'
      ? '--user takes a Jabber address without a resource: NAME@DOMAIN'
      : `${String(field)}: not valid`,
  )
}

async function xmppFrom(options: Arguments, user: string): Promise<XmppService> {
  const ca = options.text('ca')
  return xmppOf(user, {
    caPem: ca === undefined ? null : await readTextFile(ca),
    ...serverFrom(options.text('host')),
    ...(options.flag('allow-plain') ? { allowsPlain: true as const } : {}),
  })
}

/** Gives an account a chat. */
export async function addXmpp(options: Arguments, output: Output, address: string): Promise<void> {
  const password = await secretFromFile(options.required('password-file'))
  const ways = routeFrom(options)
  const added = await withSession(options, async session => {
    const account = (await loadFolders(session)).account(address)
    // The Jabber address of most providers is the mail address.
    const xmpp = await xmppFrom(options, options.text('user') ?? account.config.address)
    await session.call('accounts.addXmpp', { accountId: account.id, xmpp, password, ...ways })
    return { account: account.config.address, kind: 'xmpp', user: xmpp.userName }
  })
  output.result(added, () => [`Added the chat ${added.user} to ${added.account}.`])
}

/** Changes where, as whom and how an account chats; what is not named stays. */
export async function changeXmpp(options: Arguments, output: Output, address: string): Promise<void> {
  if (!['host', 'user', 'ca'].some(name => options.text(name) !== undefined) && !options.flag('allow-plain'))
    throw new UsageError('account service change changes nothing')
  const changed = await withSession(options, async session => {
    const { id, config, signature } = (await loadFolders(session)).account(address)
    const before = xmppServiceOf({ config })
    if (before === null) throw new SiegelError('not-found', { what: 'service', name: 'xmpp' })
    const ca = options.text('ca')
    const host = options.text('host')
    const { server: _before, ...kept } = before
    const xmpp = xmppOf(options.text('user') ?? before.userName, {
      // `--host srv` forgets a place, so that the domain says where it is.
      ...(host === undefined ? before : host === 'srv' ? kept : { ...kept, ...serverFrom(host) }),
      ...(ca === undefined ? {} : { caPem: await readTextFile(ca) }),
      ...(options.flag('allow-plain') ? { allowsPlain: true as const } : {}),
    })
    await session.call('accounts.update', {
      ...{ accountId: id, signature },
      config: { ...config, services: { ...config.services, xmpp } },
    })
    return { account: config.address, kind: 'xmpp', user: xmpp.userName }
  })
  output.result(changed, () => [`Changed the chat of ${changed.account}.`])
}

/** Signs in to the chat of an account and tells what is there. */
export async function testXmpp(options: Arguments, output: Output, address: string): Promise<void> {
  const report = await withSession(options, async session => {
    const { id } = (await loadFolders(session)).account(address)
    return session.call('accounts.testXmpp', { accountId: id })
  })
  const { host, port, security, tls, features, canResume } = report
  output.result({ ok: true, ...report }, () => [
    `Signed in at ${security}://${host}:${port} (${tls.version}, ${tls.cipher})`,
    `resume: ${canResume ? 'yes' : 'no'}`,
    ...features.map(each => `  ${each}`),
  ])
}

/** Chat as an account of its own. */
export const accountXmppVerbs: readonly Verb[] = [
  {
    name: 'account add-xmpp',
    usage:
      'account add-xmpp [--name N] --user JID --password-file F [--host tls://HOST:PORT|starttls://HOST:PORT] [--ca FILE] [--allow-plain] [--tor | --direct]',
    about:
      'Add an account of chat alone. Without --host the domain of the address says where it is. Nothing is dialled until "account service test" or a chat verb; --allow-plain: the password itself may go to a server that knows nothing better',
    options: { name: { type: 'string' }, ...xmppOptions },
    positionals: [0, 0],
    async run(options, output) {
      const xmpp = await xmppFrom(options, options.required('user'))
      const password = await secretFromFile(options.required('password-file'))
      const config = accountConfig.safeParse({
        ...{ address: xmpp.userName, displayName: options.text('name') ?? '' },
        services: { xmpp },
      })
      if (!config.success) throw new UsageError(`--user ${xmpp.userName} gives no address for the account`)
      const account = await withSession(options, session =>
        session.call('accounts.add', { config: config.data, password, ...routeFrom(options) }),
      )
      const { address, displayName } = account.config
      output.result({ id: account.id, address, name: displayName }, () => [`Added ${address}.`])
    },
  },
]
