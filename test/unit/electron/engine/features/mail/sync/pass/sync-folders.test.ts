import { describe, expect, test } from 'vitest'
import type { SyncContext } from '../../../../../../../../electron/engine/features/mail/sync/pass/sync-context'
import {
  recogniseRename,
  syncFolders,
} from '../../../../../../../../electron/engine/features/mail/sync/pass/sync-folders'
import { mime } from '../../../../../../../../electron/engine/formats/mime/mime'
import type {
  ListedMailbox,
  MailSession,
} from '../../../../../../../../electron/engine/ports/mail/mail-backend'
import { SiegelError } from '../../../../../../../../shared/kit/result'
import { bytes, freshStore, imapConfig, newMessage } from '../../../../store/support'

const mailbox = (path: string, change: Partial<ListedMailbox> = {}): ListedMailbox => ({
  path,
  delimiter: '/',
  selectable: true,
  subscribed: true,
  role: path === 'INBOX' ? 'inbox' : 'none',
  status: null,
  ...change,
})
const inbox = mailbox('INBOX')
const many = Array.from({ length: 9 }, (_, at) => mailbox(`Folder ${at}`))

/** An account whose server gives these listings, one after the other, the last for ever. */
function account(...listings: (readonly ListedMailbox[])[]) {
  const { store } = freshStore()
  const accountId = store.accounts.add({ config: imapConfig, sample: false, password: 'x' }).id
  let at = 0
  const session = {
    list: async () => listings[Math.min(at++, listings.length - 1)] ?? [],
    namespaces: () => null,
  } as unknown as MailSession
  const count = { folders: 0, messages: 0, new: 0, bytes: 0 }
  const context = { store, accountId, count, mime } as unknown as SyncContext
  return {
    store,
    accountId,
    context,
    count,
    sync: async () => (await syncFolders(context, session)).map(({ row }) => row.path),
    asked: () => at,
  }
}

describe('the mailboxes of an account', () => {
  test('come inbox first, then what is looked at most, then by name, and spam last; what cannot be opened is left out', async () => {
    const here = account([
      mailbox('Junk', { role: 'junk' }),
      mailbox('Zoo'),
      mailbox('Trash', { role: 'trash' }),
      mailbox('All', { role: 'all' }),
      mailbox('Sent', { role: 'sent' }),
      mailbox('Ärzte'),
      mailbox('Only a branch', { selectable: false }),
      inbox,
      mailbox('Archive', { role: 'archive' }),
      mailbox('Drafts', { role: 'drafts' }),
    ])
    expect(await here.sync()).toEqual([
      ...['INBOX', 'Drafts', 'Sent', 'Archive', 'Ärzte', 'Zoo', 'All', 'Trash', 'Junk'],
    ])
    expect(here.count.folders).toBe(9)
  })

  test.each([
    ['an empty listing', []],
    ['one without an inbox', many],
  ])('%s is an error, and nothing disappears', async (_, bad) => {
    const here = account([inbox, ...many], bad)
    await here.sync()
    await expect(here.sync()).rejects.toMatchObject({ code: 'protocol-violation' })
    expect(here.store.mailboxes.missing(here.accountId)).toEqual([])
  })

  test('when most of them are gone at once the server is asked again, and the longer listing counts', async () => {
    const mistaken = account([inbox, ...many], [inbox], [inbox, ...many])
    await mistaken.sync()
    expect(await mistaken.sync()).toHaveLength(10)
    expect([mistaken.asked(), mistaken.store.mailboxes.missing(mistaken.accountId)]).toEqual([3, []])

    const meant = account([inbox, ...many], [inbox])
    await meant.sync()
    expect(await meant.sync()).toEqual(['INBOX'])
    expect([meant.asked(), meant.store.mailboxes.missing(meant.accountId).length]).toEqual([3, 9])

    const few = account([inbox, ...many], [inbox, ...many.slice(1)])
    await few.sync()
    await few.sync()
    expect([few.asked(), few.store.mailboxes.missing(few.accountId).length]).toEqual([2, 1])
  })
})

describe('a mailbox that was renamed elsewhere', () => {
  /** A known mailbox with three messages is missing, two new ones are there, and the server gives these headers of one. */
  async function renamed(
    options: { uidValidity?: number; headers?: readonly string[]; refuses?: SiegelError } = {},
  ) {
    const here = account([inbox, mailbox('Old')], [inbox, mailbox('New'), mailbox('Other')])
    await here.sync()
    const { store, accountId, context } = here
    const row = (path: string) => {
      const found = store.mailboxes.rows(accountId).find(each => each.path === path)
      if (!found) throw new Error(`no ${path}`)
      return found
    }
    const old = row('Old')
    store.messages.insertHeaders(
      old.id,
      [1, 2, 3].map(uid => newMessage(uid, { messageIdHeader: `m${uid}@x` })),
    )
    store.mailboxes.saveSyncState(old.id, {
      uidValidity: 7,
      uidNext: 4,
      highestModseq: null,
      headersComplete: true,
      syncedAtMs: 1,
    })
    await here.sync()
    const session = {
      async *fetchHeaders(uids: readonly number[]) {
        if (options.refuses) throw options.refuses
        for (const uid of uids) {
          const name = (options.headers ?? ['m1', 'm2', 'm3'])[uid - 1]
          if (name !== undefined) yield { uid, header: bytes(`Message-ID: <${name}@x>\r\n\r\n`) }
        }
      },
    } as unknown as MailSession
    const answer = await recogniseRename(context, session, row('New'), options.uidValidity ?? 7)
    return {
      isOld: answer.id === old.id,
      path: answer.path,
      messages: store.messages.knownUids(answer.id).length,
    }
  }

  test('keeps its mail when number and messages are the same', async () => {
    expect(await renamed()).toEqual({ isOld: true, path: 'New', messages: 3 })
    // Two of three are enough, so that a message deleted meanwhile is no obstacle.
    expect(await renamed({ headers: ['m1', 'm2'] })).toMatchObject({ isOld: true })
  })

  test.each([
    ['has another number', { uidValidity: 8 }],
    ['has another message under a number', { headers: ['m1', 'other', 'm3'] }],
    ['gives only one of three', { headers: ['m1'] }],
    ['does not give them', { refuses: new SiegelError('server-refused') }],
  ])('is a new one when it %s', async (_, options) => {
    expect(await renamed(options)).toEqual({ isOld: false, path: 'New', messages: 0 })
  })

  test('is not judged when the line is lost meanwhile', async () => {
    await expect(renamed({ refuses: new SiegelError('connection-lost') })).rejects.toMatchObject({
      code: 'connection-lost',
    })
  })
})
