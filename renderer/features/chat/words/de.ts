import type { Words } from '../../../i18n/words'
import type { chat as english, errors as englishErrors, things as englishThings } from './en'

export const chat: Words<typeof english> = { title: 'Chat' }

export const errors: Words<typeof englishErrors> = {
  'chat-needs-decision': {
    what: 'Die Nachricht wurde nicht gesendet',
    why: 'Die Unterhaltung mit {{name}} ist verschlüsselt, und so, wie es steht, lässt sich für sie nichts verschlüsseln.',
    fix: 'Entscheiden Sie über die Geräte dort, oder sagen Sie, dass diese Nachricht unverschlüsselt gehen darf.',
  },
  'chat-too-late': {
    what: 'Die Nachricht lässt sich nicht zurücknehmen',
    why: 'Sie wurde dem Server schon übergeben.',
    fix: 'Bitten Sie stattdessen darum, sie zu vergessen; wer sie gelesen hat, hat sie gelesen.',
  },
  'chat-not-own': {
    what: 'Die Nachricht lässt sich nicht ändern',
    why: 'Verbessern lässt sich nur ein Text, den Sie selbst geschrieben haben.',
    fix: 'Antworten Sie stattdessen darauf.',
  },
  'chat-no-service': {
    what: 'Das Konto hat keinen Chat',
    why: 'Für das Konto ist keiner eingerichtet, oder er ist ausgeschaltet.',
    fix: 'Richten Sie ihn in den Einstellungen des Kontos ein, oder schalten Sie ihn dort ein.',
  },
  'chat-not-connected': {
    what: 'Dafür wird der Server des Chats gebraucht',
    why: 'Das Konto ist nicht mit ihm verbunden.',
    fix: 'Versuchen Sie es wieder, wenn es verbunden ist.',
  },
  'chat-refused': {
    what: 'Die andere Seite hat abgelehnt',
    why: 'Sie erlaubt das nicht oder kennt die Adresse nicht.',
    fix: 'Prüfen Sie die Adresse und was Sie dort dürfen.',
  },
  'chat-bad-address': {
    what: 'Mit dieser Adresse geht kein Chat',
    why: '„{{name}}“ ist nicht geschrieben wie name@example.org.',
    fix: 'Berichtigen Sie die Adresse.',
  },
  'chat-no-device': {
    what: 'Dieses Gerät gibt es nicht',
    why: 'Kein Gerät von {{name}} hat diese Nummer.',
    fix: 'Sehen Sie die Liste der Geräte noch einmal an; sie kann sich geändert haben.',
  },
  'chat-not-in-room': {
    what: 'Sie sind nicht in diesem Raum',
    why: 'Das können nur Leute, die darin sind.',
    fix: 'Betreten Sie zuerst den Raum.',
  },
  'chat-no-upload': {
    what: 'Die Datei lässt sich nicht senden',
    why: 'Der Server des Kontos nimmt keine Dateien an.',
    fix: 'Senden Sie die Datei als E-Mail.',
  },
  'chat-file-changed': {
    what: 'Die Datei wurde nicht geöffnet',
    why: 'Was geholt wurde, ist nicht, was gesendet wurde: Das Siegel passt nicht.',
    fix: 'Bitten Sie darum, die Datei noch einmal zu senden.',
  },
  'chat-file-place': {
    what: 'Die Datei wurde nicht geholt',
    why: 'Ihre Adresse führt dorthin, wo nichts geholt wird: in ein privates Netz, oder ungeschützt.',
    fix: 'Bitten Sie auf einem anderen Weg um die Datei.',
  },
}

export const things: Words<typeof englishThings> = {
  conversation: 'Die Unterhaltung',
  'chat message': 'Die Nachricht',
  room: 'Der Raum',
}
