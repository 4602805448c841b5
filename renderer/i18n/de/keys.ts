import type { keys as english } from '../en/keys'
import type { Words } from '../words'

export const keys: Words<typeof english> = {
  title: 'Tastenkürzel',
  or: 'oder',
  group: {
    list: 'Nachrichtenliste',
    reading: 'Lesen',
    messages: 'Nachrichten',
    writing: 'Schreiben',
    calendar: 'Kalender',
    chat: 'Chat',
    places: 'Orte',
    app: 'Programm',
  },
}
