import type { NotTaken } from '../../../shared/features/mail/archive'

/** Reading and writing mail files: `features/mail/archive/` is the real one. */
export type ArchivePort = {
  /** `onNotTaken` is told of each file or message that cannot be taken, and why. */
  read(
    path: string,
    onNotTaken: (what: NotTaken) => void,
  ): AsyncIterable<{ raw: Uint8Array; flags: readonly string[]; internalDateMs: number | null }>
  writeMbox(path: string, messages: AsyncIterable<ArchivedMessage>): Promise<void>
  writeEmlDirectory(path: string, messages: AsyncIterable<ArchivedMessage>): Promise<void>
  writeMaildir(path: string, messages: AsyncIterable<ArchivedMessage>): Promise<void>
}
export type ArchivedMessage = Readonly<{
  raw: Uint8Array
  flags: readonly string[]
  internalDateMs: number
  from: string
}>

/** Files of the user, outside the profile: only under paths that main or the command line named. */
export type FilePort = {
  /** Throws `file-unreadable`, `too-large`. */
  read(path: string, maxBytes: number): Promise<Uint8Array>
  /** Writes under an unused variant of `fileName`; never overwrites. Answers the path. */
  writeNew(directory: string, fileName: string, bytes: Uint8Array): Promise<string>
  /** Writes a file of exactly this path. Throws `file-exists`, `file-unwritable`, `disk-full`. */
  create(path: string, bytes: Uint8Array): Promise<void>
}
