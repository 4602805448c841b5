import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestAuthority } from '../../rig/certificates'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { createServerFolder } from '../../rig/server-folder'
import { mailOf, withMail } from '../../support/with-mail'
import { plainMessage, rigAccount } from '../support/accounts'
import { row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
let other: Awaited<ReturnType<typeof createTestAuthority>>

beforeAll(async () => {
  servers = await startMailServers()
  await servers.deliver('alice@rig.test', plainMessage({ subject: 'First letter' }))
  other = await createTestAuthority(join(createServerFolder(), 'other-ca'), 'Elsewhere CA')
  siegel = await launch()
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  const config = rigAccount(servers, 'alice')
  // Both authorities are trusted: nothing but the watch can tell that the certificate is of another one.
  const caPem = `${mailOf(config).caPem}${readFileSync(other.caFile, 'utf8')}`
  await call('accounts.add', { config: withMail(config, { caPem }), password: 'alice-pw' })
  await row(siegel.page, 'First letter').first().waitFor({ timeout: 90_000 })
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

/** Mail is read on with the new certificate, which is a good one. */
const changeTo = async (certificate: Parameters<MailServers['startImap']>[0], subject: string) => {
  await servers.stopImap()
  await servers.startImap(certificate)
  await servers.deliver('alice@rig.test', plainMessage({ subject }))
  await pageCalls(siegel.page)('sync.now', { accountId: null })
}

test('a good certificate of another issuer, long before the old one ends, is told once and remembered', async () => {
  const { page } = siegel
  await changeTo({ certificate: await other.certificate('server') }, 'Second letter')
  const notice = page.getByText(/127\.0\.0\.1 now uses a certificate from another issuer, long before/)
  await notice.waitFor({ timeout: 90_000 })
  expect(await notice.innerText()).toMatch(/Before: .*Rig Test CA.*Now: .*Elsewhere CA/)
  await siegel.screenshot('certificate-changed-light-en')
  await row(page, 'Second letter').first().waitFor({ timeout: 90_000 })
  const connections = await pageCalls(page)('net.connections', {})
  const changes = connections.flatMap(({ tls }) => tls?.change ?? [])
  expect(changes[0]).toMatchObject({ kind: 'other-issuer-early', isKeyKept: false })

  await pageCalls(page)('prefs.set', { language: 'de', theme: 'dark' })
  await changeTo({ certificate: 'server' }, 'Third letter')
  await page.getByText(/127\.0\.0\.1 verwendet jetzt ein Zertifikat/).waitFor({ timeout: 90_000 })
  await siegel.screenshot('certificate-changed-dark-de')
})
