import { readContactFile } from '../formats/contact-files/read-file'
import { vcard } from '../formats/vcard/card-format'
import type { EngineParts } from '../ports/parts'

/** Cards of address books, and files of contacts. */
export const composeContacts = (): Pick<EngineParts, 'cards'> => ({
  cards: { ...vcard, readFile: readContactFile },
})
