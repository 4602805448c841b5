import type { ChatMessageId, ConversationId } from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { describeFile } from '../../../formats/chat/describe-file'
import type { Effect, Known, KnownMessage, NewMessage } from '../../../formats/chat/judge'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import type { ConversationRows } from './conversations'
import type { MessageRows } from './messages'
import type { ConversationRow, MessageRow } from './rows'

const mostEarly = 1_000

const knownOf = (row: MessageRow | null): KnownMessage | null =>
  row && {
    ...{ id: row.id, isOwn: row.is_own === 1, sender: row.sender, originId: row.origin_id },
    ...{ stanzaId: row.stanza_id, atMs: row.at, encryption: row.encryption, fingerprint: row.fingerprint },
    ...{ state: row.state, undecryptable: row.undecryptable },
  }

/** Where a message stands: in the order of the stream, or of the archive that is read. */
export type PlaceFor = Readonly<{ kind: 'live' } | { kind: 'archive'; place: number }>

/** The one place where what came of a stanza is written. Called inside a transaction. */
export function createApply(
  { database, feed, clock }: StoreContext,
  conversations: ConversationRows,
  messages: MessageRows,
) {
  const isEncryptedSoFar = (db: WriteDb, id: ConversationId): boolean =>
    db.value<number>(
      sql`SELECT 1 FROM chat_messages WHERE conversation = ${id} AND encryption <> 'none' LIMIT 1`,
    ) === 1

  /** What is stored, as `judge` asks for it. */
  const known = (
    db: WriteDb,
    accountId: AccountId,
    jid: string,
    kind: 'person' | 'room',
  ): Known & { row: ConversationRow | null } => {
    const row = conversations.byJid(accountId, jid)
    const ask = <T>(question: (id: ConversationId) => T): T | null => (row === null ? null : question(row.id))
    return {
      row,
      conversation: row && { mode: row.mode, isEncryptedSoFar: isEncryptedSoFar(db, row.id) },
      isFamiliar: kind === 'room' || conversations.isFamiliar(accountId, jid),
      isBlocked: conversations.isBlocked(accountId, jid),
      byStanzaId: id => ask(in_ => knownOf(messages.byStanza(in_, id))),
      byOrigin: (sender, id) =>
        ask(in_ => {
          const plain = knownOf(
            sender === null ? messages.ownByOrigin(in_, id) : messages.byOrigin(in_, sender, id),
          )
          if (plain !== null) return { message: plain, isCorrection: false }
          const corrected = knownOf(
            sender === null ? messages.ownByCorrection(in_, id) : messages.byCorrection(in_, sender, id),
          )
          return corrected && { message: corrected, isCorrection: true }
        }),
      // In rooms an author's id proves nothing: anybody may have used it.
      target: id =>
        ask(in_ => knownOf(kind === 'room' ? messages.byStanza(in_, id) : messages.byOrigin(in_, null, id))),
      ownByOrigin: id => ask(in_ => knownOf(messages.ownByOrigin(in_, id))),
    }
  }

  const setRetracted = (db: WriteDb, id: ChatMessageId, by: 'author' | 'moderator', reason: string): void => {
    db.run(
      sql`UPDATE chat_messages SET retracted = ${by}, retract_reason = ${reason}, text = '' WHERE id = ${id}`,
    )
    db.run(sql`DELETE FROM chat_edits WHERE message = ${id}`)
    db.run(sql`DELETE FROM chat_files WHERE message = ${id}`)
    db.run(sql`DELETE FROM chat_reactions WHERE message = ${id}`)
    messages.index(db, id)
  }
  const react = (
    db: WriteDb,
    id: ChatMessageId,
    { sender, name, emoji, atMs }: { sender: string; name: string; emoji: readonly string[]; atMs: number },
  ): void => {
    // The whole set of one person at once; an old one that comes late changes nothing.
    db.run(sql`
      INSERT INTO chat_reactions (message, sender, sender_name, emoji, at)
      VALUES (${id}, ${sender}, ${name}, ${JSON.stringify(emoji)}, ${atMs})
      ON CONFLICT (message, sender) DO UPDATE SET emoji = excluded.emoji, at = excluded.at, sender_name = excluded.sender_name
        WHERE excluded.at >= at`)
  }
  const addVersion = (
    db: WriteDb,
    id: ChatMessageId,
    version: Readonly<{ text: string; byId: string; atMs: number; encryption: string }>,
  ): void => {
    const row = messages.require(id)
    if (row.retracted !== null) return
    db.run(sql`
      INSERT OR IGNORE INTO chat_edits (message, text, at, by_id, encryption)
      SELECT ${id}, ${row.text}, ${row.at}, ${row.origin_id}, ${row.encryption}
      WHERE NOT EXISTS (SELECT 1 FROM chat_edits WHERE message = ${id})`)
    db.run(sql`
      INSERT OR IGNORE INTO chat_edits (message, text, at, by_id, encryption)
      VALUES (${id}, ${version.text}, ${Math.max(version.atMs, row.at)}, ${version.byId}, ${version.encryption})`)
    // The first text is never the newest, whatever clocks said; the rest by the archive's time.
    db.run(sql`
      UPDATE chat_messages SET text = (SELECT text FROM chat_edits WHERE message = ${id}
        ORDER BY by_id = ${row.origin_id}, at DESC, by_id DESC LIMIT 1) WHERE id = ${id}`)
    messages.index(db, id)
  }

  const add = (db: WriteDb, row: ConversationRow, message: NewMessage, place: number): ChatMessageId => {
    const { lastId } = db.run(sql`
      INSERT INTO chat_messages (conversation, place, is_own, sender, sender_name, sender_full, origin_id, stanza_id, at, text,
        encryption, fingerprint, device_id, state, undecryptable, reply_id, reply_to, is_mention, is_private, from_other_device, corrects,
        spoiler)
      VALUES (${row.id}, ${place}, ${message.isOwn ? 1 : 0}, ${message.sender}, ${message.senderName}, ${message.senderFull},
        ${message.originId}, ${message.stanzaId}, ${message.atMs}, ${message.text}, ${message.encryption}, ${message.fingerprint},
        ${message.deviceId}, ${message.isOwn ? 'sent' : 'received'}, ${message.undecryptable}, ${message.reply?.id ?? null},
        ${message.reply?.to ?? null}, ${message.isMention ? 1 : 0}, ${message.isPrivate ? 1 : 0},
        ${message.fromOtherDevice ? 1 : 0}, ${message.corrects}, ${message.spoiler})`)
    const id = lastId as ChatMessageId
    if (message.file !== null) addFile(db, id, message.file)
    messages.index(db, id)
    conversations.change(row.id, {
      lastAtMs: message.atMs,
      isHidden: false,
      ...(message.isOwn ? { wroteAtMs: message.atMs, isRequest: false } : {}),
    })
    // Whoever answers has seen what was before.
    if (message.isOwn) messages.see(row.id, place)
    settleEarly(db, row, id, message)
    return id
  }
  const addFile = (db: WriteDb, id: ChatMessageId, file: NonNullable<NewMessage['file']>): void => {
    const { name, type } = describeFile(file.url)
    db.run(sql`
      INSERT OR IGNORE INTO chat_files (message, position, name, type, url, is_encrypted, state)
      VALUES (${id}, 0, ${name}, ${type}, ${file.url}, ${file.isEncrypted ? 1 : 0}, 'there')`)
  }
  /** What came before the message that it is about. */
  const settleEarly = (db: WriteDb, row: ConversationRow, id: ChatMessageId, message: NewMessage): void => {
    const names = row.kind === 'room' ? [message.stanzaId ?? ''] : [message.originId]
    const early = db.all<{ id: number; kind: string; sender: string; detail: string; at: number }>(sql`
      SELECT id, kind, sender, detail, at FROM chat_early
      WHERE conversation = ${row.id} AND target = ${names[0] ?? ''} AND target <> ''`)
    for (const each of early) {
      if (each.kind === 'retract' && (each.sender === message.sender || each.sender === 'moderator')) {
        const by = each.sender === 'moderator' ? 'moderator' : 'author'
        setRetracted(db, id, by, each.detail)
      } else if (each.kind === 'react') {
        const { name, emoji } = JSON.parse(each.detail) as { name: string; emoji: string[] }
        react(db, id, { sender: each.sender, name, emoji, atMs: each.at })
      }
      db.run(sql`DELETE FROM chat_early WHERE id = ${each.id}`)
    }
    // Corrections of it that stood alone so far.
    if (message.originId === '') return
    const alone = db.all<MessageRow>(sql`
      SELECT * FROM chat_messages WHERE conversation = ${row.id} AND corrects = ${message.originId}
        AND sender = ${message.sender} AND id <> ${id} AND retracted IS NULL ORDER BY at, id`)
    for (const each of alone) {
      const isAlike =
        message.encryption === 'none' ||
        (each.encryption !== 'none' && each.fingerprint === message.fingerprint)
      if (!isAlike) continue
      addVersion(db, id, {
        ...{ text: each.text, byId: each.origin_id, atMs: each.at, encryption: each.encryption },
      })
      db.run(sql`DELETE FROM chat_messages WHERE id = ${each.id}`)
    }
  }

  /** Writes effects that are of the store; what is for the window or the network is given back by the caller's own reading. */
  const apply = (
    db: WriteDb,
    accountId: AccountId,
    jid: string,
    kind: 'person' | 'room',
    effects: readonly Effect[],
    placeFor: PlaceFor,
    modeOfNew: 'encrypted' | 'clear',
  ): { conversation: ConversationId | null; added: ChatMessageId | null } => {
    let row = conversations.byJid(accountId, jid)
    let added: ChatMessageId | null = null
    const nextPlace = () =>
      placeFor.kind === 'archive' ? placeFor.place : conversations.nextPlace(accountId)
    for (const effect of effects) {
      switch (effect.do) {
        case 'begin':
          row ??= conversations.ensure(accountId, jid, kind, { isRequest: effect.isRequest, mode: modeOfNew })
          break
        case 'add': {
          row ??= conversations.ensure(accountId, jid, kind, { isRequest: false, mode: modeOfNew })
          if (row !== null) added = add(db, row, effect.message, nextPlace())
          break
        }
        case 'place': {
          const before = messages.require(effect.id)
          // The server keeps also what the other side refused: of what failed, or is tried once more, its copy says nothing.
          const isAgain =
            db.value<number>(
              sql`SELECT 1 FROM chat_outgoing WHERE message = ${effect.id} AND attempts > 0`,
            ) === 1
          const isOut = effect.isSent && before.state === 'queued' && !isAgain
          const place =
            isOut || (placeFor.kind === 'archive' && before.state !== 'queued') ? nextPlace() : before.place
          db.run(sql`
            UPDATE chat_messages SET stanza_id = coalesce(stanza_id, ${effect.stanzaId}), at = coalesce(${effect.atMs}, at),
              place = ${place}, state = ${isOut ? 'sent' : before.state},
              waits = ${isOut ? null : before.waits}, failure = ${isOut ? null : before.failure},
              undo_until = ${isOut ? null : before.undo_until}
            WHERE id = ${effect.id}`)
          if (isOut)
            db.run(
              sql`DELETE FROM chat_outgoing WHERE message = ${effect.id} AND stanza = ${before.origin_id}`,
            )
          break
        }
        case 'open':
          db.run(sql`
            UPDATE chat_messages SET text = ${effect.text}, undecryptable = NULL, fingerprint = ${effect.fingerprint},
              spoiler = ${effect.spoiler}
            WHERE id = ${effect.id} AND retracted IS NULL`)
          if (effect.file !== null) addFile(db, effect.id, effect.file)
          messages.index(db, effect.id)
          break
        case 'version':
          addVersion(db, effect.id, effect)
          break
        case 'retract':
          setRetracted(db, effect.id, effect.by, effect.reason)
          break
        case 'react':
          react(db, effect.id, effect)
          break
        case 'wait': {
          if (row === null) break
          const count = db.value<number>(sql`SELECT count(*) FROM chat_early WHERE conversation = ${row.id}`)
          if ((count ?? 0) >= mostEarly) break
          db.run(sql`
            INSERT INTO chat_early (conversation, target, kind, sender, detail, at)
            VALUES (${row.id}, ${effect.target}, ${effect.kind}, ${effect.sender}, ${effect.detail}, ${effect.atMs})
            ON CONFLICT (conversation, target, kind, sender) DO UPDATE SET detail = excluded.detail, at = excluded.at
              WHERE excluded.at >= at`)
          break
        }
        case 'state':
          db.run(sql`
            UPDATE chat_messages SET state = 'delivered' WHERE id = ${effect.id} AND state IN ('sent', 'queued')`)
          break
        case 'read-up-to': {
          const { place } = messages.require(effect.id)
          if (row !== null)
            db.run(sql`
              UPDATE chat_messages SET state = 'read' WHERE conversation = ${row.id} AND place <= ${place} AND is_own = 1
                AND state IN ('sent', 'delivered')`)
          break
        }
        case 'seen':
          if (row !== null) messages.see(row.id, messages.require(effect.id).place)
          break
        case 'fail':
          db.run(sql`
            UPDATE chat_messages SET state = 'failed', waits = NULL,
              failure = ${JSON.stringify({ cause: effect.cause, detail: effect.detail })}
            WHERE id = ${effect.id}`)
          db.run(sql`UPDATE chat_outgoing SET state = 'failed' WHERE message = ${effect.id}`)
          break
        case 'subject':
        case 'typing':
        case 'invited':
        case 'answer':
          break
        case 'hold':
          if (row !== null) conversations.change(row.id, { hold: effect.reason })
          break
      }
    }
    if (row !== null && effects.some(effect => effect.do !== 'typing' && effect.do !== 'answer'))
      feed.note('chat', [row.id], 'messages')
    return { conversation: row?.id ?? null, added }
  }
  const noteOf = (id: ChatMessageId): void =>
    feed.note('chat', [messages.require(id).conversation], 'messages')
  return {
    known,
    apply,
    write: <T>(work: (db: WriteDb) => T): T => database.write(work),
    /** What a person does to messages, as it is shown before anybody else knows of it. */
    correctOwn: (id: ChatMessageId, text: string, byId: string, isEncrypted: boolean): void =>
      database.write(db => {
        addVersion(db, id, { text, byId, atMs: clock.now(), encryption: isEncrypted ? 'omemo' : 'none' })
        noteOf(id)
      }),
    retractOwn: (id: ChatMessageId): void =>
      database.write(db => {
        setRetracted(db, id, 'author', '')
        noteOf(id)
      }),
    reactOwn: (id: ChatMessageId, sender: string, name: string, emoji: readonly string[]): void =>
      database.write(db => {
        react(db, id, { sender, name, emoji, atMs: clock.now() })
        noteOf(id)
      }),
  }
}
