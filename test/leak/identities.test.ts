import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, networkInterfaces, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId, DraftId } from '../../shared/kit/ids'
import { openTestEngine, type TestEngine } from '../support/engine-in-test'

/** Nobody is ever connected: what is looked at are the bytes that would be sent. */
describe('what a message says about its writer', () => {
  let directory: string
  let engine: TestEngine
  let secret: AccountId
  let open: AccountId
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'siegel-identities-'))
    engine = await openTestEngine(directory)
    await engine.call('settings.set', { offline: true })
    secret = await add('whistle@secret-desk.example', 'Deep Throat', 'imap.secret-desk.example')
    open = await add('anna@open.example', 'Anna Kant', 'imap.open.example')
  })
  afterEach(async () => {
    await engine.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const add = async (address: string, displayName: string, host: string): Promise<AccountId> => {
    const server = { host, port: 993, security: 'tls' as const }
    const config = {
      address,
      displayName,
      services: {
        mail: { userName: `login-of-${address}`, imap: server, smtp: { ...server, port: 465 }, caPem: null },
      },
    }
    return (await engine.call('accounts.add', { config, password: 'never-said' })).id
  }
  const bytesOf = async (draftId: DraftId): Promise<string> =>
    Buffer.from((await engine.call('drafts.preview', { draftId })).bytes).toString('latin1')
  const write = async (accountId: AccountId) => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId })
    const to = [{ name: '', address: 'bob@elsewhere.example' }]
    const content = { ...draft.content, to, subject: 'Hello', text: 'Words.' }
    return engine.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
  }

  test('a draft begun under one address and sent from another names only the other', async () => {
    const draft = await write(secret)
    expect(await bytesOf(draft.id)).toContain('whistle@secret-desk.example')
    const content = { ...draft.content, accountId: open }
    const moved = await engine.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
    const raw = await bytesOf(moved.id)
    expect(raw).toMatch(/^From: "?Anna Kant"? <anna@open\.example>/m)
    expect(raw).toMatch(/^Message-ID: <[0-9a-f]{32}@open\.example>/m)
    expect(raw).not.toMatch(/secret-desk|whistle|Deep Throat|never-said/i)
  })

  test('no other account of the profile is named anywhere in a message', async () => {
    const raw = await bytesOf((await write(open)).id)
    expect(raw).not.toMatch(/secret-desk|whistle|Deep Throat|login-of|imap\.open/i)
  })

  test('no host name, user, home, network address, program or time zone of this machine is in it', async () => {
    const raw = await bytesOf((await write(open)).id)
    const addresses = Object.values(networkInterfaces()).flatMap(
      list => list?.map(each => each.address) ?? [],
    )
    for (const own of [hostname(), userInfo().homedir, ...addresses].filter(each => each.length > 3))
      expect(raw).not.toContain(own)
    expect(raw).not.toMatch(/^(User-Agent|X-Mailer|X-Originating-IP|Received|Sender|Content-Language):/im)
    expect(raw).not.toMatch(/siegel|electron|nodemailer|localhost/i)
    expect(raw).toMatch(/^Date: .*:00 \+0000$/m)
  })

  test('two messages of one account have nothing in their identifiers in common', async () => {
    const idOf = (raw: string) => /^Message-ID: <([0-9a-f]+)@/m.exec(raw)?.[1] ?? ''
    const [one, other] = [await write(open), await write(open)]
    const ids = [idOf(await bytesOf(one.id)), idOf(await bytesOf(other.id))]
    expect(ids[0]?.length).toBe(32)
    expect(ids[0]?.slice(0, 8)).not.toBe(ids[1]?.slice(0, 8))
    expect(ids[0]?.slice(-8)).not.toBe(ids[1]?.slice(-8))
  })
})
