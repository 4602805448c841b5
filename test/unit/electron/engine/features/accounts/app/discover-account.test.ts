import { describe, expect, test } from 'vitest'
import { discoverAccount } from '../../../../../../../electron/engine/features/accounts/app/discover-account'
import { knownProvider } from '../../../../../../../electron/engine/features/accounts/discovery/known-providers'
import { parseAutoconfig } from '../../../../../../../electron/engine/features/accounts/discovery/parse-autoconfig'
import { createEgressPolicy } from '../../../../../../../electron/engine/net/egress-policy'
import type { GateRequest, NetworkGate } from '../../../../../../../electron/engine/ports/net/gate'
import { discoveryReport } from '../../../../../../../shared/features/accounts/model'
import { SiegelError } from '../../../../../../../shared/kit/result'

type Answers = {
  https?: Record<string, string>
  srv?: Record<string, { host: string; port: number; priority: number; weight: number }[]>
  tls?: string[]
}

/** A gate on which only what the test names answers; it keeps what was asked and holds everyone to the policy. */
function fakeGate(answers: Answers) {
  const policy = createEgressPolicy({ accounts: () => [] })
  const asked: string[] = []
  const permit = (request: GateRequest) => {
    if (!policy.permits(request)) throw new SiegelError('not-permitted', { reason: 'policy' })
  }
  const gate = {
    async httpsGet(request: GateRequest & { path: string }) {
      permit(request)
      const url = `https://${request.host}${request.path}`
      asked.push(url)
      const text = answers.https?.[url]
      if (text === undefined) throw new SiegelError('name-unresolved', { detail: 'ENOTFOUND' })
      return { status: 200, body: Buffer.from(text), contentType: 'text/xml' }
    },
    async resolveSrv(name: string) {
      permit({ accountId: null, purpose: 'dns', host: name, port: 53 })
      asked.push(name)
      return answers.srv?.[name] ?? []
    },
    async dialTls(request: GateRequest) {
      permit(request)
      const target = `${request.host}:${request.port}`
      asked.push(target)
      if (!answers.tls?.includes(target))
        throw new SiegelError('connection-refused', { detail: 'ECONNREFUSED' })
      return {
        stream: { destroy: () => undefined },
        tls: { version: 'TLSv1.3', cipher: 'x', fingerprint256: '' },
      }
    },
  } as unknown as NetworkGate
  const find = async (address: string, reach?: Parameters<typeof discoverAccount>[2]) => {
    const report = await discoverAccount(
      { gate, policy, sources: { knownProvider, parseAutoconfig } },
      address,
      reach,
    )
    return discoveryReport.parse(report)
  }
  return { asked, find }
}

const document = (imapHost: string, smtpHost: string) => `<clientConfig version="1.1"><emailProvider id="x">
  <displayName>Example</displayName>
  <incomingServer type="imap"><hostname>${imapHost}</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer>
  <outgoingServer type="smtp"><hostname>${smtpHost}</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>
</emailProvider></clientConfig>`

describe('finding servers', () => {
  test('a known provider costs not one look-up', async () => {
    const { asked, find } = fakeGate({})
    const report = await find('anna@MAILBOX.org')
    expect(report).toMatchObject({ providerName: 'mailbox.org', hint: 'mailbox.org-app-password' })
    expect(report.imap[0]).toMatchObject({
      endpoint: { host: 'imap.mailbox.org', port: 993, security: 'tls' },
      userName: 'anna@MAILBOX.org',
      source: 'preset',
    })
    expect(report.smtp).toHaveLength(2)
    expect(report.steps).toMatchObject([{ source: 'preset', outcome: 'found' }])
    expect(asked).toEqual([])
  })

  test.each(['anna@mailbox.org', 'anna@gmail.com', 'anna@tuta.com'])(
    '%s leaves nothing to ask',
    async address => {
      const { asked, find } = fakeGate({})
      expect(await find(address, { localOnly: true, way: {} })).toMatchObject({ unasked: null })
      expect(asked).toEqual([])
    },
  )

  test.each(['anna@example.org', 'anna@bücher.example', 'anna@mail.Example.co.uk'])(
    'for %s nobody is asked at first, and the places named are the very ones asked later',
    async address => {
      const { asked, find } = fakeGate({})
      const { unasked, steps } = await find(address, { localOnly: true, way: { overTor: true } })
      expect(steps).toMatchObject([{ source: 'ispdb-snapshot', outcome: 'nothing' }])
      expect(asked).toEqual([])
      expect(unasked).toMatchObject({ way: 'tor' })
      expect((await find(address)).unasked).toBeNull()
      const named = [...(unasked?.pages ?? []), ...(unasked?.records ?? []), ...(unasked?.guesses ?? [])]
      const used = asked.map(each => (each.startsWith('https://') ? new URL(each).hostname : each))
      // The www page is asked only where the bare domain leads there.
      expect(named.filter(each => !each.startsWith('www.'))).toEqual(used)
    },
  )

  test('a provider without IMAP ends the search with its hint', async () => {
    const { asked, find } = fakeGate({})
    expect(await find('anna@tuta.com')).toMatchObject({ hint: 'no-imap', imap: [], smtp: [] })
    expect(asked).toEqual([])
  })

  test("the provider's document is asked over HTTPS and without the address", async () => {
    const url = 'https://autoconfig.example.org/mail/config-v1.1.xml'
    const { asked, find } = fakeGate({ https: { [url]: document('imap.%EMAILDOMAIN%', 'smtp.example.org') } })
    const report = await find('anna@example.org')
    expect(report.imap).toEqual([
      {
        protocol: 'imap',
        endpoint: { host: 'imap.example.org', port: 993, security: 'tls' },
        userName: 'anna',
        source: 'provider-autoconfig',
        evidence: url,
      },
    ])
    expect(asked).toEqual([url, 'https://example.org/.well-known/autoconfig/mail/config-v1.1.xml'])
    expect(asked.join()).not.toMatch(/anna|%40|@/)
    expect(report.steps.map(step => [step.source, step.outcome])).toEqual([
      ['ispdb-snapshot', 'nothing'],
      ['provider-autoconfig', 'found'],
      ['provider-autoconfig', 'failed'],
    ])
  })

  test('a document that is an attack is a failed step, and the search goes on', async () => {
    const url = 'https://autoconfig.example.org/mail/config-v1.1.xml'
    const { find } = fakeGate({
      https: { [url]: '<!DOCTYPE a [<!ENTITY x "y">]><a/>' },
      tls: ['imap.example.org:993'],
    })
    const report = await find('anna@example.org')
    expect(report.steps.find(step => step.target === url)).toMatchObject({
      outcome: 'failed',
      detail: 'message-malformed: autoconfig: document type',
    })
    expect(report.imap).toMatchObject([{ source: 'guess' }])
  })

  test('SRV records come next, services with TLS from the start first, then by priority', async () => {
    const { find } = fakeGate({
      srv: {
        '_imaps._tcp.example.org': [
          { host: 'second.example.org', port: 993, priority: 20, weight: 0 },
          { host: 'first.example.org.', port: 1993, priority: 10, weight: 0 },
        ],
        '_imap._tcp.example.org': [{ host: 'clear.example.org', port: 143, priority: 0, weight: 0 }],
        '_submissions._tcp.example.org': [{ host: '.', port: 0, priority: 0, weight: 0 }],
        '_submission._tcp.example.org': [{ host: 'mail.example.org', port: 587, priority: 0, weight: 0 }],
      },
    })
    const report = await find('anna@example.org')
    expect(
      report.imap.map(one => `${one.endpoint.host}:${one.endpoint.port} ${one.endpoint.security}`),
    ).toEqual(['first.example.org:1993 tls', 'second.example.org:993 tls', 'clear.example.org:143 starttls'])
    expect(report.smtp).toMatchObject([
      {
        endpoint: { host: 'mail.example.org', port: 587, security: 'starttls' },
        source: 'srv',
        evidence: '_submission._tcp.example.org',
      },
    ])
  })

  test('guesses are last, only on ports that begin with TLS, and only for what is missing', async () => {
    const { asked, find } = fakeGate({
      srv: { '_imaps._tcp.example.org': [{ host: 'imap.example.org', port: 993, priority: 0, weight: 0 }] },
      tls: ['mail.example.org:465'],
    })
    const report = await find('anna@example.org')
    expect(report.imap).toMatchObject([{ source: 'srv' }])
    expect(report.smtp).toMatchObject([
      { source: 'guess', endpoint: { host: 'mail.example.org', port: 465, security: 'tls' } },
    ])
    expect(asked.filter(one => /:\d+$/.test(one) && !one.startsWith('https'))).toEqual([
      'smtp.example.org:465',
      'mail.example.org:465',
      'example.org:465',
    ])
  })

  test('nothing found is an honest, empty report with every step in it', async () => {
    const report = await fakeGate({}).find('anna@example.org')
    expect(report).toMatchObject({ imap: [], smtp: [], providerName: null })
    expect(report.steps).toHaveLength(1 + 2 + 4 + 6)
    expect(report.steps.filter(step => step.outcome === 'found')).toEqual([])
  })

  test('an international domain is asked by its ASCII name', async () => {
    const { asked, find } = fakeGate({})
    await find('anna@bücher.example')
    expect(asked[0]).toBe('https://autoconfig.xn--bcher-kva.example/mail/config-v1.1.xml')
  })

  test.each([
    'anna',
    'anna@',
    'anna@localhost',
    '@example.org',
    'a b@example.org',
    'anna@example.org/x',
    'anna@example.org?y',
  ])('%j is no address', async address => {
    await expect(fakeGate({}).find(address)).rejects.toMatchObject({ code: 'bad-address' })
  })
})
