import { mime } from '../../../formats/mime/mime'
import { cleanFileName } from '../../../formats/mime/parts/attachment-name'
import type { ExportedMessage } from './archived-message'
import { writeMessageDirectory } from './write-message-directory'

/** Writes one .eml a message into a new directory, named by number, date and subject. Throws as `writeMessageDirectory`. */
export const writeEmlDirectory = (
  directory: string,
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
): Promise<void> =>
  writeMessageDirectory(directory, messages, { folders: [], messageFolder: '', nameOf: fileNameFor })

/** `000001 2026-11-23 Subject.eml`: sorts by arrival, is unique by its number, and short enough for every system. */
function fileNameFor(count: number, message: ExportedMessage): string {
  const day = new Date(message.internalDateMs).toISOString().slice(0, 10)
  const { subject } = mime.parseHeader(message.raw)
  const words = cleanFileName(subject.replace(/[/\\]/g, '_'))
    .slice(0, 60)
    .toWellFormed()
    .replace(/[.\s]+$/, '')
  return `${String(count).padStart(6, '0')} ${day}${words === '' ? '' : ` ${words}`}.eml`
}
