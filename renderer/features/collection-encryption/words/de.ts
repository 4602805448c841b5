import type { Words } from '../../../i18n/words'
import type { collections as english } from './en'

export const collections: Words<typeof english> = {
  open: 'Verschlüsselung…',
  title: 'Verschlüsselung von „{{name}}“',
  switch: 'Auf dem Server verschlüsseln',
  busy: 'Zeigen, wann ich belegt bin',
  busyText:
    'Die Zeiten der Termine bleiben auf dem Server lesbar, damit andere eine freie Stunde suchen können.',
  starting: 'Wartet auf den Server.',
  notTaken: 'Der Server nimmt {{count, number}} davon in dieser Form nicht an. Die Aktivität sagt, warum.',
  goesOn:
    'Sie können dieses Fenster schließen: Es geht von allein weiter, auch nach einer Unterbrechung der Verbindung.',
  doing: { encrypting: 'Wird verschlüsselt', decrypting: 'Wird entschlüsselt' },
  turnBack: { encrypting: 'Anhalten und lesbar lassen', decrypting: 'Anhalten und verschlüsselt lassen' },
  madeByNobody:
    'Die Schlüssel hat niemand unterschrieben, dessen Schlüssel Sie geprüft haben. Vergleichen Sie erst die Schlüssel mit der Person, die teilt.',
  join: 'Beitreten',
  members: 'Wer mitliest',
  own: 'Sie',
  letIn: 'Jemanden hereinlassen',
  takeOut: '{{who}} herausnehmen',
  nobodyElse: 'Hereinlassen können Sie Menschen, deren Schlüssel Sie geprüft haben.',
  untitled: 'Ohne Titel',
  staysClear_one: '{{count, number}} Termin bleibt lesbar',
  staysClear_other: '{{count, number}} Termine bleiben lesbar',
  staysClearText:
    'Sie haben Gäste, die der Server einlädt. Verschwände der lesbare Termin, bekämen die Gäste eine Absage.',
  putRight: 'Richtigstellen',
  putRightText: 'Richtigstellen: Was hier ist, kommt wieder auf den Server.',
  states: {
    clear: 'nicht verschlüsselt',
    joinable: 'verschlüsselt, nicht beigetreten',
    encrypting: 'wird verschlüsselt',
    encrypted: 'verschlüsselt',
    decrypting: 'wird entschlüsselt',
  },
  /** What differs between them. */
  of: {
    calendar: {
      switchText:
        'Ihr Anbieter und andere Programme sehen dann weder was noch wann. Alle, die Sie hereinlassen, schon.',
      left_one: 'noch {{count, number}} Termin',
      left_other: 'noch {{count, number}} Termine',
      joinable: 'Dieser Kalender ist verschlüsselt',
      joinText:
        'Ein anderes Ihrer Geräte oder jemand, dessen Schlüssel Sie geprüft haben, hat ihn verschlüsselt. Treten Sie bei, dann erscheinen seine Termine hier.',
      refused_one: '{{count, number}} Termin auf dem Server wird nicht geglaubt und nicht gezeigt',
      refused_other: '{{count, number}} Termine auf dem Server werden nicht geglaubt und nicht gezeigt',
      putRightClear:
        'Richtigstellen: Was hier ist, kommt wieder auf den Server, und was nicht verschlüsselt ist, wird aufgenommen.',
      refusals: {
        malformed: 'Er lässt sich nicht lesen.',
        'unknown-secret': 'Er ist mit einem Geheimnis verschlüsselt, das nicht zu diesem Kalender gehört.',
        'old-secret':
          'Er ist mit einem Geheimnis verschlüsselt, das jemand noch kennt, der herausgenommen wurde.',
        changed: 'Er wurde auf dem Server verändert oder gehört woandershin.',
        'not-a-member': 'Niemand, der zum Kalender gehört, hat ihn unterschrieben.',
        'rolled-back': 'Der Server zeigt eine ältere Fassung als die, die schon hier war.',
        'brought-back': 'Er war gelöscht, und der Server hat ihn wiedergebracht.',
        elsewhere: 'Er liegt, wo ein anderer lag, oder ist zweimal da.',
        clear:
          'Er ist nicht verschlüsselt: Ein Programm, das es nicht kann, hat ihn dort abgelegt, oder der Server.',
      },
    },
    contacts: {
      switchText:
        'Ihr Anbieter und andere Programme sehen dann weder Namen noch Adressen. Alle, die Sie hereinlassen, schon.',
      left_one: 'noch {{count, number}} Kontakt',
      left_other: 'noch {{count, number}} Kontakte',
      joinable: 'Dieses Adressbuch ist verschlüsselt',
      joinText:
        'Ein anderes Ihrer Geräte oder jemand, dessen Schlüssel Sie geprüft haben, hat es verschlüsselt. Treten Sie bei, dann erscheinen seine Kontakte hier.',
      refused_one: '{{count, number}} Kontakt auf dem Server wird nicht geglaubt und nicht gezeigt',
      refused_other: '{{count, number}} Kontakte auf dem Server werden nicht geglaubt und nicht gezeigt',
      putRightClear:
        'Richtigstellen: Was hier ist, kommt wieder auf den Server, und was nicht verschlüsselt ist, wird aufgenommen.',
      refusals: {
        malformed: 'Er lässt sich nicht lesen.',
        'unknown-secret': 'Er ist mit einem Geheimnis verschlüsselt, das nicht zu diesem Adressbuch gehört.',
        'old-secret':
          'Er ist mit einem Geheimnis verschlüsselt, das jemand noch kennt, der herausgenommen wurde.',
        changed: 'Er wurde auf dem Server verändert oder gehört woandershin.',
        'not-a-member': 'Niemand, der zum Adressbuch gehört, hat ihn unterschrieben.',
        'rolled-back': 'Der Server zeigt eine ältere Fassung als die, die schon hier war.',
        'brought-back': 'Er war gelöscht, und der Server hat ihn wiedergebracht.',
        elsewhere: 'Er liegt, wo ein anderer lag, oder ist zweimal da.',
        clear:
          'Er ist nicht verschlüsselt: Ein Programm, das es nicht kann, hat ihn dort abgelegt, oder der Server.',
      },
    },
  },
}
