import type { CardFormat } from '../../ports/contacts/card-format'
import { vcard } from '../vcard/card-format'
import { readContactFile } from './read-file'

/** Cards of address books, and files of contacts. */
export const cardFormat: CardFormat = { ...vcard, readFile: readContactFile }
