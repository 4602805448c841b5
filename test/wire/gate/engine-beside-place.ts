import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MailboxId } from '../../../shared/kit/ids'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { refusal, testAuthority, testGate, tlsPlace } from './gate-places'

export type EngineBesidePlace = Readonly<{
  engine: TestEngine
  /** A mailbox of the one account, me@provider.example. */
  inbox: MailboxId
  /** Where the place answers, by TLS. */
  port: number
  /** For files of the test; removed at the end. */
  folder: string
  close(): Promise<void>
}>

/** The whole engine with one account, and a place of the web on this machine that it trusts and takes for a public one. */
export async function openEngineBesidePlace(answer: (socket: Socket) => void): Promise<EngineBesidePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-place-'))
  const authority = await testAuthority()
  const place = await tlsPlace(await authority.options('server'), answer)
  const { port } = place
  const isHere = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)
  const engine = await openTestEngine(join(folder, 'profile'), {
    tests: { remotePlaces: { isPublicHost: isHere, isPublicAddress: isHere, isPort: each => each === port } },
  })
  const { params } = await refusal(
    testGate().gate.dialTls(
      { accountId: null, purpose: 'imap', host: 'localhost', port },
      { serverName: 'localhost', caPem: null },
      { timeoutMs: 20_000 },
    ),
  )
  const fingerprint256 = String(params['fingerprint256'])
  await engine.call('certificates.pin', { host: 'localhost', port, fingerprint256 })
  const account = await engine.call('accounts.add', {
    config: {
      address: 'me@provider.example',
      displayName: 'Me',
      services: {
        mail: {
          imap: { host: 'imap.provider.example', port: 993, security: 'tls' },
          smtp: { host: 'smtp.provider.example', port: 465, security: 'tls' },
          userName: 'me@provider.example',
          caPem: null,
        },
      },
    },
    password: 'secret',
  })
  const made = await engine.call('mailboxes.create', { accountId: account.id, parentId: null, name: 'Mail' })
  return {
    engine,
    inbox: made.id,
    port,
    folder,
    close: async () => {
      await engine.close()
      await place.stop()
      authority.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
