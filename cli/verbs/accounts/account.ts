import {
  type AccountConfig,
  accountConfig,
  type ServerEndpoint,
  sentCopies,
  serviceKind,
} from '../../../shared/features/accounts/model'
import {
  davServiceOf,
  hasMailServer,
  mailServiceOf,
  servicesOf,
  xmppServiceOf,
} from '../../../shared/features/accounts/services'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { readTextFile } from '../../kit/read-text-file'
import { secretFromFile, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { testAccount } from './test-account'

/** What an account is made of and can be changed in. */
const changeOptions = {
  name: { type: 'string' },
  imap: { type: 'string' },
  smtp: { type: 'string' },
  user: { type: 'string' },
  ca: { type: 'string' },
  'imap-onion': { type: 'string' },
  'smtp-onion': { type: 'string' },
} as const satisfies OptionSpec

const serverOptions = {
  address: { type: 'string' },
  ...changeOptions,
  'password-file': { type: 'string' },
  tor: { type: 'boolean' },
  direct: { type: 'boolean' },
} as const satisfies OptionSpec

/** `tls://HOST:PORT` or `starttls://HOST:PORT`. */
function endpoint(name: string, text: string): ServerEndpoint {
  const match = /^(tls|starttls):\/\/(\[[0-9a-fA-F:.]+\]|[^:/\s]+):(\d{1,5})$/.exec(text)
  const [, security, host, port] = match ?? []
  if ((security !== 'tls' && security !== 'starttls') || !host || !port) {
    throw new UsageError(`--${name} takes tls://HOST:PORT or starttls://HOST:PORT, not "${text}"`)
  }
  return { security, host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

const withOnion = (server: ServerEndpoint, onion: string | undefined): ServerEndpoint =>
  onion === undefined ? server : { ...server, onion }

/** Throws `UsageError` with the field and what is wrong with it. */
function validConfig(config: unknown): AccountConfig {
  const parsed = accountConfig.safeParse(config)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(`${issue?.path.join('.') ?? 'account'}: ${issue?.message ?? 'not valid'}`)
}

async function configFrom(options: Arguments): Promise<AccountConfig> {
  const address = options.required('address')
  const ca = options.text('ca')
  const caPem = ca === undefined ? null : await readTextFile(ca)
  return validConfig({
    address,
    displayName: options.text('name') ?? '',
    services: {
      mail: {
        userName: options.text('user') ?? address,
        imap: withOnion(endpoint('imap', options.required('imap')), options.text('imap-onion')),
        smtp: withOnion(endpoint('smtp', options.required('smtp')), options.text('smtp-onion')),
        caPem,
      },
    },
  })
}

/** The account as it is, but for what is named. Throws `account-is-local` where a server is named of one without. */
async function changedConfig(config: AccountConfig, options: Arguments): Promise<AccountConfig> {
  const displayName = options.text('name') ?? config.displayName
  const mail = mailServiceOf({ config })
  if (mail === null) {
    if (Object.keys(changeOptions).some(name => name !== 'name' && options.text(name) !== undefined))
      throw new SiegelError('account-is-local', {})
    return { ...config, displayName }
  }
  const server = (name: 'imap' | 'smtp') => {
    const text = options.text(name)
    const wanted = text === undefined ? mail[name] : endpoint(name, text)
    return withOnion(wanted, options.text(`${name}-onion`))
  }
  const ca = options.text('ca')
  const changed = {
    ...mail,
    userName: options.text('user') ?? mail.userName,
    imap: server('imap'),
    smtp: server('smtp'),
    caPem: ca === undefined ? mail.caPem : await readTextFile(ca),
  }
  return validConfig({ ...config, displayName, services: { ...config.services, mail: changed } })
}

export const accountVerbs: readonly Verb[] = [
  {
    name: 'account add',
    usage:
      'account add --address A [--name N] --imap tls://HOST:PORT|starttls://HOST:PORT --smtp … [--user U] --password-file F [--ca FILE] [--tor | --direct] [--imap-onion NAME] [--smtp-onion NAME]',
    about:
      'Add an account. Nothing is dialled until "account test" or "sync". Uses the strictest connection of any account unless told otherwise',
    options: serverOptions,
    positionals: [0, 0],
    async run(options, output) {
      const config = await configFrom(options)
      const password = await secretFromFile(options.required('password-file'))
      const account = await withSession(options, session =>
        session.call('accounts.add', {
          config,
          password,
          ...(options.flag('tor') ? { route: { kind: 'tor' } } : {}),
          ...(options.flag('direct') ? { route: { kind: 'direct' } } : {}),
        }),
      )
      output.result({ id: account.id, address: account.config.address }, () => [
        `Added ${account.config.address}.`,
      ])
    },
  },
  {
    name: 'account add-local',
    usage: 'account add-local',
    about: 'Add the local account, which lives on this machine only; "import" does it by itself',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const account = await withSession(options, session =>
        session.call('accounts.add', {
          config: { address: 'local', displayName: '', services: {} },
          password: null,
        }),
      )
      output.result({ id: account.id, address: 'local' }, () => ['Added the local account.'])
    },
  },
  {
    name: 'account discover',
    usage: 'account discover ADDRESS [--tor | --direct] [--local]',
    about:
      'Look for the settings of an address and say where each was found; sends no password. Uses the strictest connection of any account unless told otherwise. With --local nobody is asked, and it says who would be',
    options: { tor: { type: 'boolean' }, direct: { type: 'boolean' }, local: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const report = await withSession(options, session =>
        session.call('accounts.discover', {
          address: options.positionals[0] ?? '',
          localOnly: options.flag('local'),
          ...(options.flag('tor') ? { overTor: true } : options.flag('direct') ? { overTor: false } : {}),
        }),
      )
      output.result(report, () => [
        ...[...report.imap, ...report.smtp].map(
          each =>
            `${each.protocol}  ${each.endpoint.security}://${each.endpoint.host}:${each.endpoint.port}  user ${each.userName}  (${each.source}: ${each.evidence})`,
        ),
        ...report.steps.map(
          step => `  ${step.outcome.padEnd(7)} ${step.source}: ${step.target} ${step.detail}`,
        ),
        ...(report.unasked === null
          ? []
          : [
              `Nobody was asked. Without --local these would be, until the servers are known (way: ${report.unasked.way}):`,
              ...report.unasked.pages.map(host => `  https ${host}`),
              ...report.unasked.records.map(record => `  dns   ${record}`),
              ...report.unasked.guesses.map(place => `  tls   ${place}`),
            ]),
      ])
    },
  },
  {
    name: 'account list',
    usage: 'account list',
    about: 'List the accounts',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const accounts = await withSession(options, session => session.call('accounts.list', {}))
      const value = accounts.map(account => {
        const mail = mailServiceOf(account)
        return {
          id: account.id,
          address: account.config.address,
          name: account.config.displayName,
          // What it was called before accounts had services; programs read it.
          kind:
            mail !== null
              ? 'imap'
              : davServiceOf(account) !== null
                ? 'dav'
                : xmppServiceOf(account) !== null
                  ? 'xmpp'
                  : 'local',
          services: servicesOf(account),
          ...(mail === null
            ? {}
            : {
                imap: mail.imap,
                smtp: mail.smtp,
                user: mail.userName,
                sentCopies: mail.sentCopies ?? 'automatic',
                filesSentMail: account.filesSentMail === true,
              }),
        }
      })
      output.result(value, () =>
        value.map(
          each =>
            `${each.address}  ${each.kind}${each.imap ? `  ${each.imap.security}://${each.imap.host}:${each.imap.port}  sent copies: ${each.sentCopies}${each.filesSentMail ? ', the provider files its own' : ''}` : ''}`,
        ),
      )
    },
  },
  {
    name: 'account sent-copies',
    usage: 'account sent-copies ADDRESS automatic|always|never',
    about:
      'Copies of sent mail: automatic files one and takes it away where the provider files its own; always and never do so whatever the provider does',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [address = '', text = ''] = options.positionals
      const mode = sentCopies.safeParse(text)
      if (!mode.success) throw new UsageError('account sent-copies takes automatic, always or never')
      await withSession(options, async session => {
        const account = (await loadFolders(session)).account(address)
        const { id, config, signature } = account
        const mail = mailServiceOf(account)
        if (mail === null) throw new SiegelError('account-is-local', {})
        const services = { ...config.services, mail: { ...mail, sentCopies: mode.data } }
        const changed = { ...config, services }
        await session.call('accounts.update', { accountId: id, config: changed, signature })
      })
      output.result({ address, sentCopies: mode.data }, () => [`${address}: ${mode.data}.`])
    },
  },
  {
    name: 'account update',
    usage:
      'account update ADDRESS [--name N] [--imap tls://HOST:PORT|starttls://HOST:PORT] [--smtp …] [--user U] [--ca FILE] [--imap-onion NAME] [--smtp-onion NAME] [--signature-file F]',
    about:
      'Change an account; what is not named stays. Other servers get no password before "account set-password"',
    options: { ...changeOptions, 'signature-file': { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const signatureFile = options.text('signature-file')
      const given = Object.keys(changeOptions).some(name => options.text(name) !== undefined)
      if (!given && signatureFile === undefined) throw new UsageError('account update changes nothing')
      const typed = signatureFile === undefined ? null : (await readTextFile(signatureFile)).trimEnd()
      const account = await withSession(options, async session => {
        const { id, config, signature } = (await loadFolders(session)).account(options.positionals[0] ?? '')
        const changed = given ? await changedConfig(config, options) : config
        return session.call('accounts.update', {
          accountId: id,
          config: changed,
          signature: typed ?? signature,
        })
      })
      output.result({ id: account.id, address: account.config.address }, () => [
        `Changed ${account.config.address}.`,
      ])
    },
  },
  {
    name: 'account set-password',
    usage: 'account set-password ADDRESS --password-file F [--kind mail|dav|xmpp]',
    about: 'Give the password of an account anew; the servers see it at the next sync',
    options: { 'password-file': { type: 'string' }, kind: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const address = options.positionals[0] ?? ''
      const service = serviceKind.safeParse(options.text('kind') ?? 'mail')
      if (!service.success) throw new UsageError('--kind takes mail or dav')
      const password = await secretFromFile(options.required('password-file'))
      await withSession(options, async session => {
        const account = (await loadFolders(session)).account(address)
        const [only] = servicesOf(account)
        if (only === undefined) throw new SiegelError('account-is-local', {})
        // Of an account with one service there is no doubt which.
        const kind = options.text('kind') === undefined && !hasMailServer(account) ? only : service.data
        await session.call('accounts.setPassword', { accountId: account.id, service: kind, password })
      })
      output.result({ address }, () => [`Kept the password of ${address}.`])
    },
  },
  {
    name: 'account remove',
    usage: 'account remove ADDRESS',
    about: 'Remove an account with its mail on this machine. The server keeps its mail',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const address = options.positionals[0] ?? ''
      await withSession(options, async session => {
        const account = (await loadFolders(session)).account(address)
        await session.call('accounts.remove', { accountId: account.id })
      })
      output.result({ removed: address }, () => [`Removed ${address}.`])
    },
  },
  {
    name: 'account test',
    usage: 'account test ADDRESS',
    about: 'Try name, port, TLS, certificate, sign-in and capabilities of both servers, step by step',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const address = options.positionals[0] ?? ''
      await testAccount(options, output, address)
    },
  },
]
