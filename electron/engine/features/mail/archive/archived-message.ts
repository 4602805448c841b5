import type { NotTaken } from '../../../../../shared/features/mail/archive'

/** One message on its way in. `flags` are IMAP names (`\Seen`, `$Forwarded`, keywords as they are). */
export type ArchivedMessage = Readonly<{
  raw: Uint8Array
  flags: readonly string[]
  internalDateMs: number | null
}>

/** One message on its way out. `from` is the sender's address for mbox separator lines. */
export type ExportedMessage = Readonly<{
  raw: Uint8Array
  flags: readonly string[]
  internalDateMs: number
  from: string
}>

/** Progress of a long read. */
type ReadProgress = Readonly<{ bytesRead: number; bytesTotal: number | null }>

export type ReadOptions = {
  signal?: AbortSignal
  onProgress?: (progress: ReadProgress) => void
  /** Told of each file or message that is not taken. */
  onNotTaken?: (what: NotTaken) => void
}
