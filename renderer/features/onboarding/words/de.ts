import type { Words } from '../../../i18n/words'
import type { onboarding as english } from './en'

export const onboarding: Words<typeof english> = {
  title: 'Willkommen bei Siegel',
  text: 'Siegel ist ein E-Mail-Programm, das Ihre Nachrichten verschlüsselt auf Ihrem Rechner aufbewahrt.',
  text2:
    'Es empfängt und sendet E-Mails über Ihren Anbieter: kein Konto bei uns, keine Statistik, keine ungefragt geladenen Bilder. Namen von Servern und die Domains, an die Sie schreiben, werden im DNS nachgeschlagen; in den Einstellungen wählen Sie den DNS-Server und können das abschalten.',
  key: {
    question: 'Wo soll der Schlüssel zu Ihren Nachrichten liegen?',
    keychain: 'Im Schlüsselbund: {{backend}}',
    keychainText:
      'Öffnet ohne Nachfrage, solange Sie an diesem Rechner angemeldet sind. Wer Ihre Sitzung benutzen kann, kann Ihre Nachrichten lesen.',
    keychainNone: 'Im Schlüsselbund dieses Rechners',
    keychainNoneText:
      'Nicht verfügbar: Kein Schlüsselbunddienst antwortet. Sie können einen starten und den Schlüssel später in den Einstellungen dorthin verlegen.',
    keychainDetail: 'Einzelheiten',
    keychainLocked:
      '{{backend}} ist gesperrt. Wenn Sie fortfahren, fragt Ihr System nach dem Passwort dafür; ohne es kann der Schlüssel nicht dorthin.',
    passphrase: 'Mit einer Passphrase, die nur Sie kennen',
    passphraseText:
      'Sie wird bei jedem Start und nach dem Sperren abgefragt. Ohne sie kann niemand Ihre Nachrichten lesen, und niemand kann helfen, wenn Sie sie vergessen.',
    continue: 'Weiter',
    creating: 'Der verschlüsselte Speicher wird angelegt …',
  },
  restore: {
    offer: 'Sicherung wiederherstellen …',
    title: 'Sicherung wiederherstellen',
    text: 'Eine Datei, die Siegel unter „Sicherung“ gespeichert hat. Sie enthält Nachrichten, Entwürfe, Schlüssel und Einstellungen und lässt sich mit ihrer Passphrase öffnen.',
    choose: 'Datei wählen …',
    another: 'Andere Datei …',
    passphrase: 'Passphrase der Sicherung',
    stop: 'Abbrechen',
    copying: 'Kopieren und vergleichen …',
    wrong: 'Diese Passphrase öffnet die Sicherung nicht.',
    go: 'Wiederherstellen',
    restoring: 'Wird wiederhergestellt …',
  },
  passphrase: {
    label: 'Passphrase',
    again: 'Passphrase wiederholen',
    differs: 'Die Passphrasen stimmen nicht überein.',
    strength: {
      empty:
        'Mindestens {{atLeast}} Zeichen. Fünf zufällige Wörter sind besser als jede Mischung aus Sonderzeichen.',
      'too-short': 'Zu kurz: mindestens {{atLeast}} Zeichen.',
      weak: 'Schwach: Wer Ihre Festplatte hat und entschlossen ist, findet sie heraus. Machen Sie sie länger.',
      fair: 'Mittel: genug gegen Neugierige, nicht gegen einen Angreifer mit Geld. Ein weiteres Wort hilft.',
      strong: 'Stark, sofern niemand die Wörter erraten kann.',
    },
  },
  way: {
    title: 'Wie möchten Sie anfangen?',
    text: 'Weitere Konten lassen sich jederzeit hinzufügen.',
    account: 'Konto einrichten',
    'account-text': 'Jeder Anbieter mit IMAP: Adresse und Passwort eingeben, oder jede Einstellung von Hand.',
    'mailbox-org': 'mailbox.org',
    'mailbox-org-text': 'Die Server sind bekannt, und Siegel erklärt, welches Passwort wohin gehört.',
    sample: 'Mit einem Beispielpostfach ausprobieren',
    'sample-text': 'Erfundene Nachrichten zum Umsehen. Kein Konto, kein Netz.',
    leave: 'Jetzt nicht',
  },
}
