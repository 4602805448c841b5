import type { Words } from '../../../i18n/words'
import type { alarms as english } from './en'

export const alarms: Words<typeof english> = {
  title: 'Erinnerungen',
  count_one: '{{count, number}} Erinnerung',
  count_other: '{{count, number}} Erinnerungen',
  untitled: '(ohne Titel)',
  event: 'Termin',
  todo: 'Aufgabe',
  now: 'jetzt',
  missed: 'Erinnert {{when}}',
  due: 'fällig {{when}}',
  day: '{{day}}, ganztägig',
  dismiss: 'Erledigt',
  dismissAll: 'Alle erledigt',
  snooze: 'Später',
  snoozeAll: 'Alle später',
  until: {
    minutes5: 'In 5 Minuten',
    minutes15: 'In 15 Minuten',
    hour: 'In einer Stunde',
    hours4: 'In 4 Stunden',
    tomorrow: 'Morgen um 9:00',
    monday: 'Montag um 9:00',
  },
  onlyHere: 'In diesen Kalender kann nicht geschrieben werden: Andere Geräte erinnern noch einmal.',
  refused:
    'Sie verlangt „{{action}}“. Siegel erinnert nur und startet dafür nie Programme und verschickt keine E-Mail.',
  isCut: 'Es sind mehr, als auf einmal gezeigt werden können.',
  settingTitle: 'Meldungen',
  setting: 'Desktop-Meldungen zu Erinnerungen und Chat',
  quiet: 'Ruhezeit, in der der Desktop nichts erfährt',
  quietFrom: 'Von',
  quietUntil: 'Bis',
  settingText:
    'In Siegels eigenem Fenster steht immer, was ansteht. Eine Meldung des Desktops kann auf einem gesperrten Bildschirm zu sehen sein, und der Desktop kann sie aufheben.',
  notices: {
    none: 'Nichts',
    plain: 'Nur, dass es welche gibt',
    content: 'Was Erinnerungen sagen, und wer im Chat schrieb (nie was)',
  },
}
