import { expect, test } from 'vitest'
import { pageGuards } from '../../../../../electron/engine/page-guards'
import type { CallEngine, CallGuards } from '../../../../../electron/engine/page-guards/guard'
import { pageQuestion } from '../../../../../electron/windows/page-dialog'
import { englishPageWords, germanPageWords } from '../../../../../electron/windows/page-words'
import { pageWordsFor, wordsFor } from '../../../../../electron/windows/words'
import { contract } from '../../../../../shared/ipc/contract'
import { type Result, toFailure } from '../../../../../shared/ipc/result'
import type { PageQuestion } from '../../../../../shared/model/page-question'
import { defaultOpenpgpSettings } from '../../../../../shared/model/protection'
import { defaultSettings } from '../../../../../shared/model/status'

const accountId = 'a'.repeat(32)
const mine = '1'.repeat(40)
const good = '2'.repeat(40)
const evil = '3'.repeat(40)
const address = 'bob@example.org'

const contact = (fingerprint: string, change: object = {}) => ({
  facts: { fingerprint },
  trust: 'none',
  inUse: false,
  rejected: false,
  ...change,
})

/** What the engine knows; the page cannot change it by what it says. */
const known: Record<string, unknown> = {
  'keys.contacts': {
    keys: [contact(good, { inUse: true, trust: 'verified' }), contact(evil)],
    conflicts: [],
  },
  'keys.settings': {
    ...defaultOpenpgpSettings,
    key: mine,
    signAlways: true,
    headerProtection: 'shy',
    indexDecrypted: false,
  },
  'settings.get': { ...defaultSettings, lookups: true },
  'accounts.list': [{ id: accountId, config: { address: 'me@example.org' } }],
  'inboxEncryption.status': { on: true, keys: [mine], hideSubject: true },
  'keys.plan': {
    encrypts: 'no',
    reason: 'chosen',
    recipients: [{ address, state: 'ready' }],
  },
  'messages.summaries': [{ from: [{ name: 'Shop', address: 'shop@example.com' }] }],
}

/** As the engine's door does. */
const throughGuards =
  (guards: CallGuards, callEngine: CallEngine) =>
  async (name: keyof CallGuards, input: object): Promise<Result<unknown>> => {
    const guard = guards[name] as ((input: unknown) => Promise<Result<unknown>>) | undefined
    const parsed = contract[name].in.parse(input)
    try {
      return await (guard ? guard(parsed) : callEngine(name, parsed as never))
    } catch (error) {
      return { ok: false, error: toFailure(error) }
    }
  }

async function tryCall(
  name: keyof CallGuards,
  input: object,
  yes: boolean,
  change: Record<string, unknown> = {},
) {
  const asked: PageQuestion[] = []
  const done: string[] = []
  const callEngine = (async (called: string) => {
    const facts = { ...known, ...change }
    if (!(called in facts)) done.push(called)
    return { ok: true, value: facts[called] ?? {} }
  }) as unknown as CallEngine
  const confirm = async (question: PageQuestion) => {
    asked.push(question)
    return yes
  }
  const answer = throughGuards(pageGuards({ confirm, callEngine, now: () => 0 }), callEngine)
  const result = await answer(name, input)
  return { asked, isDone: done.includes(name), code: result.ok ? null : result.error.code }
}

const setKeys = (change: object) => ['keys.setSettings', { accountId, change }] as const
const setInbox = (change: object) => ['inboxEncryption.set', { accountId, ...change }] as const

test.each([
  [
    'calling a key verified',
    'key-verified',
    'keys.setTrust',
    { address, fingerprint: evil, trust: 'verified' },
  ],
  [
    'taking verification back',
    'key-not-verified',
    'keys.setTrust',
    { address, fingerprint: good, trust: 'some' },
  ],
  ['another key', 'key-other', 'keys.useKey', { address, fingerprint: evil }],
  ['rejecting the key in use', 'key-dropped', 'keys.reject', { address, fingerprint: good }],
  ['forgetting the key in use', 'key-dropped', 'keys.remove', { address, fingerprint: good }],
  [
    'revoking an own key',
    'own-key-changed',
    'keys.change',
    { fingerprint: mine, change: { kind: 'revoke', reason: 'none' } },
  ],
  [
    'ending an own key',
    'own-key-changed',
    'keys.change',
    { fingerprint: mine, change: { kind: 'expiry', expiresAtMs: 1 } },
  ],
  ['never encrypting', 'protection-lower', ...setKeys({ policy: 'never' })],
  ['not signing', 'protection-lower', ...setKeys({ signAlways: false })],
  ['showing more of the header', 'protection-lower', ...setKeys({ headerProtection: 'baseline' })],
  ['another own key', 'protection-lower', ...setKeys({ key: evil })],
  ['no own key', 'protection-lower', ...setKeys({ key: null })],
  ['asking key servers', 'protection-lower', ...setKeys({ keyserver: 'automatic' })],
  ['asking a server of its own', 'protection-lower', ...setKeys({ keyservers: ['evil.example'] })],
  ['indexing what was decrypted', 'protection-lower', ...setKeys({ indexDecrypted: true })],
  ['an end to the encrypted inbox', 'inbox-encryption', ...setInbox({ on: false })],
  ['another reader of the inbox', 'inbox-encryption', ...setInbox({ extraKeys: [evil] })],
  ['subjects in clear', 'inbox-encryption', ...setInbox({ hideSubject: false })],
  [
    'decrypting on the server',
    'inbox-encryption',
    'inboxEncryption.run',
    { accountId, kind: 'decrypt', mailboxIds: [1], limit: null },
  ],
  ['originals put back', 'inbox-encryption', 'inboxEncryption.undo', { accountId }],
  ['sending in clear what could be encrypted', 'send-clear', 'outbox.send', { draftId: 'd'.repeat(32) }],
  ['no lock', 'lock-weaker', 'settings.set', { lockAfterIdleMinutes: 0 }],
  ['a later lock', 'lock-weaker', 'settings.set', { lockAfterIdleMinutes: 600 }],
  ['no lock on leaving', 'lock-weaker', 'settings.set', { lockOnLeaving: false }],
  ['no look-ups', 'lock-weaker', 'settings.set', { lookups: false }],
  [
    'a certificate trusted no longer',
    'certificate-unpinned',
    'certificates.unpin',
    { host: 'imap.example.org', port: 993, fingerprint256: 'aa:bb' },
  ],
  ['images of a sender for ever', 'remote-images', 'messages.allowRemote', { messageId: 1, scope: 'sender' }],
] as const)('%s needs a yes in a window of main', async (_what, kind, name, input) => {
  const no = await tryCall(name, input, false)
  expect(no.asked.map(question => question.kind)).toEqual([kind])
  expect([no.isDone, no.code]).toEqual([false, 'cancelled'])
  const yes = await tryCall(name, input, true)
  expect([yes.isDone, yes.code]).toEqual([true, null])
})

test.each([
  ['keys.setTrust', { address, fingerprint: evil, trust: 'some' }],
  ['keys.useKey', { address, fingerprint: good }],
  ['keys.reject', { address, fingerprint: evil }],
  ['keys.remove', { address, fingerprint: evil }],
  setKeys({ policy: 'always', wkd: 'off', keyservers: [], key: mine, autocryptHeader: false }),
  setInbox({ on: true, keepOriginalsDays: 3 }),
  ['inboxEncryption.run', { accountId, kind: 'back-catalogue', mailboxIds: [1], limit: null }],
  ['outbox.send', { draftId: 'd'.repeat(32), passphrase: 'agreed upon' }],
  ['settings.set', { lockAfterIdleMinutes: 5, lockOnLeaving: true, offline: true, undoSendSeconds: 0 }],
  ['messages.allowRemote', { messageId: 1, scope: 'once' }],
] as const)('%s that takes nothing away is not asked about (%#)', async (name, input) => {
  const { asked, isDone } = await tryCall(name, input, false)
  expect([asked, isDone]).toEqual([[], true])
})

test.each([
  ['nobody has a key', { encrypts: 'no', reason: 'chosen', recipients: [{ address, state: 'missing' }] }],
  [
    'the account never encrypts',
    { encrypts: 'no', reason: 'policy', recipients: [{ address, state: 'ready' }] },
  ],
  ['it is encrypted', { encrypts: 'yes', reason: 'chosen', recipients: [{ address, state: 'ready' }] }],
])('sending is not asked about when %s', async (_what, plan) => {
  const sent = await tryCall('outbox.send', { draftId: 'd'.repeat(32) }, false, { 'keys.plan': plan })
  expect([sent.asked, sent.isDone]).toEqual([[], true])
})

test('a page cannot speak by names: many look-ups in a short time are asked about', async () => {
  let nowMs = 0
  const asked: PageQuestion[] = []
  let says = false
  const confirm = async (question: PageQuestion) => {
    asked.push(question)
    return says
  }
  const callEngine = (async () => ({ ok: true, value: [] })) as unknown as CallEngine
  const answer = throughGuards(pageGuards({ confirm, callEngine, now: () => nowMs }), callEngine)
  const levels = (from: number, to: number) =>
    answer('transport.levels', {
      addresses: Array.from({ length: to - from }, (_, at) => `x@leak-${from + at}.example`),
      accountId: null,
    })
  const find = (at: number) =>
    answer('keys.find', { address: `leak-${at}@example.org`, accountId: null, by: 'user' })
  expect((await levels(0, 200)).ok && (await levels(0, 200)).ok && (await levels(200, 300)).ok).toBe(true)
  expect(asked).toEqual([])
  expect(await levels(300, 301)).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  expect(asked).toMatchObject([{ kind: 'look-ups', lines: ['leak-300.example'] }])
  nowMs += 11 * 60_000
  expect((await levels(300, 500)).ok).toBe(true)
  for (let at = 0; at < 40; at++) expect((await find(at)).ok).toBe(true)
  expect((await find(40)).ok).toBe(false)
  says = true
  expect((await find(40)).ok && (await find(41)).ok).toBe(true)
  expect(asked).toHaveLength(3)
})

test('a question names whom it is about on lines of its own, says what it left out, and no is what Escape means', () => {
  for (const language of ['en', 'de'] as const) {
    const lines = [
      'bob@example.org\nIt is fine, say yes',
      ...Array.from({ length: 30 }, (_, at) => `host-${at}:993`),
    ]
    const options = pageQuestion(
      { kind: 'set-up', reasons: ['port', 'often'], lines },
      wordsFor(language, 'en'),
      pageWordsFor(language, 'en'),
    )
    expect(options).toMatchObject({ defaultId: 0, cancelId: 0 })
    expect(options.detail).toContain('    bob@example.org It is fine, say yes\n')
    expect(options.detail?.split('\n').at(-1)).toBe('    + 19')
  }
})

test('every question has words in both languages', () => {
  const keys = (words: object) =>
    Object.entries(words).map(([part, each]) => [part, Object.keys(each).sort()])
  expect(keys(germanPageWords)).toEqual(keys(englishPageWords))
})
