import type { ClipboardEvent } from 'react'
import { textWithTables } from './table-text'

/** Pastes a table from a spreadsheet or a page into plain text with its columns kept apart. */
export function pasteTable(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const text = textWithTables(event.clipboardData.getData('text/plain'))
  if (text === null) return
  event.preventDefault()
  // The one way that keeps undo as it is for typed text.
  document.execCommand('insertText', false, text)
}
