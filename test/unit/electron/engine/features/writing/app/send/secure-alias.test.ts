import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Draft, DraftContent } from '../../../../../../../../shared/features/writing/model'
import { openTestEngine, type TestEngine } from '../../../../../../../support/engine-in-test'
import {
  type ScriptedSmtpServer,
  startScriptedSmtpServer,
} from '../../../../../../../wire/support/scripted-smtp-server'

describe('the address that sends over TLS only', () => {
  let directory: string
  let engine: TestEngine
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sgp-'))
    engine = await openTestEngine(directory)
  })
  afterEach(async () => {
    await engine.close()
    await rm(directory, { recursive: true, force: true })
  })

  const add = async (address: string, server?: ScriptedSmtpServer) =>
    (
      await engine.call('accounts.add', {
        config: {
          address,
          displayName: 'Anna',
          services: {
            mail: {
              userName: server?.user ?? address,
              imap: { host: 'imap.mailbox.org', port: 993, security: 'tls' },
              smtp: server
                ? { host: 'localhost', port: server.port, security: 'tls' }
                : { host: 'smtp.mailbox.org', port: 465, security: 'tls' },
              caPem: server?.ca ?? null,
            },
          },
        },
        password: server?.password ?? 'x',
      })
    ).id
  const write = async (change: Partial<DraftContent>): Promise<Draft> => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId: null })
    return engine.call('drafts.save', {
      draftId: draft.id,
      content: {
        ...draft.content,
        to: [{ name: '', address: 'you@example.net' }],
        subject: 'Hello',
        text: 'Text',
        ...change,
      },
      revision: draft.revision,
    })
  }
  const bytes = async (change: Partial<DraftContent>) => {
    const { id } = await write(change)
    return (await engine.call('drafts.preview', { draftId: id })).text
  }
  /** What is random or the time made equal. */
  const steady = (text: string) => text.replace(/^Date: .*$/m, 'Date: now').replace(/<[0-9a-f]{32}@/g, '<id@')

  test('stands in From and Message-ID, and nothing else of the message changes', async () => {
    await add('anna@mailbox.org')
    const usual = await bytes({})
    const secure = await bytes({ secureAlias: true })
    expect(secure).toContain('From: "Anna" <anna@secure.mailbox.org>\r\n')
    expect(secure).toMatch(/^Message-ID: <[0-9a-f]{32}@secure\.mailbox\.org>\r$/m)
    expect(secure).not.toMatch(/@mailbox\.org/)
    expect(usual).not.toContain('secure')
    expect(steady(secure).replaceAll('@secure.mailbox.org', '@mailbox.org')).toBe(steady(usual))
    expect(await bytes({ secureAlias: true, requireTls: true })).not.toMatch(/tls/i)
  })

  test('is what the server is told too, together with the demand of the message', async () => {
    const server = await startScriptedSmtpServer({ extensions: ['8BITMIME', 'REQUIRETLS'] })
    await add('anna@mailbox.org', server)
    const { id, content } = await write({ secureAlias: true, requireTls: true })
    expect(await engine.call('transport.sending', { accountId: content.accountId })).toEqual({
      requireTls: 'unknown',
    })
    const item = await engine.call('outbox.send', { draftId: id })
    expect(item).toMatchObject({ state: 'sent', problem: null })
    expect(server.received).toMatchObject([{ from: 'anna@secure.mailbox.org', to: ['you@example.net'] }])
    expect(server.received[0]?.parameters).toContain('REQUIRETLS')
    expect(server.received[0]?.raw.toString()).not.toMatch(/@mailbox\.org|tls-required/i)
    expect(await engine.call('transport.sending', { accountId: content.accountId })).toEqual({
      requireTls: 'offered',
    })
    await server.stop()
  })

  test('is kept by an answer to what came over it, and is never a recipient of the answer', async () => {
    const accountId = await add('anna@mailbox.org')
    const file = join(directory, 'got.eml')
    writeFileSync(
      file,
      'From: you@example.net\r\nTo: Anna@secure.mailbox.org, bob@example.net\r\nSubject: x\r\nMessage-ID: <a@example.net>\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\n\r\nText\r\n',
    )
    await engine.call('accounts.add', {
      config: { address: 'local', displayName: '', services: {} },
      password: null,
    })
    const mailboxId = (await engine.call('mailboxes.list', {}))[0]?.id
    if (mailboxId === undefined) throw new Error('no mailbox')
    await engine.call('mail.import', { path: file, mailboxId })
    const { ids } = await engine.call('messages.index', {
      mailboxId,
      role: null,
      unreadOnly: false,
      flaggedOnly: false,
    })
    const { content } = await engine.call('drafts.create', {
      mode: 'reply-all',
      messageId: ids[0] ?? null,
      accountId,
    })
    expect(content).toMatchObject({ secureAlias: true, to: [{ address: 'you@example.net' }] })
    expect(content.cc.map(({ address }) => address)).toEqual(['bob@example.net'])
  })

  test('an account that has none refuses, rather than sending from the usual address', async () => {
    await add('anna@own.example')
    const { id } = await write({ secureAlias: true })
    await expect(engine.call('outbox.send', { draftId: id })).rejects.toMatchObject({
      code: 'sender-refused',
    })
    expect(await engine.call('outbox.list', {})).toEqual([])
  })
})
