import { takeBackContacts } from '../features/contacts/app/context'
import { readContactFile } from '../formats/contact-files/read-file'
import { vcard } from '../formats/vcard/card-format'
import type { EngineParts } from '../ports/parts'
import type { Base } from './base'

/** Cards of address books and files of contacts. */
export const cardFormat: EngineParts['cards'] = { ...vcard, readFile: readContactFile }

/** What contacts give the other features. */
export const composeContacts = (base: Pick<Base, 'store'>): Pick<EngineParts, 'cards' | 'takeBackElsewhere'> => ({
  cards: cardFormat,
  takeBackElsewhere: entry => (entry.kind === 'contacts' ? takeBackContacts(base, entry) : null),
})
