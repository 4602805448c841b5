import { mailServiceOf } from '../../../shared/features/accounts/services'
import { SiegelError } from '../../../shared/kit/result'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

/** SHA-256 as it is shown: hex pairs in lower case with colons; taken with or without them. */
export function fingerprintOf(text: string): string {
  const hex = text.toLowerCase().replace(/[\s:]/g, '')
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new UsageError('--sha256 takes the 64 hex digits of a certificate')
  return hex.match(/../g)?.join(':') ?? ''
}

/** Trusts one certificate that the authorities do not vouch for, as it is met now; nothing else is trusted by it. */
export const netPin: Verb = {
  name: 'net pin',
  usage: 'net pin ADDRESS --sha256 FINGERPRINT',
  about:
    'Connect to the servers of an account and trust the one certificate with this SHA-256 from now on, although no certificate authority vouches for it',
  options: { sha256: { type: 'string' } },
  positionals: [1, 1],
  async run(options, output) {
    const fingerprint256 = fingerprintOf(options.required('sha256'))
    const pinned = await withSession(options, async session => {
      const account = (await loadFolders(session)).account(options.positionals[0] ?? '')
      const mail = mailServiceOf(account)
      if (mail === null) throw new SiegelError('account-is-local', {})
      const report = await session.call('accounts.test', {
        mail,
        password: null,
        accountId: account.id,
      })
      const refused = [report.imap, report.smtp]
        .map(({ certificate }) => certificate)
        .filter(each => each !== null)
        .filter(each => each.fingerprint256 === fingerprint256)
      if (refused.length === 0)
        throw new SiegelError('not-found', { what: 'refused certificate', name: 'with this SHA-256' })
      // No pin helps a key that can be computed.
      if (refused.some(({ reason }) => reason === 'weak-key'))
        throw new SiegelError('bad-request', { reason: 'weak-key' })
      for (const { host, port } of refused)
        await session.call('certificates.pin', { host, port, fingerprint256 })
      return refused.map(({ host, port, reason }) => ({ host, port, reason, fingerprint256 }))
    })
    output.result(pinned, () =>
      pinned.map(({ host, port }) => `Trusted for ${host}:${port}: ${fingerprint256}`),
    )
  },
}
