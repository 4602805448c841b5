import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DraftContent } from '../../../../../../../../shared/features/writing/model'
import { openTestEngine, type TestEngine } from '../../../../../../../support/engine-in-test'

describe('what leaves this machine, seen before it does', () => {
  let directory: string
  let engine: TestEngine
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sgp-'))
    engine = await openTestEngine(directory)
    await engine.call('accounts.add', {
      config: {
        address: 'me@example.org',
        displayName: 'Mé',
        services: {
          mail: {
            userName: 'me@example.org',
            imap: { host: '127.0.0.1', port: 1, security: 'tls' },
            smtp: { host: '127.0.0.1', port: 1, security: 'tls' },
            caPem: null,
          },
        },
      },
      password: 'x',
    })
  })
  afterEach(async () => {
    await engine.close()
    await rm(directory, { recursive: true, force: true })
  })

  const preview = async (change: Partial<DraftContent>) => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId: null })
    const saved = await engine.call('drafts.save', {
      draftId: draft.id,
      content: { ...draft.content, subject: 'Hello', text: 'Text', ...change },
      revision: draft.revision,
    })
    return (await engine.call('drafts.preview', { draftId: saved.id })).text
  }
  const to = [{ name: '', address: 'you@example.net' }]

  test('blind recipients are nowhere in the bytes', async () => {
    const text = await preview({ to, bcc: [{ name: 'Hidden Person', address: 'hidden@example.com' }] })
    expect(text).toContain('To: you@example.net\r\n')
    expect(text).not.toMatch(/^bcc:/im)
    expect(text).not.toMatch(/hidden/i)
  })

  test('nothing names program, machine, language or time zone', async () => {
    const text = await preview({ to })
    const names = [...text.split('\r\n\r\n')[0]!.matchAll(/^([A-Za-z-]+):/gm)].map(each => each[1])
    expect(names).toEqual([
      'From',
      'To',
      'Subject',
      'Date',
      'Message-ID',
      'MIME-Version',
      'Content-Type',
      'Content-Transfer-Encoding',
    ])
    expect(text).toMatch(/^Date: \w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:00 \+0000\r$/m)
    expect(text).toMatch(/^Message-ID: <[0-9a-f]{32}@example\.org>\r$/m)
  })

  test('a message to nobody yet can be looked at as well', async () => {
    expect(await preview({})).toContain('Subject: Hello\r\n')
  })

  test('an address that is none is named before anything leaves', async () => {
    await expect(preview({ to: [{ name: '', address: 'nobody at home' }] })).rejects.toMatchObject({
      code: 'bad-address',
    })
  })
})
