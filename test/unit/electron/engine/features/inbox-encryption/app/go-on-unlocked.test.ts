import { expect, test } from 'vitest'
import { goOnUnlocked } from '../../../../../../../electron/engine/features/inbox-encryption/app/go-on-unlocked'
import type { EngineParts } from '../../../../../../../electron/engine/ports/parts'
import { openAt, seedAccount, storeKey, temporaryDirectory } from '../../../store/support'

test('the encrypted inbox that stood still for a locked key goes on, one that stands still for the server does not', () => {
  const { store } = openAt(temporaryDirectory(), storeKey)
  const { accountId } = seedAccount(store)
  const { inboxEncryption } = store
  const job = {
    kind: 'undo',
    mailboxIds: [],
    limit: null,
    number: 1,
    total: 1,
    done: 0,
    skipped: 0,
    failed: 0,
  } as const
  const kicked: string[] = []
  const context = {
    store,
    inboxEncryption: { kick: (id: string) => kicked.push(id) },
  } as unknown as EngineParts
  const stopFor = (code: string) => {
    const settings = inboxEncryption.settings(accountId)
    inboxEncryption.saveSettings(accountId, { ...settings, problem: { code, detail: '' } })
    inboxEncryption.saveJob(accountId, { ...job, state: 'paused' })
  }
  stopFor('original-stays')
  goOnUnlocked(context)
  expect([kicked, inboxEncryption.job(accountId)?.state]).toEqual([[], 'paused'])
  stopFor('key-locked')
  goOnUnlocked(context)
  expect([kicked, inboxEncryption.job(accountId)?.state]).toEqual([[accountId], 'running'])
  expect(inboxEncryption.settings(accountId).problem).toBeNull()
  store.close()
})
