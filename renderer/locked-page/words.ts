/** The reader may have neither Siegel nor its language: the page speaks what the browser asks for. */
const english = {
  title: 'Encrypted message',
  why: 'This message was encrypted for you. It opens here, on your device, with the passphrase that the sender gave you on another way. Nothing is sent anywhere.',
  passphrase: 'Passphrase',
  open: 'Open',
  opening: 'Opening …',
  wrong: 'This is not the passphrase, or the file is damaged.',
  from: 'From',
  date: 'Date',
  files: 'Files',
  formatted: 'With formatting',
}
const german: typeof english = {
  title: 'Verschlüsselte Nachricht',
  why: 'Diese Nachricht wurde für Sie verschlüsselt. Sie öffnet sich hier, auf Ihrem Gerät, mit der Passphrase, die Sie auf anderem Weg bekommen haben. Nichts wird irgendwohin gesendet.',
  passphrase: 'Passphrase',
  open: 'Öffnen',
  opening: 'Wird geöffnet …',
  wrong: 'Das ist nicht die Passphrase, oder die Datei ist beschädigt.',
  from: 'Von',
  date: 'Datum',
  files: 'Dateien',
  formatted: 'Mit Formatierung',
}

export const words = navigator.language.toLowerCase().startsWith('de') ? german : english
