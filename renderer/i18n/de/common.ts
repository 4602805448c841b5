import type { common as english } from '../en/common'
import type { Words } from '../words'

export const common: Words<typeof english> = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  delete: 'Löschen',
  rename: 'Umbenennen',
  retry: 'Erneut versuchen',
  discard: 'Verwerfen',
  undo: 'Rückgängig',
  clear: 'Leeren',
  loading: 'Wird geladen …',
  unknownSender: 'Unbekannter Absender',
  nobodyNamed: 'niemanden',
  noSubject: '(kein Betreff)',
  localAccount: 'Auf diesem Rechner',
  sampleAccount: 'Beispielpostfach',
  /** The question for the passphrase of a key. */
  unlock: {
    passphrase: 'Passphrase des Schlüssels',
    remember: 'Entsperrt lassen',
    remembers: { '10': 'Zehn Minuten', '60': 'Eine Stunde', session: 'Bis Siegel gesperrt wird' },
  },
  people: {
    bad: 'keine gültige Adresse',
    remove: '{{name}} entfernen',
    suggestions: 'Vorschläge',
    group_one: 'Gruppe mit {{count}} Person',
    group_other: 'Gruppe mit {{count}} Personen',
  },
  role: {
    inbox: 'Posteingang',
    drafts: 'Entwürfe',
    sent: 'Gesendet',
    archive: 'Archiv',
    junk: 'Spam',
    trash: 'Papierkorb',
    all: 'Alle Nachrichten',
    flagged: 'Markiert',
  },
}
