import { afterEach, expect, test } from 'vitest'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import { startScriptedImapServer } from '../support/scripted-imap-server'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(...messages: string[]) {
  const server = await startScriptedImapServer()
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  for (const raw of messages) server.account.get('INBOX').add(raw)
  const only = () => {
    const [message] = profile.messages('INBOX')
    if (message === undefined) throw new Error('no message')
    return message
  }
  return { server, profile, only }
}

test('a message of no bytes can be opened: nothing is all there is of it', async () => {
  const { profile, only } = await start('')
  await profile.sync.runOnce(profile.accountId, null)
  expect(only().sizeBytes).toBe(0)
  await profile.sync.download(only().id)
  expect(only().bodyState).toBe('whole')
  expect(profile.store.messages.raw(only().id)).toHaveLength(0)
})

test('an empty answer for a message that has a size is none', async () => {
  const { server, profile, only } = await start(testMessage(1))
  server.override('UID FETCH', async ({ command, session, honest }) => {
    if (!command.line.includes('BODY.PEEK[]')) return honest()
    session.send('* 1 FETCH (UID 1 BODY[] {0}\r\n)\r\n')
    return 'OK done'
  })
  await profile.sync.runOnce(profile.accountId, null)
  await expect(profile.sync.download(only().id)).rejects.toMatchObject({ code: 'body-not-here' })
  expect(only().bodyState).toBe('header')
})

test('a message over the limit is said to be too large before anything of it is fetched', async () => {
  const { server, profile, only } = await start(testMessage(1))
  server.override('UID FETCH', async ({ command, session, honest }) => {
    if (!command.line.includes('RFC822.SIZE')) return honest()
    const header = 'Subject: huge\r\n\r\n'
    session.send(
      `* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 400000000 INTERNALDATE "01-Jan-2026 00:00:00 +0000" BODY[HEADER] {${header.length}}\r\n${header})\r\n`,
    )
    return 'OK done'
  })
  await profile.sync.runOnce(profile.accountId, null)
  const asked = () => server.transcript.filter(each => each.line.includes('BODY.PEEK[]')).length
  const before = asked()
  await expect(profile.sync.download(only().id)).rejects.toMatchObject({
    code: 'too-large',
    params: { limitBytes: 150_000_000, sizeBytes: 400_000_000 },
  })
  expect(asked()).toBe(before)
})

test('a message whose announced length is over the limit is too large, not a fault of the server', async () => {
  const { server, profile, only } = await start(testMessage(1))
  server.override('UID FETCH', async ({ command, session, honest }) => {
    if (!command.line.includes('BODY.PEEK[]')) return honest()
    session.send('* 1 FETCH (UID 1 BODY[] {400000000}\r\nSubject: huge\r\n')
    return undefined
  })
  await profile.sync.runOnce(profile.accountId, null)
  await expect(profile.sync.download(only().id)).rejects.toMatchObject({ code: 'too-large' })
})
