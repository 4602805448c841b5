import {
  type Draft,
  type DraftAttachment,
  type DraftContent,
  filesPerDraft,
} from '../../../../../shared/features/writing/model'
import type { DraftId, MessageId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { DraftOrigin, DraftStore, SavedAs } from '../../../ports/writing/writing-store'
import type { StoreContext } from '../../../store/context'
import type { ReadDb, WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import {
  contentOf,
  type FactsById,
  factsOf,
  isSameContent,
  newOrigin,
  originOf,
  startOf,
  textOf,
  unknownFacts,
} from './draft-content'

type Row = {
  number: number
  id: string
  content: string
  relation_kind: 'reply' | 'forward' | null
  relation_message: number | null
  revision: number
  updated_at: number
  uploaded_revision: number | null
  server_message: number | null
  upload_state: string | null
}

const contentText = (db: ReadDb, number: number): string =>
  db.value<string>(sql`SELECT content FROM drafts WHERE number = ${number}`) ?? '{}'

/** Drafts. Every change is on the disk before the call returns. */
export function createDraftStore({ database, feed, clock, random }: StoreContext): DraftStore {
  const { read } = database

  const attachmentsOf = (db: ReadDb, number: number): DraftAttachment[] => {
    const facts = factsOf(contentText(db, number))
    return db
      .all<Pick<DraftAttachment, 'id' | 'fileName' | 'contentType' | 'sizeBytes'>>(sql`
        SELECT id, file_name AS fileName, content_type AS contentType, size AS sizeBytes
        FROM draft_attachments WHERE draft = ${number} ORDER BY id`)
      .map(row => ({ ...row, ...(facts[row.id] ?? unknownFacts) }))
  }

  const draftOf = (row: Row): Draft => ({
    id: row.id as DraftId,
    content: contentOf(row.content),
    attachments: attachmentsOf(read, row.number),
    ...shownOf(originOf(row.content)),
    relation:
      row.relation_kind === null
        ? null
        : { kind: row.relation_kind, messageId: row.relation_message as MessageId | null },
    revision: row.revision,
    updatedAtMs: row.updated_at,
    serverState: serverStateOf(row),
  })

  const get = (id: DraftId): Draft | null => {
    const row = read.get<Row>(sql`
      SELECT d.*, (SELECT t.state FROM tasks t JOIN task_messages m ON m.task = t.id
        WHERE m.message = d.server_message AND t.kind = 'append' LIMIT 1) AS upload_state
      FROM drafts d WHERE d.id = ${id}`)
    return row === undefined ? null : draftOf(row)
  }
  const demand = (id: DraftId): Draft => {
    const draft = get(id)
    if (draft === null) throw new SiegelError('not-found', { what: 'draft' })
    return draft
  }
  const numberOf = (db: ReadDb, id: DraftId): number => {
    const number = db.value<number>(sql`SELECT number FROM drafts WHERE id = ${id}`)
    if (number === undefined) throw new SiegelError('not-found', { what: 'draft' })
    return number
  }
  const rewrite = (
    db: WriteDb,
    number: number,
    change: { facts?: FactsById; origin?: Partial<DraftOrigin> },
  ): void => {
    const text = contentText(db, number)
    const facts = { ...factsOf(text), ...change.facts }
    const origin = { ...originOf(text), ...change.origin }
    db.run(
      sql`UPDATE drafts SET content = ${textOf(contentOf(text), facts, origin)} WHERE number = ${number}`,
    )
  }
  /** The attachments changed: what is on the server is no longer the newest, whatever its revision says. */
  const touch = (id: DraftId): void =>
    database.write(db => {
      rewrite(db, numberOf(db, id), { origin: { touched: true, start: null } })
      db.run(sql`UPDATE drafts SET uploaded_revision = NULL, updated_at = ${clock.now()} WHERE id = ${id}`)
      feed.note('draft', [id])
    })

  return {
    list: () =>
      read
        .all<Row>(sql`
          SELECT d.*, (SELECT t.state FROM tasks t JOIN task_messages m ON m.task = t.id
            WHERE m.message = d.server_message AND t.kind = 'append' LIMIT 1) AS upload_state
          FROM drafts d ORDER BY d.updated_at DESC, d.number DESC`)
        .map(draftOf),
    get,
    create: ({ content, relation, serverMessageId, origin }) =>
      database.write(
        db => {
          const id = Buffer.from(random.bytes(16)).toString('hex') as DraftId
          db.run(sql`
            INSERT INTO drafts (id, account, content, relation_kind, relation_message, updated_at, server_message)
            VALUES (${id}, (SELECT number FROM accounts WHERE id = ${content.accountId}), ${textOf(content, {}, newOrigin(content, origin ?? {}))},
              ${relation?.kind ?? null}, ${relation?.messageId ?? null}, ${clock.now()}, ${serverMessageId})`)
          feed.note('draft', [id])
          return demand(id)
        },
        { durable: true },
      ),
    save: (id, content, revision, as) =>
      database.write(
        db => {
          const stored = demand(id)
          if (stored.revision !== revision) {
            throw new SiegelError('conflict', { what: 'draft', stored: stored.revision, given: revision })
          }
          const text = contentText(db, numberOf(db, id))
          const origin = savedOrigin(originOf(text), contentOf(text), content, as)
          db.run(sql`
            UPDATE drafts SET content = ${textOf(content, factsOf(text), origin)}, revision = revision + 1, updated_at = ${clock.now()},
              account = (SELECT number FROM accounts WHERE id = ${content.accountId})
            WHERE id = ${id}`)
          feed.note('draft', [id])
          return demand(id)
        },
        { durable: true },
      ),
    discard: id =>
      database.write(
        db => {
          db.run(sql`DELETE FROM drafts WHERE id = ${id}`)
          feed.note('draft', [id])
        },
        { durable: true },
      ),
    addAttachment: (id, file) =>
      database.write(
        db => {
          const number = numberOf(db, id)
          if (attachmentsOf(db, number).length >= filesPerDraft) {
            throw new SiegelError('too-large', { limit: filesPerDraft, what: 'attachment' })
          }
          const { lastId } = db.run(sql`
            INSERT INTO draft_attachments (draft, file_name, content_type, size, bytes)
            VALUES (${number}, ${file.fileName}, ${file.contentType}, ${file.bytes.length}, ${file.bytes})`)
          const facts = {
            originalName: null,
            traces: file.traces,
            keepsTraces: false,
            contentId: file.contentId ?? null,
          }
          rewrite(db, number, { facts: { [lastId]: facts } })
          if (file.isCopied !== true) touch(id)
          return {
            id: lastId,
            fileName: file.fileName,
            contentType: file.contentType,
            sizeBytes: file.bytes.length,
            ...facts,
          }
        },
        { durable: true },
      ),
    removeAttachment: (id, attachmentId) =>
      database.write(
        db => {
          db.run(
            sql`DELETE FROM draft_attachments WHERE id = ${attachmentId} AND draft = ${numberOf(db, id)}`,
          )
          touch(id)
        },
        { durable: true },
      ),
    changeAttachments: (id, changes) =>
      database.write(
        db => {
          const number = numberOf(db, id)
          const attachments = attachmentsOf(db, number)
          for (const change of changes) {
            const now = attachments.find(each => each.id === change.attachmentId)
            if (!now) throw new SiegelError('not-found', { what: 'attachment' })
            const first = now.originalName ?? now.fileName
            const fileName = change.fileName === undefined ? now.fileName : (change.fileName ?? first)
            db.run(sql`UPDATE draft_attachments SET file_name = ${fileName} WHERE id = ${now.id}`)
            rewrite(db, number, {
              facts: {
                [now.id]: {
                  originalName: fileName === first ? null : first,
                  traces: now.traces,
                  keepsTraces: change.keepsTraces ?? now.keepsTraces,
                  contentId: now.contentId,
                },
              },
            })
          }
          touch(id)
          return demand(id)
        },
        { durable: true },
      ),
    attachmentBytes: attachmentId =>
      read.get<{ fileName: string; contentType: string; bytes: Uint8Array }>(sql`
        SELECT file_name AS fileName, content_type AS contentType, bytes FROM draft_attachments
        WHERE id = ${attachmentId}`) ?? null,
    origin: id => originOf(contentText(read, numberOf(read, id))),
    untouched: () =>
      read
        .column<DraftId>(sql`
          SELECT d.id FROM drafts d WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.draft = d.id) ORDER BY d.number`)
        .filter(id => !demand(id).touched),
    uploadsWanted: beforeMs =>
      read
        .column<DraftId>(sql`
          SELECT d.id FROM drafts d
          WHERE (d.uploaded_revision IS NULL OR d.uploaded_revision < d.revision) AND d.updated_at <= ${beforeMs}
            AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.draft = d.id AND o.state <> 'failed')
          ORDER BY d.updated_at`)
        .map(demand)
        .filter(({ touched }) => touched),
    markUploaded: (id, revision, messageId) =>
      database.write(db => {
        db.run(
          sql`UPDATE drafts SET uploaded_revision = ${revision}, server_message = ${messageId} WHERE id = ${id}`,
        )
        feed.note('draft', [id])
      }),
    uploadedMessage: id =>
      read.value<MessageId | null>(sql`SELECT server_message FROM drafts WHERE id = ${id}`) ?? null,
    byServerMessage: messageId => {
      const id = read.value<DraftId>(sql`SELECT id FROM drafts WHERE server_message = ${messageId}`)
      return id === undefined ? null : get(id)
    },
  }
}

/** Written and taken back is as never written; of a draft of another program any change counts. */
function savedOrigin(
  before: DraftOrigin,
  stored: DraftContent,
  content: DraftContent,
  as: SavedAs | undefined,
): DraftOrigin {
  if (as === 'start' && !before.touched) return { ...before, start: startOf(content) }
  if (as === 'kept') return { ...before, touched: true, start: null }
  return {
    ...before,
    touched:
      before.start === null
        ? before.touched || !isSameContent(stored, content)
        : startOf(content) !== before.start,
  }
}

const shownOf = ({ unprotected, quoteIsCut, leftOut, touched }: DraftOrigin) => ({
  unprotected,
  quoteIsCut,
  leftOut,
  touched,
})

function serverStateOf(row: Row): Draft['serverState'] {
  if (row.upload_state === 'failed') return 'failed'
  if (row.server_message === null || row.uploaded_revision !== row.revision) return 'local-only'
  return row.upload_state === null || row.upload_state === 'done' ? 'uploaded' : 'uploading'
}
