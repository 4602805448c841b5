import { expect, test } from 'vitest'
import { bytes, freshStore, newMessage, openAt, parsed, seedAccount } from './support'

test('what was stored is there after closing and opening again', () => {
  const { store, directory } = freshStore()
  const { accountId, inbox } = seedAccount(store)
  const ids = store.messages.insertHeaders(inbox, [
    newMessage(1),
    newMessage(2, { subject: 'Größe in München' }),
  ])
  store.messages.storeBodies([
    { id: ids[0]!, raw: bytes('Subject: x\r\n\r\n\0\xff hello'), parsed: parsed('secret words') },
  ])
  store.close()

  const again = openAt(directory).store
  expect(again.accounts.password(accountId, 'mail')).toBe('hunter2-canary')
  expect(Buffer.from(again.messages.raw(ids[0]!) ?? []).equals(bytes('Subject: x\r\n\r\n\0\xff hello'))).toBe(
    true,
  )
  expect(again.messages.search('munchen', { mailboxId: null, limit: 10 }).ids).toEqual([ids[1]])
  expect(again.messages.search('ords', { mailboxId: null, limit: 10 }).ids).toEqual([])
  expect(again.messages.search('secr', { mailboxId: null, limit: 10 }).ids).toEqual([ids[0]])
  expect(
    again.messages.index({ mailboxId: inbox, role: null, unreadOnly: false, flaggedOnly: false }),
  ).toHaveLength(2)
  expect(again.messages.summaries(ids)[0]).toMatchObject({ bodyState: 'whole', threadCount: 1, accountId })
  expect(again.mailboxes.list()[1]).toMatchObject({ path: 'INBOX', total: 2, unread: 2, bodiesMissing: 1 })
  expect(again.check().filter(finding => finding.outcome !== 'ok')).toEqual([])
  again.close()
})
