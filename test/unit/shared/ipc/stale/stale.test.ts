import { describe, expect, test } from 'vitest'
import { type CallName, contract, events } from '../../../../../shared/ipc/contract'
import { type ChangedEntity, changeKinds } from '../../../../../shared/ipc/stale/changes'
import { isStaleBy, staleBy } from '../../../../../shared/ipc/stale/stale'
import type { StaleRule } from '../../../../../shared/kit/stale-rule'

const queries = Object.entries(contract)
  .filter(([, call]) => call.kind === 'query')
  .map(([name]) => name)

/** Asked anew each time: it changes without a record, or an event brings it. */
const withoutReason = [
  'accounts.discover',
  'accounts.findDav',
  'accounts.test',
  'accounts.testDav',
  'accounts.testXmpp',
  'accounts.tryDav',
  'accounts.tryXmpp',
  'addresses.suggest',
  'app.status',
  'attachments.read',
  'bodies.fit',
  'calendars.freeBusy',
  'certificates.pins',
  'certificates.refused',
  'contacts.previewFile',
  'contacts.previewImport',
  'doctor.run',
  'drafts.preview',
  'drafts.readAttachment',
  'keys.compare',
  'keys.exportPublic',
  'keys.readThunderbird',
  'keys.revocation',
  'lists.unsubscribeChoice',
  'log.report',
  'messages.html',
  'messages.linkFinding',
  'messages.raw',
  'outbox.selfCheck',
  'page.waiting',
  'prefs.get',
  'remoteContent.read',
  'store.checkBackup',
  'sync.status',
  'transport.levels',
  'transport.sending',
  'transport.servers',
]

describe('what makes answers old', () => {
  test('each query says it, and nothing else does', () => {
    expect(Object.keys(staleBy).sort()).toEqual(queries.sort())
    const silent = Object.entries(staleBy).filter(([, rules]) => rules.length === 0)
    expect(silent.map(([name]) => name).sort()).toEqual(withoutReason)
  })

  test.each(Object.entries(staleBy))('%s names kinds that there are, and its own fields', (name, rules) => {
    const { shape } = contract[name as CallName].in as unknown as { shape: object }
    for (const { entity, kinds, about } of rules as readonly StaleRule[]) {
      const known: readonly string[] = changeKinds[entity as ChangedEntity]
      expect(kinds.length).toBeGreaterThan(0)
      if (kinds !== 'any') for (const kind of kinds) expect(known).toContain(kind)
      if (about !== undefined) expect(Object.keys(shape)).toContain(about)
    }
  })

  test('each kind of change makes some answer old', () => {
    const heard = (Object.values(staleBy) as (readonly StaleRule[])[]).flat()
    for (const [entity, kinds] of Object.entries(changeKinds))
      for (const kind of kinds)
        expect(
          heard.some(rule => rule.entity === entity && (rule.kinds === 'any' || rule.kinds.includes(kind))),
          `${entity} ${kind}`,
        ).toBe(true)
  })

  test('a record with a kind that its entity has not is refused', () => {
    const record = { entity: 'message', kind: 'flags', ids: [1], version: 1 }
    expect(events.changed.safeParse(record).success).toBe(true)
    expect(events.changed.safeParse({ ...record, kind: 'members' }).success).toBe(false)
    expect(events.changed.safeParse({ ...record, kind: undefined }).success).toBe(false)
  })
})

const list = { mailboxId: 4, role: null, unreadOnly: false, flaggedOnly: false }
const inboxes = { ...list, mailboxId: null, role: 'inbox' }
const words = { text: 'seal', mailboxId: null, limit: 1 }
const one = { messageId: 1 }
const of = (entity: ChangedEntity, kind: string, ids: number[] | null = null) =>
  ({ entity, kind, ids }) as Parameters<typeof isStaleBy>[2]

test.each([
  ['a flag makes no list old', 'messages.index', list, of('message', 'flags', [1]), false],
  ['nor does a star', 'messages.index', list, of('mailbox', 'flagged', [4]), false],
  [
    'but that of starred ones',
    'messages.index',
    { ...list, flaggedOnly: true },
    of('mailbox', 'flagged', [4]),
    true,
  ],
  [
    'reading: that of unread ones',
    'messages.index',
    { ...list, unreadOnly: true },
    of('mailbox', 'unread', [4]),
    true,
  ],
  ['and no other', 'messages.index', list, of('mailbox', 'unread', [4]), false],
  ['a body that came makes no list old', 'messages.index', list, of('mailbox', 'progress', [4]), false],
  ['nor does mail elsewhere', 'messages.index', list, of('mailbox', 'members', [5]), false],
  ['mail here does', 'messages.index', list, of('mailbox', 'members', [5, 4]), true],
  ['and many at once', 'messages.index', list, of('mailbox', 'members'), true],
  ['a list of a role is of several', 'messages.index', inboxes, of('mailbox', 'members', [5]), true],
  ['a flag opens no message again', 'messages.get', one, of('message', 'flags', [1]), false],
  ['nor does its way to the server', 'messages.get', one, of('message', 'pending', [1]), false],
  ['its body does', 'messages.get', one, of('message', 'body', [1]), true],
  ['its place does', 'messages.get', one, of('message', 'place', [1]), true],
  ['that of another does not', 'messages.get', one, of('message', 'body', [2]), false],
  ['other settings do not', 'messages.get', one, of('settings', 'values'), false],
  ['a star does not count folders', 'mailboxes.list', {}, of('mailbox', 'flagged', [4]), false],
  ['reading does', 'mailboxes.list', {}, of('mailbox', 'unread', [4]), true],
  ['a search for words hears no flags', 'search.query', words, of('message', 'flags', [1]), false],
  [
    'one that may ask for them does',
    'search.query',
    { ...words, text: 'is:unread' },
    of('message', 'flags', [1]),
    true,
  ],
  ['a conversation hears no flags', 'messages.thread', one, of('message', 'flags', [1]), false],
  ['it hears that it grew', 'messages.thread', one, of('conversation', 'members', [1, 2]), true],
] as const)('%s', (_what, name, input, change, isOld) => {
  expect(isStaleBy(name, input, change)).toBe(isOld)
})
