import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAppProtocol } from '../../../../electron/protocols/app-protocol'
import { createAttachmentProtocol } from '../../../../electron/protocols/attachment-protocol'
import { mailBodyPolicy, pagePolicy } from '../../../../electron/protocols/content-policy'
import { GivenContent } from '../../../../electron/protocols/given-content'
import { inlineImageType } from '../../../../electron/protocols/image-type'
import { createMailBodyProtocol } from '../../../../electron/protocols/mail-body-protocol'
import {
  parseBodyAddress,
  parsePartAddress,
  parseRemoteAddress,
} from '../../../../electron/protocols/message-address'
import { failed, makeFailure, ok } from '../../../../shared/kit/result'

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'siegel-protocols-'))
  mkdirSync(join(base, 'page', 'assets'), { recursive: true })
  writeFileSync(join(base, 'page', 'index.html'), '<p>page</p>')
  writeFileSync(join(base, 'page', 'assets', 'a.js'), 'code')
  writeFileSync(join(base, 'page', 'notes.txt'), 'not served')
  writeFileSync(join(base, 'secret.html'), 'secret')
  symlinkSync(join(base, 'secret.html'), join(base, 'page', 'linked.html'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

describe('the page', () => {
  const get = (url: string, method = 'GET') =>
    createAppProtocol(join(base, 'page'))(new Request(url, { method }))

  test('is served with its policy, type and no leave to guess', async () => {
    const answer = await get('app://siegel/index.html')
    expect(await answer.text()).toBe('<p>page</p>')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': pagePolicy,
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect((await get('app://siegel/assets/a.js')).headers.get('content-type')).toMatch('text/javascript')
  })

  test.each([
    'app://siegel/../secret.html',
    'app://siegel/%2e%2e/secret.html',
    'app://siegel/..%2fsecret.html',
    'app://siegel/assets/..%2f..%2fsecret.html',
    'app://siegel/linked.html',
    'app://siegel/index.html%00.js',
    'app://siegel/%zz.html',
    'app://siegel/notes.txt',
    'app://siegel/assets',
    'app://other/index.html',
    'app://siegel/missing.html',
  ])('%s is not there', async url => {
    expect((await get(url)).status).toBe(404)
  })

  test('only reading is answered, and its policy allows no connection, no inline code and no foreign frame', async () => {
    expect((await get('app://siegel/index.html', 'POST')).status).toBe(405)
    expect(pagePolicy).toContain("default-src 'none'")
    expect(pagePolicy).toContain("connect-src 'none'")
    expect(pagePolicy).not.toMatch(/unsafe|https?:|\*|blob:/)
  })
})

describe('a mail body', () => {
  const html = '<!DOCTYPE html><html class="x"><head><title>t</title></head><body>hello</body></html>'
  const get = (url: string) =>
    createMailBodyProtocol(
      async ({ messageId, attached = [] }) =>
        messageId === 5 && attached.join() === ''
          ? ok(Buffer.from(html))
          : failed({ code: messageId === 7 ? 'body-not-here' : 'not-found', retryable: false, params: {} }),
      new GivenContent(),
    )(new Request(url))

  test('comes with its own policy: no scripts, no origin, no network, no forms', async () => {
    const answer = await get('mail-body://message/5')
    expect(answer.headers.get('content-security-policy')).toBe(mailBodyPolicy)
    expect(mailBodyPolicy).toMatch(/^sandbox allow-popups; default-src 'none';/)
    expect(mailBodyPolicy).not.toMatch(
      /allow-scripts|allow-same-origin|allow-forms|allow-top|script-src|https?:/,
    )
    expect(await answer.text()).toMatch(/^<!doctype html><base target="_blank"><html class="x"><head>/)
  })

  test('that is not there, or not here, is an empty refusal', async () => {
    expect((await get('mail-body://message/6')).status).toBe(404)
    expect((await get('mail-body://message/7')).status).toBe(503)
    expect((await get('mail-body://message/5/x')).status).toBe(404)
    expect((await get('mail-body://message/5/')).status).toBe(404)
  })
})

const ascii = (text: string): number[] => [...text].map(character => character.charCodeAt(0))
const images: Record<string, number[]> = {
  'image/png': [0x89, ...ascii('PNG'), 13, 10, 26, 10, 0],
  'image/jpeg': [0xff, 0xd8, 0xff, 0xe0],
  'image/gif': ascii('GIF89a..'),
  'image/webp': ascii('RIFF....WEBPVP8 '),
  'image/avif': [0, 0, 0, 32, ...ascii('ftypavif')],
}

const noRemoteImage = async () => failed({ code: 'not-found' as const, retryable: false, params: {} })

const noDraftPicture = noRemoteImage

describe('an inline image', () => {
  const serve = (bytes: Uint8Array) =>
    createAttachmentProtocol(
      async () => ok(Buffer.from(bytes)),
      noRemoteImage,
      noDraftPicture,
      new GivenContent(),
    )(new Request('attachment://message/5/1.2'))

  test('a picture of a draft is served under its own address, and by its bytes like any other', async () => {
    const asked: unknown[] = []
    const refused = async () => failed({ code: 'internal' as const, retryable: false, params: {} })
    const serveDraft = (bytes: Uint8Array, url: string) =>
      createAttachmentProtocol(
        refused,
        refused,
        async address => {
          asked.push(address)
          return ok(Buffer.from(bytes))
        },
        new GivenContent(),
      )(new Request(url))
    const id = 'a'.repeat(32)
    const png = Uint8Array.from(images['image/png'] ?? [])
    const answer = await serveDraft(png, `attachment://draft/${id}/7`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(asked).toEqual([{ draftId: id, attachmentId: 7 }])
    expect((await serveDraft(new TextEncoder().encode('<svg/>'), `attachment://draft/${id}/7`)).status).toBe(
      403,
    )
    for (const url of [
      `attachment://draft/${id}`,
      `attachment://draft/${id}/0`,
      `attachment://draft/${id}/7/8`,
      `attachment://draft/${'A'.repeat(32)}/7`,
      'attachment://draft/7/7',
    ])
      expect((await serveDraft(png, url)).status).toBe(404)
    expect(asked).toHaveLength(2)
  })

  test('a remote one that was loaded is served under its own address, and by its bytes like any other', async () => {
    const asked: unknown[] = []
    const serveRemote = (bytes: Uint8Array, url: string) =>
      createAttachmentProtocol(
        async () => failed(makeFailure('internal', { fault: 'Error' })),
        async address => {
          asked.push(address)
          return ok(Buffer.from(bytes))
        },
        noDraftPicture,
        new GivenContent(),
      )(new Request(url))
    const answer = await serveRemote(Uint8Array.from(images['image/png'] ?? []), 'attachment://remote/7/3')
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(asked).toEqual([{ messageId: 7, index: 3 }])
    expect((await serveRemote(new TextEncoder().encode('<svg/>'), 'attachment://remote/7/3')).status).toBe(
      403,
    )
    for (const url of [
      'attachment://remote/7/-1',
      'attachment://remote/7/x',
      'attachment://remote/7',
      'attachment://remote/0/1',
    ])
      expect(parseRemoteAddress(url)).toBeNull()
    expect(parsePartAddress('attachment://remote/7/3')).toBeNull()
    expect(parseRemoteAddress('attachment://message/7/3')).toBeNull()
  })

  test.each(Object.entries(images))('%s is known by its bytes', async (type, bytes) => {
    expect(inlineImageType(Uint8Array.from(bytes))).toBe(type)
    const answer = await serve(Uint8Array.from(bytes))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  })

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<html><script>1</script>',
    '%PDF-1.7',
    'GIF',
    '',
    ' \u0089PNG',
  ])('%j is not served although the message calls it a picture', async text => {
    expect((await serve(new TextEncoder().encode(text))).status).toBe(403)
  })

  test('too large to decode safely is not served', async () => {
    const bytes = new Uint8Array(21 * 1024 * 1024)
    bytes.set(images['image/png'] ?? [])
    expect((await serve(bytes)).status).toBe(403)
  })
})

test.each([
  'mail-body://message/',
  'mail-body://message/0',
  'mail-body://message/-1',
  'mail-body://message/1e3',
  'mail-body://message/01',
  'mail-body://message/1?x',
  'mail-body://message/1#x',
  'mail-body://other/1',
  'mail-body://user@message/1',
  'mail-body://message/99999999999999999999',
])('%s names no message', url => {
  expect(parseBodyAddress(url)).toBe(null)
})

test('addresses of a message in a message carry the way to it, as deep as messages are opened', () => {
  expect(parseBodyAddress('mail-body://message/5')).toEqual({ messageId: 5, attached: [] })
  expect(parseBodyAddress('mail-body://message/5/2/1.3')).toEqual({ messageId: 5, attached: ['2', '1.3'] })
  expect(parsePartAddress('attachment://message/5/2/1.3')).toEqual({
    messageId: 5,
    attached: ['2'],
    partId: '1.3',
  })
  for (const url of [
    'mail-body://message/5/',
    'mail-body://message/5//2',
    'mail-body://message/5/1/1/1/1/1/1',
    `mail-body://message/5/${'1'.repeat(201)}`,
  ])
    expect(parseBodyAddress(url)).toBe(null)
  expect(parsePartAddress('attachment://message/5//2')).toBe(null)
  expect(parsePartAddress('attachment://message/5/1/1/1/1/1/1/2')).toBe(null)
})

test('part addresses carry a message and a part, nothing more', () => {
  expect(parsePartAddress('attachment://message/5/1.2')).toEqual({
    messageId: 5,
    attached: [],
    partId: '1.2',
  })
  for (const url of ['attachment://message/5', 'attachment://message/5/', 'attachment://message/x/1'])
    expect(parsePartAddress(url)).toBe(null)
  expect(parsePartAddress(`attachment://message/5/${'1'.repeat(201)}`)).toBe(null)
})

describe('content that was given to the window', () => {
  const url = 'mail-body://message/5'
  const readAll = async (given: GivenContent, bytes: Uint8Array) =>
    new Response(given.bodyOf(url, bytes)).text()

  test('is wiped here when the window has it, all of what was asked for at the same time together', async () => {
    const given = new GivenContent()
    const [first, second] = [Buffer.from('secret words'), Buffer.from('secret words')]
    expect(await readAll(given, first)).toBe('secret words')
    given.completed('mail-body://message/6')
    const later = given.bodyOf(url, second)
    given.completed(url)
    expect(await new Response(later).text()).toBe('secret words')
    given.completed(url)
    expect([...first, ...second].every(byte => byte === 0)).toBe(true)
  })

  test('is wiped at the lock though nobody came for it', () => {
    const given = new GivenContent()
    const bytes = Buffer.from('secret words')
    given.bodyOf(url, bytes)
    given.wipe()
    expect(bytes.every(byte => byte === 0)).toBe(true)
  })

  test('an empty body is one', async () => {
    expect(await readAll(new GivenContent(), Buffer.alloc(0))).toBe('')
  })
})
