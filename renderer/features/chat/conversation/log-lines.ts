import type { ChatMessage, ChatMessageId, ChatRow } from '../../../../shared/features/chat/model'
import { rowKey } from './row-window'

/** What is drawn in a conversation, from top to bottom. */
export type LogLine =
  | Readonly<{ kind: 'day'; key: string; atMs: number }>
  | Readonly<{ kind: 'unread'; key: 'unread' }>
  | Readonly<{ kind: 'message'; key: string; message: ChatMessage; goesOn: boolean }>
  | Readonly<{ kind: 'hole' | 'note'; key: string; row: Exclude<ChatRow, ChatMessage> }>

/** Messages of one person that follow each other within this are drawn together. */
const togetherMs = 5 * 60_000

const dayOf = (ms: number): string => new Date(ms).toDateString()

const sameAuthor = (one: ChatMessage, other: ChatMessage): boolean =>
  one.author.address === other.author.address &&
  one.author.name === other.author.name &&
  one.author.isOwn === other.author.isOwn &&
  one.isPrivate === other.isPrivate

/** Days, the line before what is new, and who goes on: in the order of the rows, which clocks never change. */
export function logLines(rows: readonly ChatRow[], firstUnread: ChatMessageId | null): readonly LogLine[] {
  const lines: LogLine[] = []
  let day: string | null = null
  let before: ChatMessage | null = null
  for (const row of rows) {
    // Said once, over everything.
    if (row.kind === 'note' && row.about === 'start') continue
    const key = rowKey(row)
    if (dayOf(row.atMs) !== day) {
      day = dayOf(row.atMs)
      before = null
      // A clock that went back makes the same day stand twice; its place keeps the two apart.
      lines.push({ kind: 'day', key: `day ${key}`, atMs: row.atMs })
    }
    if (row.kind !== 'message') {
      before = null
      lines.push({ kind: row.kind, key, row })
      continue
    }
    if (row.id === firstUnread) {
      before = null
      lines.push({ kind: 'unread', key: 'unread' })
    }
    const goesOn = before !== null && sameAuthor(before, row) && row.atMs - before.atMs < togetherMs
    lines.push({ kind: 'message', key, message: row, goesOn })
    before = row.retracted === null ? row : null
  }
  return lines
}
