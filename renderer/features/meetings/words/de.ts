import type { Words } from '../../../i18n/words'
import type { meetings as english, errors as englishErrors, things as englishThings } from './en'

export const meetings: Words<typeof english> = {
  settings: 'Treffen',
  title: 'Treffen',
  page: {
    text: 'Wo Sie sich per Video treffen. Siegel macht die Links selbst, mit Räumen, die niemand erraten kann, und fragt dafür niemanden. Der erste Anbieter ist der übliche.',
    list: 'Anbieter',
    none: 'Kein Anbieter für Treffen ist eingerichtet.',
    add: 'Anbieter hinzufügen',
    remove: '{{name}} entfernen',
    first: '{{name}} zum üblichen machen',
    usual: 'üblich',
    full: 'Es sind zehn; entfernen Sie einen, um einen anderen hinzuzufügen.',
    further: 'Weitere Hosts: {{hosts}}',
  },
  into: {
    chat: 'Hier entsteht ein Link mit einem Raum, den niemand erraten kann, und wird in die Unterhaltung geschrieben.',
    mail: 'Hier entsteht ein Link mit einem Raum, den niemand erraten kann, und wird in die Nachricht geschrieben.',
    event:
      'Hier entsteht ein Link mit einem Raum, den niemand erraten kann, und wird in den Termin eingetragen.',
  },
  put: { chat: 'Link schreiben', mail: 'Link einfügen', event: 'Link eintragen' },
  nothingOpens: 'Nichts öffnet sich, bevor Sie auf „Teilnehmen“ drücken.',
  provider: 'Wo',
  providers: { jitsi: 'Jitsi Meet', opentalk: 'OpenTalk', bbb: 'BigBlueButton', own: 'Eigene Vorlage' },
  link: 'Link',
  address: {
    host: 'Adresse der Instanz',
    template: 'Adresse des Treffens',
    room: 'Adresse des Raums',
  },
  addressText: {
    host: 'Zum Beispiel https://meet.example.org',
    template: 'Mit {room}, wo ein zufälliger Raum stehen soll, zum Beispiel https://meet.example.org/{room}',
    room: 'Der Link, den Gäste von dort bekommen; der Raum wird auf den Seiten des Anbieters angelegt',
  },
  more: 'Weitere Hosts',
  moreText:
    'Nur wenn die Seiten außer ihrem eigenen noch andere brauchen, etwa einen TURN-Server oder Steuerung und Medien von OpenTalk. Einer je Zeile: turn.example.org:443',
  bad: 'Die Adresse eines Treffens beginnt mit https:// und hat einen Host.',
  badHost: 'Das ist kein Host: {{host}}',
  add: 'Hinzufügen',
  setUp: 'Einstellungen für Treffen',
  join: 'Teilnehmen bei {{host}}',
  joinAt: 'Teilnehmen um {{time}}',
  joinNow: 'Jetzt teilnehmen',
  on: 'Treffen bei {{host}}',
  soon: '{{title}} beginnt um {{time}}.',
  running: '{{title}} hat um {{time}} begonnen.',
  untitled: 'Ein Termin',
  later: 'Schließen',
  adviceOf: {
    jitsi:
      'Setzen Sie dort, sobald Sie darin sind, ein Passwort oder eine Lobby (Sicherheit): Wer den Link kennt, kann hinein.',
    opentalk: 'Schalten Sie dort den Warteraum ein: Wer den Link kennt, kann als Gast kommen.',
    bbb: 'Setzen Sie dort einen Zugangscode oder lassen Sie Leute einzeln ein: Wer den Link kennt, kann anklopfen.',
    own: 'Setzen Sie dort ein Passwort oder einen Warteraum, sobald Sie darin sind: Wer den Link kennt, kann hinein.',
  },
  fixedAdvice: 'Diese Adresse ist jedes Mal dieselbe: Wer den Link einmal hatte, kann wiederkommen.',
}

export const errors: Words<typeof englishErrors> = {
  'meeting-no-place': {
    what: 'Es entstand kein Link',
    why: 'Kein Anbieter für Treffen ist eingerichtet.',
    fix: 'Fügen Sie in den Einstellungen unter „Treffen“ einen hinzu.',
  },
  'meeting-bad-address': {
    what: 'Das Treffen wird nicht geöffnet',
    why: 'Die Adresse eines Treffens beginnt mit https:// und hat einen Host.',
    fix: 'Kopieren Sie den Link und sehen Sie ihn sich an.',
  },
  'meeting-hidden': {
    what: 'Das Treffen wird nicht geöffnet',
    why: 'Das Konto geht über Tor; Bild und Ton gingen daran vorbei, und {{name}} sähe Ihre Adresse.',
    fix: 'Kopieren Sie den Link, und öffnen Sie ihn dort, wo Sie gesehen werden wollen.',
  },
}

export const things: Words<typeof englishThings> = {
  'meeting provider': 'Der Anbieter für Treffen',
  'meeting providers': 'Die Liste der Anbieter für Treffen',
  meeting: 'Das Treffen',
}
