import type {
  AccountSummary,
  DiscoveryReport,
  LookUpPlaces,
  ServerTestReport,
} from '../../shared/features/accounts/model'
import { withServiceSwitched } from '../../shared/features/accounts/services'
import type { FaceCallName } from '../../shared/ipc/contract'
import type { AccountId } from '../../shared/kit/ids'
import { SiegelError } from '../../shared/kit/result'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'
import { networkHandlers } from './network-handlers'

type AccountCalls = Extract<
  FaceCallName,
  `accounts.${string}` | `certificates.${string}` | `sync.${string}` | `net.${string}` | `tor.${string}`
>

const passed: ServerTestReport['steps'] = [
  { step: 'name', outcome: 'ok', code: null, detail: '2001:db8::12' },
  { step: 'port', outcome: 'ok', code: null, detail: '' },
  { step: 'tls', outcome: 'ok', code: null, detail: 'TLSv1.3' },
  { step: 'certificate', outcome: 'ok', code: null, detail: 'Demo CA' },
]

const demoNothing = (address: string, domain: string): DiscoveryReport => ({
  ...{ address, providerName: null, hint: null, imap: [], smtp: [], unasked: null },
  steps: [{ source: 'ispdb-snapshot', target: domain, outcome: 'nothing', detail: '' }],
})
const demoPlaces = (domain: string, overTor: boolean | undefined): LookUpPlaces => ({
  domain,
  way: overTor ? 'tor' : 'direct',
  pages: ['autoconfig.', '', 'www.'].map(part => `${part}${domain}`),
  records: ['_imaps', '_imap', '_submissions', '_submission'].map(name => `${name}._tcp.${domain}`),
  guesses: ['imap.', 'mail.', ''].map(part => `${part}${domain}:993`),
})

/** A server name beginning with `bad` has a self-signed certificate; the password "wrong" is refused. */
function testReport(
  protocol: 'imap' | 'smtp',
  endpoint: ServerTestReport['endpoint'],
  password: string | null,
): ServerTestReport {
  const tls = { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }
  if (endpoint.host.startsWith('bad'))
    return {
      protocol,
      endpoint,
      ok: false,
      steps: [
        ...passed.slice(0, 3),
        { step: 'certificate', outcome: 'failed', code: 'certificate-refused', detail: 'self-signed' },
        { step: 'login', outcome: 'skipped', code: null, detail: '' },
        { step: 'capability', outcome: 'skipped', code: null, detail: '' },
      ],
      certificate: {
        host: endpoint.host,
        port: endpoint.port,
        reason: 'self-signed',
        detail: 'self-signed certificate',
        fingerprint256:
          '3f:9a:11:c0:7e:52:aa:04:d1:6b:8c:e9:20:13:f7:5d:3f:9a:11:c0:7e:52:aa:04:d1:6b:8c:e9:20:13:f7:5d',
        subject: `CN=${endpoint.host}`,
        issuer: `CN=${endpoint.host}`,
        names: [endpoint.host],
        validFrom: '2026-01-01',
        validTo: '2027-01-01',
      },
      tls,
      capabilities: [],
    }
  const refused = password === 'wrong'
  return {
    protocol,
    endpoint,
    ok: !refused,
    steps: [
      ...passed,
      password === null
        ? { step: 'login', outcome: 'skipped', code: null, detail: '' }
        : {
            step: 'login',
            outcome: refused ? 'failed' : 'ok',
            code: refused ? 'login-refused' : null,
            detail: refused ? '[AUTHENTICATIONFAILED] Authentication failed.' : '',
          },
      { step: 'capability', outcome: refused ? 'skipped' : 'ok', code: null, detail: '' },
    ],
    certificate: null,
    tls,
    capabilities:
      protocol === 'imap' ? ['IMAP4rev1', 'CONDSTORE', 'QRESYNC', 'MOVE', 'IDLE'] : ['SIZE', '8BITMIME'],
  }
}

export function accountHandlers(world: FakeWorld): Handlers<AccountCalls> {
  const find = (accountId: string): AccountSummary => {
    const account = world.accounts.find(({ id }) => id === accountId)
    if (account === undefined) throw new SiegelError('not-found', { what: 'account' })
    return account
  }
  return {
    'accounts.list': () => [...world.accounts],
    'accounts.discover': ({ address, localOnly, overTor }) => {
      const domain = address.split('@')[1] ?? ''
      const known = domain.startsWith('mailbox')
      const source = known ? 'ispdb-snapshot' : 'srv'
      const server = (protocol: 'imap' | 'smtp', port: number) => ({
        protocol,
        endpoint: { host: `${protocol}.${domain}`, port, security: 'tls' as const },
        userName: address,
        source: source as 'srv' | 'ispdb-snapshot',
        evidence: known ? domain : `_${protocol}s._tcp.${domain}`,
      })
      const nothing = domain.startsWith('unknown')
      if (localOnly && !known)
        return { ...demoNothing(address, domain), unasked: demoPlaces(domain, overTor) }
      return {
        address,
        unasked: null,
        providerName: known ? 'mailbox.org' : null,
        hint: known ? 'mailbox.org-app-password' : null,
        imap: nothing ? [] : [server('imap', 993)],
        smtp: nothing ? [] : [server('smtp', 465)],
        steps: [
          { source: 'ispdb-snapshot', target: domain, outcome: known ? 'found' : 'nothing', detail: '' },
          {
            source: 'provider-autoconfig',
            target: `https://autoconfig.${domain}/`,
            outcome: 'failed',
            detail: 'timeout',
          },
          {
            source: 'srv',
            target: `_imaps._tcp.${domain}`,
            outcome: nothing || known ? 'nothing' : 'found',
            detail: '',
          },
        ],
      }
    },
    'accounts.test': ({ mail, password }) => {
      const imap = testReport('imap', mail.imap, password)
      const smtp = testReport('smtp', mail.smtp, password)
      return { ok: imap.ok && smtp.ok, imap, smtp }
    },
    'accounts.add': ({ config }) => {
      const account = { ...world.addAccount(config as AccountSummary['config'], false) }
      world.changed('account', [account.id])
      return account
    },
    'accounts.addSample': () => {
      world.addDemoAccounts()
      world.changed('account', null)
      world.changed('mailbox', null)
      world.changed('message', null)
      return find(world.accounts[0]?.id ?? '')
    },
    'accounts.update': ({ accountId, config, signature }) => {
      const at = world.accounts.indexOf(find(accountId))
      const account = { ...find(accountId), config: config as AccountSummary['config'], signature }
      world.accounts[at] = account
      world.changed('account', [accountId])
      return account
    },
    'accounts.setPassword': () => ({}),
    'accounts.switchService': ({ accountId, service, isOff }) => {
      const before = find(accountId)
      const services = withServiceSwitched(before.config.services, service, isOff)
      const account = { ...before, config: { ...before.config, services } }
      world.accounts[world.accounts.indexOf(before)] = account
      world.changed('account', [accountId])
      return account
    },
    'accounts.remove': ({ accountId }) => {
      const account = find(accountId)
      world.accounts.splice(world.accounts.indexOf(account), 1)
      for (const [id, { summary }] of world.messages)
        if (summary.accountId === account.id) world.messages.delete(id)
      for (const mailbox of world.mailboxes.filter(other => other.accountId === account.id))
        world.mailboxes.splice(world.mailboxes.indexOf(mailbox), 1)
      world.changed('account', [accountId])
      world.changed('message', null)
      return {}
    },
    'certificates.pins': () => [],
    'certificates.unpin': () => ({}),
    'accounts.pinCertificate': () => ({ pinned: true }),
    ...networkHandlers(world),
    'sync.now': ({ accountId }) => {
      for (const [id, status] of world.sync) {
        if (accountId !== null && id !== accountId) continue
        world.emit('sync', { ...status, state: 'connecting' })
        setTimeout(() => {
          const next = { ...status, lastCheckedAtMs: Date.now() }
          world.sync.set(id as AccountId, next)
          world.emit('sync', next)
        }, 900)
      }
      return {}
    },
    'sync.status': () => [...world.sync.values()],
  }
}
