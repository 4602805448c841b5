import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DraftId } from '../../../../../../../../shared/kit/ids'
import { photoJpeg } from '../../../../../../../fixtures/mail/outgoing/images'
import { openTestEngine, type TestEngine } from '../../../../../../../support/engine-in-test'

describe('the files of a draft', () => {
  let directory: string
  let engine: TestEngine
  let draftId: DraftId
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sga-'))
    engine = await openTestEngine(directory)
    const place = { host: '127.0.0.1', port: 1, security: 'tls' } as const
    await engine.call('accounts.add', {
      config: {
        address: 'me@example.org',
        displayName: '',
        services: { mail: { userName: 'me@example.org', imap: place, smtp: place, caPem: null } },
      },
      password: 'x',
    })
    await engine.call('settings.set', { lookups: false })
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId: null })
    draftId = draft.id
    for (const [fileName, contentType, bytes] of [
      ['IMG_4711 at home.jpg', 'image/jpeg', photoJpeg()],
      ['Offer for Anna.pdf', 'application/pdf', Buffer.from('%PDF-1.7\n')],
    ] as const)
      await engine.call('drafts.addAttachment', { draftId, fileName, contentType, bytes })
  })
  afterEach(async () => {
    await engine.close()
    await rm(directory, { recursive: true, force: true })
  })

  const named = async () =>
    (await engine.call('drafts.get', { draftId })).attachments.map(({ fileName }) => fileName)
  const rename = (
    attachmentId: number | null,
    name: { kind: 'neutral' | 'original' } | { kind: 'own'; fileName: string },
  ) => engine.call('drafts.renameAttachments', { draftId, attachmentId, name })
  const idOf = async (index: number) =>
    (await engine.call('drafts.get', { draftId })).attachments[index]?.id ?? 0
  const preview = async () => (await engine.call('drafts.preview', { draftId })).text

  test('all names are replaced at once, one by one, and come back', async () => {
    await rename(null, { kind: 'neutral' })
    expect(await named()).toEqual(['1.jpg', '2.pdf'])
    expect(await preview()).not.toMatch(/IMG_4711|Anna/)
    await rename(await idOf(1), { kind: 'own', fileName: 'offer.pdf' })
    expect(await named()).toEqual(['1.jpg', 'offer.pdf'])
    await rename(null, { kind: 'original' })
    expect(await named()).toEqual(['IMG_4711 at home.jpg', 'Offer for Anna.pdf'])
  })

  test('a name that would lead out of a folder or hide its kind is cleaned before it leaves', async () => {
    await rename(await idOf(1), { kind: 'own', fileName: '../../etc/\u202Efdp.exe' })
    const name = /filename="?([^"\r\n]*)/.exec((await preview()).split('application/pdf')[1] ?? '')?.[1] ?? ''
    expect(name).toMatch(/exe/)
    expect(name).not.toMatch(/[/\\\u202E]|%E2%80%AE/)
  })

  test('hidden data of a picture goes out only when it is kept, and is cleaned again after', async () => {
    const hasTraces = async () => {
      const text = await preview()
      const part = text.slice(text.indexOf('Content-Type: image/jpeg'))
      const body = part.slice(part.indexOf('\r\n\r\n')).split('\r\n--')[0] ?? ''
      expect(body.length).toBeGreaterThan(100)
      return Buffer.from(body, 'base64').includes('secret')
    }
    expect(await hasTraces()).toBe(false)
    await engine.call('drafts.keepTraces', { draftId, attachmentId: await idOf(0), keep: true })
    expect(await hasTraces()).toBe(true)
    await engine.call('drafts.keepTraces', { draftId, attachmentId: null, keep: false })
    expect(await hasTraces()).toBe(false)
  })

  test('a file of another draft, or none, is not found and changes nothing', async () => {
    await expect(rename(4711, { kind: 'neutral' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      engine.call('drafts.keepTraces', { draftId, attachmentId: 4711, keep: true }),
    ).rejects.toMatchObject({ code: 'not-found' })
    expect(await named()).toEqual(['IMG_4711 at home.jpg', 'Offer for Anna.pdf'])
  })

  test('who can read it is explained with the files, and asks nobody when look-ups are off', async () => {
    const draft = await engine.call('drafts.get', { draftId })
    await engine.call('drafts.save', {
      draftId,
      content: { ...draft.content, to: [{ name: '', address: 'you@example.net' }] },
      revision: draft.revision,
    })
    const explained = await engine.call('drafts.explain', { draftId, wait: true })
    expect(explained.onTheWay).toBe('unknown')
    expect(explained.readers.find(({ who }) => who === 'network')).toMatchObject({ isSure: false })
    expect(explained.attachments.map(({ traces }) => traces.kind)).toEqual(['image', 'document'])
    expect(await engine.call('net.connections', {})).toEqual([])
  })
})
