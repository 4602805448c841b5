import type { Words } from '../../../i18n/words'
import type { find as english } from './en'

export const find: Words<typeof english> = {
  label: 'Außer Nachrichten gefunden',
  event: 'Termin',
  contact: 'Kontakt',
  todo: 'Aufgabe',
  conversation: 'Chat',
  done: 'erledigt',
  untitled: '(ohne Titel)',
  more_one: 'Noch {{count, number}}',
  more_other: 'Noch {{count, number}}',
  fewer: 'Weniger',
  nothing: 'Nichts gefunden',
}
