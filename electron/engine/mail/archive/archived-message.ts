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

/** Progress of a long read. `skipped` counts messages over the size limit and ones marked as deleted. */
type ReadProgress = Readonly<{
  messages: number
  skipped: number
  bytesRead: number
  bytesTotal: number | null
}>

export type ReadOptions = { signal?: AbortSignal; onProgress?: (progress: ReadProgress) => void }
