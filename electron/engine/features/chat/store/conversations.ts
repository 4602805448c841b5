import type { ConversationId } from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { type ConversationRow, placesBetween, type RoomKept } from './rows'

/** Most rows of one list. */
const mostConversations = 2_000

/** Requests of unknown people that are kept; a flood of more is not looked at. */
const mostRequests = 200

type Change = Partial<{
  name: string
  mode: 'encrypted' | 'clear'
  hold: string | null
  isRequest: boolean
  isHidden: boolean
  isPinned: boolean
  isMuted: boolean
  wroteAtMs: number
  lastAtMs: number
  room: RoomKept
}>

export function createConversationRows({ database, feed, clock }: StoreContext) {
  const { read } = database
  const get = (id: ConversationId): ConversationRow | null =>
    read.get<ConversationRow>(sql`SELECT * FROM chat_conversations WHERE id = ${id}`) ?? null
  const byJid = (accountId: AccountId, jid: string): ConversationRow | null =>
    read.get<ConversationRow>(sql`
      SELECT c.* FROM chat_conversations c JOIN accounts a ON a.number = c.account
      WHERE a.id = ${accountId} AND c.jid = ${jid}`) ?? null
  const require = (id: ConversationId): ConversationRow => {
    const row = get(id)
    if (row === null) throw new SiegelError('not-found', { what: 'conversation' })
    return row
  }
  return {
    get,
    byJid,
    require,
    accountOf: (row: Pick<ConversationRow, 'account'>): AccountId =>
      read.value<AccountId>(sql`SELECT id FROM accounts WHERE number = ${row.account}`) ?? ('' as AccountId),
    /** Every one, also those that were put away, the last used first. */
    all: (): ConversationRow[] =>
      read.all<ConversationRow>(sql`SELECT * FROM chat_conversations ORDER BY last_at DESC, id DESC`),
    list: (which: 'conversations' | 'requests'): ConversationRow[] =>
      read.all<ConversationRow>(sql`
        SELECT * FROM chat_conversations WHERE is_request = ${which === 'requests' ? 1 : 0} AND is_hidden = 0
        ORDER BY is_pinned DESC, last_at DESC, id DESC LIMIT ${mostConversations + 1}`),
    requests: (): number =>
      read.value<number>(
        sql`SELECT count(*) FROM chat_conversations WHERE is_request = 1 AND is_hidden = 0`,
      ) ?? 0,
    rooms: (accountId: AccountId | null): ConversationRow[] =>
      read.all<ConversationRow>(sql`
        SELECT c.* FROM chat_conversations c JOIN accounts a ON a.number = c.account
        WHERE c.kind = 'room' AND (${accountId} IS NULL OR a.id = ${accountId}) ORDER BY c.name, c.jid`),
    /** The conversation with this address, begun where there is none; null where one more request would be too much. */
    ensure: (
      accountId: AccountId,
      jid: string,
      kind: 'person' | 'room',
      { isRequest, mode }: Readonly<{ isRequest: boolean; mode: 'encrypted' | 'clear' }>,
    ): ConversationRow | null =>
      database.write(db => {
        const known = byJid(accountId, jid)
        if (known !== null) return known
        const requests = db.value<number>(sql`SELECT count(*) FROM chat_conversations WHERE is_request = 1`)
        if (isRequest && (requests ?? 0) >= mostRequests) return null
        const { lastId } = db.run(sql`
          INSERT INTO chat_conversations (account, jid, kind, mode, is_request, last_at)
          VALUES (${accountNumber(db, accountId)}, ${jid}, ${kind}, ${mode}, ${isRequest ? 1 : 0}, ${clock.now()})`)
        feed.note('chat', [lastId], 'state')
        return require(lastId as ConversationId)
      }),
    change: (id: ConversationId, change: Change): void =>
      database.write(db => {
        const row = require(id)
        const flag = (value: boolean | undefined, before: number) =>
          value === undefined ? before : Number(value)
        db.run(sql`
          UPDATE chat_conversations SET name = ${change.name ?? row.name}, mode = ${change.mode ?? row.mode},
            hold = ${change.hold === undefined ? row.hold : change.hold},
            is_request = ${flag(change.isRequest, row.is_request)}, is_hidden = ${flag(change.isHidden, row.is_hidden)},
            is_pinned = ${flag(change.isPinned, row.is_pinned)}, is_muted = ${flag(change.isMuted, row.is_muted)},
            wrote_at = ${change.wroteAtMs ?? row.wrote_at}, last_at = ${Math.max(change.lastAtMs ?? 0, row.last_at)},
            room = ${change.room === undefined ? row.room : JSON.stringify(change.room)}
          WHERE id = ${id}`)
        feed.note('chat', [id], change.room === undefined ? 'state' : 'room')
      }),
    setDraft: (
      id: ConversationId,
      draft: Readonly<{ text: string; replyTo: number | null; corrects: number | null }>,
    ): void =>
      database.write(
        db => {
          db.run(sql`
            UPDATE chat_conversations SET draft = ${draft.text}, draft_reply = ${draft.replyTo},
              draft_corrects = ${draft.corrects} WHERE id = ${id}`)
          feed.note('chat', [id], 'state')
        },
        { durable: true },
      ),
    remove: (id: ConversationId): void =>
      database.write(db => {
        db.run(sql`DELETE FROM chat_conversations WHERE id = ${id}`)
        feed.note('chat', [id], 'state')
      }),
    /** The place of what comes next, in the order of the stream. */
    nextPlace: (accountId: AccountId): number =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        db.run(
          sql`INSERT OR IGNORE INTO chat_accounts (account, began_at) VALUES (${account}, ${clock.now()})`,
        )
        db.run(sql`UPDATE chat_accounts SET next_place = next_place + 1 WHERE account = ${account}`)
        return db.value<number>(sql`SELECT next_place FROM chat_accounts WHERE account = ${account}`) ?? 1
      }),
    /** A new stream: what the archive still has of the time between stands before all that comes now. */
    leaveRoom: (accountId: AccountId): void =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        db.run(
          sql`INSERT OR IGNORE INTO chat_accounts (account, began_at) VALUES (${account}, ${clock.now()})`,
        )
        db.run(
          sql`UPDATE chat_accounts SET next_place = next_place + ${placesBetween} WHERE account = ${account}`,
        )
      }),
    /** Whether something that was sent from here and is not known in the archive stands behind a place. */
    hasUnplacedOwn: (accountId: AccountId, place: number): boolean =>
      read.value<number>(sql`
        SELECT 1 FROM accounts a JOIN chat_conversations c ON c.account = a.number AND c.kind = 'person'
          JOIN chat_messages m ON m.conversation = c.id AND m.place > ${place}
        WHERE a.id = ${accountId} AND m.is_own = 1 AND m.stanza_id IS NULL AND m.note IS NULL
          AND m.state IN ('sent', 'delivered', 'read') LIMIT 1`) === 1,
    beganAtMs: (accountId: AccountId): number =>
      read.value<number>(sql`
        SELECT c.began_at FROM chat_accounts c JOIN accounts a ON a.number = c.account WHERE a.id = ${accountId}`) ??
      clock.now(),
    settingsText: (accountId: AccountId): string =>
      read.value<string>(sql`
        SELECT c.settings FROM chat_accounts c JOIN accounts a ON a.number = c.account WHERE a.id = ${accountId}`) ??
      '{}',
    setSettings: (accountId: AccountId, settings: string): void =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        db.run(
          sql`INSERT OR IGNORE INTO chat_accounts (account, began_at) VALUES (${account}, ${clock.now()})`,
        )
        db.run(sql`UPDATE chat_accounts SET settings = ${settings} WHERE account = ${account}`)
        feed.note('chat-account', [accountId])
      }),
    /** Whether the person is on the roster, or something was written there from here. */
    isFamiliar: (accountId: AccountId, jid: string): boolean =>
      read.value<number>(sql`
        SELECT 1 FROM accounts a WHERE a.id = ${accountId} AND (
          EXISTS (SELECT 1 FROM chat_roster r WHERE r.account = a.number AND r.jid = ${jid})
          OR EXISTS (SELECT 1 FROM chat_conversations c WHERE c.account = a.number AND c.jid = ${jid}
            AND (c.wrote_at IS NOT NULL OR c.is_request = 0)))`) === 1,
    isBlocked: (accountId: AccountId, jid: string): boolean =>
      read.value<number>(sql`
        SELECT 1 FROM chat_blocked b JOIN accounts a ON a.number = b.account
        WHERE a.id = ${accountId} AND b.jid IN (${jid}, ${jid.slice(jid.indexOf('@') + 1)})`) === 1,
    blocked: (accountId: AccountId): string[] =>
      read.column<string>(sql`
        SELECT b.jid FROM chat_blocked b JOIN accounts a ON a.number = b.account WHERE a.id = ${accountId} ORDER BY b.jid`),
    setBlocked: (
      accountId: AccountId,
      all: readonly string[] | null,
      change: readonly [string, boolean][],
    ): void =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        if (all !== null) {
          db.run(sql`DELETE FROM chat_blocked WHERE account = ${account}`)
          for (const jid of all) db.run(sql`INSERT OR IGNORE INTO chat_blocked VALUES (${account}, ${jid})`)
        }
        for (const [jid, isBlocked] of change)
          db.run(
            isBlocked
              ? sql`INSERT OR IGNORE INTO chat_blocked VALUES (${account}, ${jid})`
              : sql`DELETE FROM chat_blocked WHERE account = ${account} AND jid = ${jid}`,
          )
        feed.note('chat-account', [accountId])
        feed.note('chat', null, 'state')
      }),
    rosterName: (accountId: AccountId, jid: string): string | null =>
      read.value<string>(sql`
        SELECT r.name FROM chat_roster r JOIN accounts a ON a.number = r.account
        WHERE a.id = ${accountId} AND r.jid = ${jid}`) ?? null,
    /** Of which version the roster here is; null where nobody said. */
    rosterVersion: (accountId: AccountId): string | null =>
      read.value<string>(sql`
        SELECT v.version FROM chat_roster_versions v JOIN accounts a ON a.number = v.account
        WHERE a.id = ${accountId}`) ?? null,
    /** What the server has of contacts; `version`: what the roster is by then, null where it does not say. */
    setRoster: (
      accountId: AccountId,
      isWhole: boolean,
      items: readonly Readonly<{ jid: string; name: string; subscription: string }>[],
      version: string | null,
    ): void =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        if (isWhole) db.run(sql`DELETE FROM chat_roster WHERE account = ${account}`)
        for (const { jid, name, subscription } of items)
          db.run(
            subscription === 'remove'
              ? sql`DELETE FROM chat_roster WHERE account = ${account} AND jid = ${jid}`
              : sql`INSERT OR REPLACE INTO chat_roster VALUES (${account}, ${jid}, ${name}, ${subscription})`,
          )
        db.run(
          version === null
            ? sql`DELETE FROM chat_roster_versions WHERE account = ${account}`
            : sql`INSERT OR REPLACE INTO chat_roster_versions VALUES (${account}, ${version})`,
        )
        // Whoever is a contact by now asks for nothing.
        db.run(sql`
          UPDATE chat_conversations SET is_request = 0 WHERE account = ${account} AND is_request = 1
            AND jid IN (SELECT jid FROM chat_roster WHERE account = ${account})`)
        feed.note('chat', null, 'state')
      }),
  }
}
export type ConversationRows = ReturnType<typeof createConversationRows>
