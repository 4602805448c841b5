import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MailboxId, MessageId } from '../../../shared/kit/ids'
import type { TestEngine } from '../../support/engine-in-test'
import { type EngineBesidePlace, openEngineBesidePlace } from '../gate/engine-beside-place'

/** The whole engine, and a list's server on this machine. */
let beside: EngineBesidePlace
let engine: TestEngine
let inbox: MailboxId
let asked: string[] = []
let answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

beforeAll(async () => {
  beside = await openEngineBesidePlace(socket => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (!text.endsWith('One-Click')) return
      asked.push(text)
      socket.end(answer)
    })
  })
  ;({ engine, inbox } = beside)
})
beforeEach(() => {
  asked = []
  answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
})
afterAll(async () => {
  await beside?.close()
})

const passed = 'Authentication-Results: mx.provider.example; dmarc=pass header.from=shop.example'
let count = 0
async function arrives(lines: readonly string[]): Promise<MessageId> {
  const path = join(beside.folder, `${++count}.eml`)
  const head = [
    'From: Shop <news@shop.example>',
    `Subject: News ${count}`,
    `Message-ID: <${count}@shop.example>`,
  ]
  writeFileSync(path, [...lines, ...head, '', 'text', ''].join('\r\n'))
  await engine.call('mail.import', { path, mailboxId: inbox })
  const query = { mailboxId: inbox, role: null, unreadOnly: false, flaggedOnly: false }
  const id = Math.max(...(await engine.call('messages.index', query)).ids)
  return id as MessageId
}
const exits = (path = '/leave?who=1') => [
  `List-Unsubscribe: <https://localhost:${beside.port}${path}>, <mailto:leave@shop.example?subject=off>`,
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
]

test('one click is one neutral POST, and looking at the choice asks nobody', async () => {
  const messageId = await arrives([passed, ...exits()])
  expect(await engine.call('lists.unsubscribeChoice', { messageId })).toEqual({
    kind: 'one-click',
    host: 'localhost',
    way: 'direct',
  })
  expect(asked).toEqual([])
  expect(await engine.call('lists.unsubscribe', { messageId })).toEqual({ host: 'localhost' })
  expect(asked).toEqual([
    [
      'POST /leave?who=1 HTTP/1.1',
      `Host: localhost:${beside.port}`,
      'Accept: */*',
      'Content-Type: application/x-www-form-urlencoded',
      'Accept-Encoding: identity',
      'Content-Length: 26',
      'Connection: close',
      '',
      'List-Unsubscribe=One-Click',
    ].join('\r\n'),
  ])
  const [connection] = (await engine.call('net.connections', {})).filter(
    ({ purpose }) => purpose === 'unsubscribe',
  )
  expect(connection).toMatchObject({ host: 'localhost', port: beside.port, way: 'direct' })
})

test('a sender whom the provider does not vouch for is offered the mail only', async () => {
  for (const results of [
    [],
    ['Authentication-Results: mx.provider.example; dmarc=fail header.from=shop.example'],
    ['Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=shop.example'],
  ]) {
    const messageId = await arrives([...results, ...exits()])
    expect(await engine.call('lists.unsubscribeChoice', { messageId })).toEqual({
      kind: 'mail',
      mailto: 'mailto:leave@shop.example?subject=off',
      address: 'leave@shop.example',
    })
    await expect(engine.call('lists.unsubscribe', { messageId })).rejects.toMatchObject({ code: 'not-found' })
  }
  expect(asked).toEqual([])
})

test('an address inside the own network is not offered', async () => {
  for (const host of ['192.168.1.1', 'router.local', '[fd00::1]']) {
    const messageId = await arrives([
      passed,
      `List-Unsubscribe: <https://${host}/reboot>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ])
    expect(await engine.call('lists.unsubscribeChoice', { messageId })).toBeNull()
  }
})

test('a refusal is said, a redirect is not followed, and offline nobody is asked', async () => {
  const messageId = await arrives([passed, ...exits()])
  answer = `HTTP/1.1 302 Found\r\nLocation: https://localhost:${beside.port}/elsewhere\r\nContent-Length: 0\r\n\r\n`
  await expect(engine.call('lists.unsubscribe', { messageId })).rejects.toMatchObject({
    code: 'server-refused',
  })
  expect(asked).toHaveLength(1)
  await engine.call('settings.set', { offline: true })
  await expect(engine.call('lists.unsubscribe', { messageId })).rejects.toMatchObject({ code: 'offline' })
  await engine.call('settings.set', { offline: false })
  expect(asked).toHaveLength(1)
})
