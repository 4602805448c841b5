import { hasMailServer } from '../../../shared/features/accounts/services'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { accountOf, conflictLine, contactKeyLines, contactKeyOf, ownKeyOf } from './key-words'

/** Other people's keys: found, compared, judged. */
export const contactKeyVerbs: readonly Verb[] = [
  {
    name: 'keys find',
    usage: 'keys find ADDRESS [--account A]',
    about: "Look for somebody's key where the account's settings allow it, and say why nothing was found",
    options: { account: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const [address = ''] = options.positionals
      await withSession(options, async session => {
        const accounts = await session.call('accounts.list', {})
        const first = accounts.find(hasMailServer)
        const account = (await accountOf(session, options.text('account'))) ?? first
        const report = await session.call('keys.find', {
          address,
          accountId: account?.id ?? null,
          by: 'user',
        })
        const { conflicts } = await session.call('keys.contacts', { address })
        output.result({ ...report, conflicts }, () => [
          ...report.steps.map(({ source, target, outcome, detail }) =>
            `${source} ${target}: ${outcome} ${detail}`.trimEnd(),
          ),
          ...report.found.flatMap(contactKeyLines),
          ...conflicts.map(conflictLine),
        ])
      })
    },
  },
  {
    name: 'keys verify',
    usage: 'keys verify ADDRESS [FINGERPRINT] [--own KEY] [--code TEXT | --confirm]',
    about:
      "Show the number both of you compare; --code takes what the other's QR code says, --confirm is your word that the numbers are the same",
    options: { own: { type: 'string' }, code: { type: 'string' }, confirm: { type: 'boolean' } },
    positionals: [1, 2],
    async run(options, output) {
      const [address = '', wanted] = options.positionals
      await withSession(options, async session => {
        const { fingerprint } = await contactKeyOf(session, address, wanted)
        const ownName = options.text('own')
        const own = ownName === undefined ? null : (await ownKeyOf(session, ownName)).facts.fingerprint
        const comparison = await session.call('keys.compare', { address, fingerprint, own })
        const code = options.text('code')?.trim().toUpperCase()
        if (code !== undefined && code !== comparison.code)
          throw new UsageError('the code is not that of these two keys: one of you has a wrong key')
        const verified = code !== undefined || options.flag('confirm')
        if (verified) await session.call('keys.setTrust', { address, fingerprint, trust: 'verified' })
        output.result({ address, fingerprint, ...comparison, verified }, () => [
          comparison.number,
          comparison.code,
          verified ? `${fingerprint} is verified for ${address}.` : 'Compare it, then say --confirm.',
        ])
      })
    },
  },
  {
    name: 'keys trust',
    usage: 'keys trust ADDRESS FINGERPRINT [--reject | --withdraw]',
    about:
      'Use this key for an address from now on; --reject never does, --withdraw takes a verification back',
    options: { reject: { type: 'boolean' }, withdraw: { type: 'boolean' } },
    positionals: [2, 2],
    async run(options, output) {
      const [address = '', wanted] = options.positionals
      await withSession(options, async session => {
        const { fingerprint } = await contactKeyOf(session, address, wanted)
        if (options.flag('withdraw'))
          await session.call('keys.setTrust', { address, fingerprint, trust: 'none' })
        else
          await session.call(options.flag('reject') ? 'keys.reject' : 'keys.useKey', { address, fingerprint })
        const { keys, conflicts } = await session.call('keys.contacts', { address })
        output.result({ keys, conflicts }, () => keys.flatMap(contactKeyLines))
      })
    },
  },
  {
    name: 'keys forget',
    usage: 'keys forget ADDRESS FINGERPRINT',
    about: "Forget somebody else's key for an address; it may turn up again, unlike a rejected one",
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [address = '', wanted] = options.positionals
      await withSession(options, async session => {
        const { fingerprint } = await contactKeyOf(session, address, wanted)
        await session.call('keys.remove', { address, fingerprint })
        output.result({ forgotten: fingerprint, address }, () => [`Forgot ${fingerprint} for ${address}.`])
      })
    },
  },
  {
    name: 'keys settings',
    usage: 'keys settings ACCOUNT [--wkd MODE] [--keyserver MODE] [--servers HOST,…] [--key KEY|none]',
    about:
      'Show or change where the account looks for keys (MODE: off, ask, automatic) and which key is its own',
    options: {
      wkd: { type: 'string' },
      keyserver: { type: 'string' },
      servers: { type: 'string' },
      key: { type: 'string' },
    },
    positionals: [1, 1],
    async run(options, output) {
      const mode = (name: string) => {
        const text = options.text(name)
        if (text !== undefined && text !== 'off' && text !== 'ask' && text !== 'automatic')
          throw new UsageError(`--${name} takes off, ask or automatic`)
        return text
      }
      const servers = options
        .text('servers')
        ?.split(',')
        .filter(each => each !== '')
      const key = options.text('key')
      await withSession(options, async session => {
        const account = await accountOf(session, options.positionals[0])
        if (!account) throw new UsageError('an account is missing')
        const own =
          key === undefined
            ? undefined
            : key === 'none'
              ? null
              : (await ownKeyOf(session, key)).facts.fingerprint
        const settings = await session.call('keys.setSettings', {
          accountId: account.id,
          change: { wkd: mode('wkd'), keyserver: mode('keyserver'), keyservers: servers, key: own },
        })
        output.result(settings, () =>
          Object.entries(settings).map(([name, value]) => `${name}: ${String(value ?? 'none')}`),
        )
      })
    },
  },
]
