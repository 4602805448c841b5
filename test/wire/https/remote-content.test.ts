import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MailboxId, MessageId } from '../../../shared/kit/ids'
import { darkShapes } from '../../fixtures/pictures'
import type { TestEngine } from '../../support/engine-in-test'
import { png } from '../../unit/electron/engine/remote/images'
import { type EngineBesidePlace, openEngineBesidePlace } from '../gate/engine-beside-place'

/** The whole engine, with messages that were imported and an image server on this machine. */
let beside: EngineBesidePlace
let engine: TestEngine
let inbox: MailboxId
let junk: MailboxId
const asked: string[] = []

beforeAll(async () => {
  const image = png(300, 200)
  const logo = Buffer.from(darkShapes['dark-rgba8.png'] ?? '', 'base64')
  beside = await openEngineBesidePlace(socket => {
    socket.once('data', (chunk: Buffer) => {
      const path = chunk.toString('latin1').split(' ')[1] ?? ''
      asked.push(path)
      const size = /^\/size-(\d+)x(\d+)/.exec(path)
      const served = path.startsWith('/good')
        ? image
        : path.startsWith('/logo')
          ? logo
          : size && png(Number(size[1]), Number(size[2]))
      if (served) {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${served.length}\r\n\r\n`)
        socket.end(served)
      } else socket.end('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n')
    })
  })
  ;({ engine, inbox } = beside)
  await engine.call('accounts.addSample', {})
  const found = (await engine.call('mailboxes.list', {})).find(({ role }) => role === 'junk')
  if (!found) throw new Error('no junk folder')
  junk = found.id
})
afterAll(async () => {
  await beside?.close()
})

let count = 0
async function arrives(
  options: { results?: string; to?: MailboxId; carriesItself?: boolean; html?: string } = {},
): Promise<MessageId> {
  const number = ++count
  const at = (path: string) => `https://localhost:${beside.port}${path}`
  const path = join(beside.folder, `${number}.eml`)
  const head = [
    ...(options.results === undefined ? [] : [`Authentication-Results: ${options.results}`]),
    'From: Shop <News@Shop.example>',
    'To: me@provider.example',
    `Subject: News ${number}`,
    `Message-ID: <${number}@shop.example>`,
    'Date: Mon, 01 Jun 2026 10:00:00 +0000',
  ]
  const body = [
    'Content-Type: text/html',
    '',
    options.html ??
      `<img src="${at(`/good-${number}.png`)}" width="300"><img src="${at(`/gone-${number}.png`)}" width="300">
      <img src="${at(`/seen-${number}.png`)}" width="1" height="1"><p style="background-image:url(${at('/css')})">x</p>`,
    '',
  ]
  const inside = ['Content-Type: message/rfc822', '', ...head, ...body]
  const lines = options.carriesItself
    ? ['Content-Type: multipart/mixed; boundary=b', '', '--b', ...body, '--b', ...inside, '--b--', '']
    : body
  writeFileSync(path, [...head, ...lines].join('\r\n'))
  const mailboxId = options.to ?? inbox
  const before = new Set((await list(mailboxId)).ids)
  await engine.call('mail.import', { path, mailboxId })
  const id = (await list(mailboxId)).ids.find(each => !before.has(each))
  if (id === undefined) throw new Error('nothing arrived')
  return id
}
const list = (mailboxId: MailboxId) =>
  engine.call('messages.index', { mailboxId, role: null, unreadOnly: false, flaggedOnly: false })
const passed = 'mx.provider.example; dmarc=pass header.from=shop.example'
const detail = async (messageId: MessageId) => (await engine.call('messages.get', { messageId })).remote

test('nothing is asked for until the user says so; then pictures are shown and the counting image stays away', async () => {
  const id = await arrives()
  expect(await engine.call('messages.get', { messageId: id })).toMatchObject({
    blockedRemoteCount: 4,
    trackerCount: 1,
    remote: { sender: 'news@shop.example', imageCount: 3, always: 'sender-unknown', report: null },
  })
  const before = await engine.call('messages.html', { messageId: id })
  expect(before.html).not.toContain('attachment:')
  expect(asked).toEqual([])

  const report = await engine.call('messages.allowRemote', { messageId: id, scope: 'once' })
  expect(report).toEqual({ loadedCount: 1, failedCount: 2, pixelCount: 0, trackerCount: 1, otherCount: 0 })
  // The picture behind a paragraph is one like the others.
  expect(asked.sort()).toEqual(['/css', `/gone-${count}.png`, `/good-${count}.png`])
  const after = await engine.call('messages.html', { messageId: id })
  expect(after.html).toContain(`src="attachment://remote/${id}/0"`)
  expect(after.html).not.toContain('localhost')
  expect(after.blockedRemoteCount).toBe(3)
  const { bytes } = await engine.call('remoteContent.read', { messageId: id, index: 0 })
  expect(Buffer.from(bytes)).toEqual(Buffer.from(png(300, 200)))
  const embedded = await engine.call('messages.html', { messageId: id, embedImages: true })
  expect(embedded.html).toContain('src="data:image/png;base64,')
  const [connection] = (await engine.call('net.connections', {})).filter(
    each => each.purpose === 'remote-content',
  )
  expect(connection).toMatchObject({ host: 'localhost', port: beside.port, way: 'direct' })
})

test('consent is for the message alone, never for one that came in it as a file, even with the same images', async () => {
  const id = await arrives({ carriesItself: true })
  await engine.call('messages.allowRemote', { messageId: id, scope: 'once' })
  expect((await engine.call('messages.html', { messageId: id })).html).toContain('attachment://remote')
  asked.length = 0
  const attached = ['2']
  const message = await engine.call('messages.attached', { messageId: id, attached })
  expect(message).toMatchObject({ hasHtml: true, blockedRemoteCount: 4, trackerCount: 1 })
  for (const embedImages of [false, true]) {
    const { html } = await engine.call('messages.html', { messageId: id, attached, embedImages })
    expect(html).toContain('x</p>')
    expect(html).not.toMatch(/attachment:|data:|localhost/)
  }
  expect(asked).toEqual([])
})

test('the consent ends with the opening', async () => {
  const id = await arrives()
  await engine.call('messages.allowRemote', { messageId: id, scope: 'once' })
  const other = await arrives()
  await engine.call('messages.get', { messageId: other })
  expect((await engine.call('messages.html', { messageId: id })).html).not.toContain('attachment:')
  await expect(engine.call('remoteContent.read', { messageId: id, index: 0 })).rejects.toMatchObject({
    code: 'not-found',
  })
  await engine.call('messages.allowRemote', { messageId: id, scope: 'once' })
  await engine.call('messages.forgetRemote', { messageId: id })
  expect((await engine.call('messages.html', { messageId: id })).html).not.toContain('attachment:')
})

test('always is for senders the provider vouches for, and holds only for messages that are really theirs', async () => {
  for (const [results, why] of [
    [undefined, 'sender-unknown'],
    ['mx.elsewhere.example; dmarc=pass header.from=shop.example', 'sender-unknown'],
    ['mx.provider.example; dmarc=fail header.from=shop.example', 'sender-false'],
  ] as const) {
    const id = await arrives(results === undefined ? {} : { results })
    expect((await detail(id))?.always).toBe(why)
    for (const scope of ['sender', 'listed'] as const)
      await expect(engine.call('messages.allowRemote', { messageId: id, scope })).rejects.toMatchObject({
        code: 'not-permitted',
      })
  }
  expect(await engine.call('remoteContent.list', {})).toEqual([])

  const first = await arrives({ results: passed })
  expect((await detail(first))?.always).toBe('offered')
  await expect(
    engine.call('messages.allowRemote', { messageId: first, scope: 'listed' }),
  ).rejects.toMatchObject({ code: 'not-permitted' })
  await engine.call('messages.allowRemote', { messageId: first, scope: 'sender' })
  expect(await engine.call('remoteContent.list', {})).toMatchObject([{ address: 'news@shop.example' }])

  const second = await arrives({ results: passed })
  expect((await detail(second))?.always).toBe('allowed')
  expect(await engine.call('messages.allowRemote', { messageId: second, scope: 'listed' })).toMatchObject({
    loadedCount: 1,
  })
  const forged = await arrives()
  expect((await detail(forged))?.always).toBe('sender-unknown')

  await engine.call('remoteContent.forget', { address: 'News@shop.example' })
  expect((await detail(second))?.always).toBe('offered')
  await expect(engine.call('remoteContent.forget', { address: 'news@shop.example' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('in the junk folder nothing is loaded, whatever is asked', async () => {
  asked.length = 0
  const id = await arrives({ results: passed, to: junk })
  expect((await detail(id))?.always).toBe('junk')
  for (const scope of ['once', 'sender', 'listed'] as const)
    await expect(engine.call('messages.allowRemote', { messageId: id, scope })).rejects.toMatchObject({
      code: 'not-permitted',
    })
  expect(asked).toEqual([])
})

test('offline nothing is tried', async () => {
  const id = await arrives()
  asked.length = 0
  await engine.call('settings.set', { offline: true })
  await expect(engine.call('messages.allowRemote', { messageId: id, scope: 'once' })).rejects.toMatchObject({
    code: 'offline',
  })
  await engine.call('settings.set', { offline: false })
  expect(asked).toEqual([])
})

test('a picture that looks like a tracker is loaded only when the reader wants this one, beside what is there', async () => {
  const number = count + 1
  const id = await arrives()
  const at = `https://localhost:${beside.port}`
  const wanted = async () => (await engine.call('messages.get', { messageId: id })).remote?.doubtful ?? []
  const [counting] = await wanted()
  expect(counting).toMatchObject({ host: at.slice('https://'.length), name: `seen-${number}.png` })
  await engine.call('messages.allowRemote', { messageId: id, scope: 'once' })
  asked.length = 0
  const index = counting?.index ?? -1
  const report = await engine.call('messages.allowRemote', { messageId: id, scope: 'once', anyway: index })
  expect(asked).toEqual([`/seen-${number}.png`])
  expect(report).toMatchObject({ loadedCount: 1, failedCount: 3 })
  // One that was not judged so cannot be asked for by this door.
  await expect(
    engine.call('messages.allowRemote', { messageId: id, scope: 'once', anyway: index - 1 }),
  ).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    engine.call('messages.allowRemote', { messageId: id, scope: 'once', anyway: 999 }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('pictures whose size only their bytes say: those that came as a pixel are told, and leave no gap', async () => {
  const at = (path: string, number: number) =>
    `https://localhost:${beside.port}${path}?r=7f3a9c51e8b24d60${number}a1b2c3d4`
  const html = `<p>Before</p>
    <p><img src="${at('/size-1x1', 1)}"></p><p><img src="${at('/size-3x3', 2)}" alt="open"></p>
    <p>Words <img src="${at('/size-1x1', 3)}" width="100%"> words</p>
    <p><img src="${at('/size-300x200', 4)}" alt="a garden"></p><p><img src="${at('/size-600x1', 5)}"></p>
    <p><a href="https://shop.example/"><img src="${at('/size-1x1', 6)}" alt="To the shop"></a></p>
    <p><img src="https://localhost:${beside.port}/size-1x1.gif"></p><p>After</p>`
  const id = await arrives({ html })
  const report = await engine.call('messages.allowRemote', { messageId: id, scope: 'once' })
  expect(report).toMatchObject({ loadedCount: 7, failedCount: 0, pixelCount: 4, trackerCount: 0 })
  expect((await detail(id))?.report).toEqual(report)
  const shown = await engine.call('messages.html', { messageId: id })
  const images = shown.html.match(/<img[^>]*>/g) ?? []
  const seen = images.map(image => image.includes('src="attachment:'))
  expect(seen).toEqual([false, false, false, true, true, false, true])
  expect(images.map(image => image.includes('hidden'))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ])
  // All of them were fetched: none is said to be blocked.
  expect(shown.blockedRemoteCount).toBe(0)
})

test('a dark logo on transparent ground is marked for the window, from far and from the mail itself, and not in a file', async () => {
  const data = `data:image/png;base64,${darkShapes['dark-palette2.png']}`
  const html = `<img src="https://localhost:${beside.port}/logo.png" width="60"><img src="https://localhost:${beside.port}/good.png" width="60">
    <img src="${data}" data-siegel-dark-shape="">`
  const id = await arrives({ html })
  await engine.call('messages.allowRemote', { messageId: id, scope: 'once' })
  const marked = async (embedImages: boolean) =>
    (
      (await engine.call('messages.html', { messageId: id, embedImages })).html.match(/<img[^>]*>/g) ?? []
    ).map(image => image.includes('data-siegel-dark-shape'))
  expect(await marked(false)).toEqual([true, false, true])
  expect(await marked(true)).toEqual([false, false, false])
})
