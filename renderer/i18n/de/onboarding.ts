import type { onboarding as english } from '../en/onboarding'
import type { Words } from '../words'

export const onboarding: Words<typeof english> = {
  title: 'Willkommen bei Siegel',
  text: 'Siegel ist ein Mailprogramm, das Ihre Nachrichten auf Ihrem Rechner hält, und zwar verschlüsselt.',
  text2:
    'Es holt und sendet Mail bei Ihrem Anbieter: kein Konto bei uns, keine Statistik, keine ungefragt geladenen Bilder. Namen von Servern und die Domains, an die Sie schreiben, werden im Namensdienst des Internets nachgeschlagen; in den Einstellungen steht, wer dabei gefragt wird, und dort lässt es sich abstellen.',
  key: {
    question: 'Wo soll der Schlüssel zu Ihren Nachrichten liegen?',
    keychain: 'Im Schlüsselbund: {{backend}}',
    keychainText:
      'Öffnet ohne Nachfrage, solange Sie an diesem Rechner angemeldet sind. Wer Ihre Sitzung benutzen kann, kann Ihre Nachrichten lesen.',
    keychainNone: 'Im Schlüsselbund dieses Rechners',
    keychainNoneText:
      'Nicht verfügbar: Kein Schlüsselbunddienst antwortet. Sie können einen starten und den Schlüssel später in den Einstellungen dorthin verlegen.',
    keychainDetail: 'Was das System gesagt hat',
    keychainLocked:
      '{{backend}} ist gesperrt. Wenn Sie fortfahren, fragt Ihr System nach dem Passwort dafür; ohne es kann der Schlüssel nicht dorthin.',
    passphrase: 'Unter einer Passphrase, die nur Sie kennen',
    passphraseText:
      'Wird bei jedem Start und nach dem Sperren verlangt. Ohne sie liest niemand Ihre Nachrichten, und wenn Sie sie vergessen, kann auch niemand helfen.',
    continue: 'Weiter',
    creating: 'Der verschlüsselte Speicher wird angelegt …',
  },
  restore: {
    offer: 'Sicherung wiederherstellen …',
    title: 'Sicherung wiederherstellen',
    text: 'Eine Datei, die Siegel unter „Sicherung“ geschrieben hat. Sie enthält Nachrichten, Entwürfe, Schlüssel und Einstellungen und öffnet sich mit ihrer Passphrase.',
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
    again: 'Noch einmal',
    differs: 'Die beiden stimmen nicht überein.',
    strength: {
      empty: 'Mindestens {{atLeast}} Zeichen. Fünf zufällige Wörter sind besser als jedes Zeichenrätsel.',
      'too-short': 'Zu kurz: mindestens {{atLeast}} Zeichen.',
      weak: 'Schwach: Wer Ihre Festplatte hat und es ernst meint, findet sie. Machen Sie sie länger.',
      fair: 'Mittel: genug gegen Neugierige, nicht gegen jemanden mit Geld. Ein weiteres Wort hilft.',
      strong: 'Stark, sofern niemand die Wörter erraten konnte.',
    },
  },
  way: {
    title: 'Wie möchten Sie anfangen?',
    text: 'Weitere Konten lassen sich jederzeit hinzufügen.',
    account: 'Konto einrichten',
    'account-text': 'Jeder Anbieter mit IMAP: Adresse, Passwort, fertig. Oder jedes Feld von Hand.',
    'mailbox-org': 'mailbox.org',
    'mailbox-org-text': 'Die Server sind bekannt, und Sie erfahren, welches Passwort wohin gehört.',
    sample: 'Mit einem Beispielpostfach ausprobieren',
    'sample-text': 'Erfundene Nachrichten zum Umsehen. Kein Konto, kein Netz.',
    leave: 'Jetzt nicht',
  },
}
