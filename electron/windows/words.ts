import { englishPageWords, germanPageWords, type PageWords } from './page-words'

/** The words of main's own windows and menus. The page has its own; these never pass through it. */
const english = {
  /** For dates. */
  locale: 'en-GB',
  file: '&File',
  newMessage: '&New Message',
  sync: '&Get Mail',
  lock: '&Lock Siegel',
  settings: '&Settings…',
  quit: '&Quit',
  edit: '&Edit',
  undo: '&Undo',
  redo: '&Redo',
  cut: 'Cu&t',
  copy: '&Copy',
  paste: '&Paste',
  pastePlain: 'Paste Without &Formatting',
  selectAll: 'Select &All',
  find: '&Search…',
  view: '&View',
  zoomIn: 'Zoom &In',
  zoomOut: 'Zoom &Out',
  zoomReset: '&Actual Size',
  fullScreen: '&Full Screen',
  developerTools: '&Developer Tools',
  help: '&Help',
  shortcuts: '&Keyboard Shortcuts',
  about: '&About Siegel',
  aboutText:
    'A desktop client for private mail on any IMAP account.\nFree software under the GNU GPL, version 3 or later.',
  cancel: 'Cancel',
  close: 'Close',
  openLink: 'Open in Browser',
  copyLink: 'Copy Address',
  copyLinkAddress: 'Copy &Link',
  copyMailAddress: 'Copy Mail &Address',
  lookUp: '&Look Up “{{text}}” in the Mail',
  linkTitle: 'Open this link?',
  linkHost: 'This link leads to',
  linkCredentials:
    'The address contains a user name or password. It may be meant to mislead about where it leads.',
  linkInsecure: 'The connection would not be encrypted (http).',
  linkRefusedTitle: 'This link is not opened',
  linkRefused: 'Siegel opens web and mail addresses only.',
  certificateTitle: 'Trust this certificate?',
  certificateIntro: 'The server could not prove that it is who it claims to be.',
  certificateReason: 'Reason',
  certificateSubject: 'Issued to',
  certificateIssuer: 'Issued by',
  certificateNames: 'Names',
  certificateValid: 'Valid',
  certificateFingerprint: 'SHA-256 fingerprint',
  certificateAdvice:
    'Trust it only if you have compared the fingerprint with one you got from the people who run the server. Otherwise somebody may be reading along.',
  certificateYes: 'Trust This One Certificate',
  certificateNo: 'Do Not Trust',
  'reason.expired': 'it has expired',
  'reason.not-yet-valid': 'it is not valid yet',
  'reason.self-signed': 'it is signed by itself',
  'reason.unknown-issuer': 'its issuer is not known',
  'reason.wrong-host': 'it was issued for another name',
  'reason.revoked': 'it was revoked',
  'reason.weak': 'its signature could be forged',
  'reason.weak-key': 'its key is too weak to protect anything',
  'reason.wrong-purpose': 'it was issued for something else than a server',
  'reason.other': 'it could not be verified',
  routeYes: 'Change the Way',
  routeAccountTitle: 'Let this account leave Tor?',
  routeDirect:
    'From now on the network you are in sees that you contact these servers, and they see the address you are at:',
  routeProxy:
    'From now on everything of this account goes to a proxy: whoever runs it sees which of these servers you contact, and the address you are at:',
  routeEverythingTitle: 'Stop sending everything through Tor?',
  routeEverything:
    'Look-ups and set-up go out directly again, and so do accounts without a Tor of their own. The network you are in sees which servers they contact:',
  routeTorPlacesTitle: 'Change the bridges or last relays of Tor?',
  routeTorPlaces:
    'The first relay sees where you are, the last one which servers are contacted. Without a bridge the network you are in sees that you use Tor:',
  routeTorTitle: 'Use this as Tor?',
  routeTor:
    'Everything that goes through Tor is handed to this program. One that only claims to be Tor sees all you contact:',
  levelTitle: 'Give up the better protection?',
  levelBefore: 'Seen before',
  levelNow: 'Now',
  levelText:
    'Mail to this domain was better protected on its way. That can be a change of its provider, or somebody who wants to read along. If you accept, Siegel no longer warns about it.',
  levelYes: 'Accept the Lower Protection',
  'level.dane': 'verified (DANE)',
  'level.enforced': 'enforced encryption (MTA-STS)',
  'level.unknown': 'unknown',
  'level.none': 'no safe way',
  dnsTitle: 'Ask somebody else for names?',
  dnsText:
    'Look-ups go there from now on. Whoever runs it sees which domains you write to and which mail servers you use, and, unless they go through Tor, the address you are at:',
  dnsSystem:
    'Look-ups go to the servers of the network you are in again. They see which domains you write to. What goes through Tor is not looked up then.',
  dnsYes: 'Ask There',
  attachTitle: 'Attach Files',
  saveTitle: 'Save',
  saveHere: 'Save Here',
  importTitle: 'Import Mail',
  keyFileTitle: 'Choose a Key File',
  thunderbirdTitle: 'Choose a Thunderbird Profile Folder',
  keySaveTitle: 'Save the Key',
  keyExportTitle: 'Write the secret key to a file?',
  keyExport:
    'Whoever has this file and its passphrase reads all mail that is encrypted to this key, and signs in your name. Keep it where only you come: on a stick in a drawer, not in a cloud.',
  keyExportYes: 'Write to a File',
  keyRemoveTitle: 'Remove this key for good?',
  keyRemove:
    'Mail that is encrypted to this key can never be read again, here or on the server, unless you have a backup of the key.',
  keyRemoveBackedUp: 'A backup was last written on',
  keyRemoveNoBackup: 'No backup of this key was ever written.',
  keyRemoveYes: 'Remove the Key',
  backupOpenTitle: 'Choose a Backup',
  backupFiles: 'Backups of Siegel',
  allFiles: 'All Files',
  startAnewTitle: 'Begin with an empty profile?',
  startAnewText:
    'What is here is moved into a folder "set-aside-…" beside it, unchanged, and nothing is deleted. Moved back, it is what it was. Mail that was only on this computer is in it alone; mail of your servers is fetched again.',
  startAnewYes: 'Set Aside and Begin Anew',
} as const

type WordKey = keyof typeof english
export type Words = Readonly<Record<WordKey, string>>

const german: Words = {
  locale: 'de',
  file: '&Datei',
  newMessage: '&Neue Nachricht',
  sync: 'Mail &abrufen',
  lock: 'Siegel &sperren',
  settings: '&Einstellungen…',
  quit: '&Beenden',
  edit: '&Bearbeiten',
  undo: '&Rückgängig',
  redo: '&Wiederholen',
  cut: '&Ausschneiden',
  copy: '&Kopieren',
  paste: '&Einfügen',
  pastePlain: 'Ohne &Formatierung einfügen',
  selectAll: 'Alles aus&wählen',
  find: '&Suchen…',
  view: '&Ansicht',
  zoomIn: '&Vergrößern',
  zoomOut: 'Ver&kleinern',
  zoomReset: '&Originalgröße',
  fullScreen: 'Voll&bild',
  developerTools: '&Entwicklerwerkzeuge',
  help: '&Hilfe',
  shortcuts: '&Tastenkürzel',
  about: '&Über Siegel',
  aboutText:
    'Ein Programm für private Mail mit jedem IMAP-Konto.\nFreie Software unter der GNU GPL, Version 3 oder neuer.',
  cancel: 'Abbrechen',
  close: 'Schließen',
  openLink: 'Im Browser öffnen',
  copyLink: 'Adresse kopieren',
  copyLinkAddress: '&Link kopieren',
  copyMailAddress: 'Mail&adresse kopieren',
  lookUp: '„{{text}}“ in der Mail &suchen',
  linkTitle: 'Diesen Link öffnen?',
  linkHost: 'Dieser Link führt zu',
  linkCredentials:
    'Die Adresse enthält einen Benutzernamen oder ein Passwort. Das kann über das wahre Ziel täuschen.',
  linkInsecure: 'Die Verbindung wäre nicht verschlüsselt (http).',
  linkRefusedTitle: 'Dieser Link wird nicht geöffnet',
  linkRefused: 'Siegel öffnet nur Web- und Mailadressen.',
  certificateTitle: 'Diesem Zertifikat vertrauen?',
  certificateIntro: 'Der Server konnte nicht beweisen, dass er der ist, der er zu sein vorgibt.',
  certificateReason: 'Grund',
  certificateSubject: 'Ausgestellt für',
  certificateIssuer: 'Ausgestellt von',
  certificateNames: 'Namen',
  certificateValid: 'Gültig',
  certificateFingerprint: 'SHA-256-Fingerabdruck',
  certificateAdvice:
    'Vertrauen Sie ihm nur, wenn Sie den Fingerabdruck mit einem verglichen haben, den Sie vom Betreiber des Servers bekommen haben. Sonst liest vielleicht jemand mit.',
  certificateYes: 'Diesem einen Zertifikat vertrauen',
  certificateNo: 'Nicht vertrauen',
  'reason.expired': 'es ist abgelaufen',
  'reason.not-yet-valid': 'es ist noch nicht gültig',
  'reason.self-signed': 'es hat sich selbst unterschrieben',
  'reason.unknown-issuer': 'sein Aussteller ist nicht bekannt',
  'reason.wrong-host': 'es wurde für einen anderen Namen ausgestellt',
  'reason.revoked': 'es wurde widerrufen',
  'reason.weak': 'seine Unterschrift könnte gefälscht sein',
  'reason.weak-key': 'sein Schlüssel ist zu schwach, um etwas zu schützen',
  'reason.wrong-purpose': 'es wurde für etwas anderes als einen Server ausgestellt',
  'reason.other': 'es ließ sich nicht prüfen',
  routeYes: 'Weg ändern',
  routeAccountTitle: 'Dieses Konto nicht mehr über Tor leiten?',
  routeDirect:
    'Ab jetzt sieht das Netz, in dem Sie sind, dass Sie diese Server ansprechen, und diese sehen die Adresse, unter der Sie erreichbar sind:',
  routeProxy:
    'Ab jetzt geht alles von diesem Konto an einen Proxy: Wer ihn betreibt, sieht, welche dieser Server Sie ansprechen, und Ihre Adresse:',
  routeEverythingTitle: 'Nicht mehr alles über Tor leiten?',
  routeEverything:
    'Nachfragen und Einrichtung gehen wieder direkt hinaus, ebenso Konten ohne eigenen Weg über Tor. Das Netz, in dem Sie sind, sieht, welche Server sie ansprechen:',
  routeTorPlacesTitle: 'Brücken oder letzte Stationen von Tor ändern?',
  routeTorPlaces:
    'Die erste Station sieht, wo Sie sind, die letzte, welche Server angesprochen werden. Ohne Brücke sieht das Netz, in dem Sie sind, dass Sie Tor benutzen:',
  routeTorTitle: 'Dies als Tor verwenden?',
  routeTor:
    'Alles, was über Tor geht, wird diesem Programm übergeben. Eines, das sich nur als Tor ausgibt, sieht alles, was Sie ansprechen:',
  levelTitle: 'Den besseren Schutz aufgeben?',
  levelBefore: 'Bisher gesehen',
  levelNow: 'Jetzt',
  levelText:
    'Post an diese Domain war unterwegs besser geschützt. Das kann eine Änderung ihres Anbieters sein, oder jemand, der mitlesen will. Wenn Sie zustimmen, warnt Siegel davor nicht mehr.',
  levelYes: 'Geringeren Schutz hinnehmen',
  'level.dane': 'geprüft (DANE)',
  'level.enforced': 'erzwungene Verschlüsselung (MTA-STS)',
  'level.unknown': 'unbekannt',
  'level.none': 'kein sicherer Weg',
  dnsTitle: 'Namen bei jemand anderem nachschlagen?',
  dnsText:
    'Ab jetzt gehen Nachfragen dorthin. Wer den Dienst betreibt, sieht, an welche Domains Sie schreiben und welche Mailserver Sie nutzen, und, wenn sie nicht über Tor gehen, Ihre Adresse:',
  dnsSystem:
    'Nachfragen gehen wieder an die Server des Netzes, in dem Sie sind. Diese sehen, an welche Domains Sie schreiben. Was über Tor geht, wird dann nicht nachgeschlagen.',
  dnsYes: 'Dort nachfragen',
  attachTitle: 'Dateien anhängen',
  saveTitle: 'Speichern',
  saveHere: 'Hier speichern',
  importTitle: 'Mail importieren',
  keyFileTitle: 'Schlüsseldatei wählen',
  thunderbirdTitle: 'Profilordner von Thunderbird wählen',
  keySaveTitle: 'Schlüssel speichern',
  keyExportTitle: 'Geheimen Schlüssel in eine Datei schreiben?',
  keyExport:
    'Wer diese Datei und ihre Passphrase hat, liest alle Mail, die für diesen Schlüssel verschlüsselt ist, und unterschreibt in Ihrem Namen. Bewahren Sie sie auf, wo nur Sie hinkommen: auf einem Stick in der Schublade, nicht in einer Cloud.',
  keyExportYes: 'In eine Datei schreiben',
  keyRemoveTitle: 'Diesen Schlüssel endgültig entfernen?',
  keyRemove:
    'Mail, die für diesen Schlüssel verschlüsselt ist, lässt sich dann nie mehr lesen, weder hier noch auf dem Server, es sei denn, Sie haben eine Sicherung des Schlüssels.',
  keyRemoveBackedUp: 'Eine Sicherung wurde zuletzt geschrieben am',
  keyRemoveNoBackup: 'Von diesem Schlüssel wurde nie eine Sicherung geschrieben.',
  keyRemoveYes: 'Schlüssel entfernen',
  backupOpenTitle: 'Sicherung wählen',
  backupFiles: 'Sicherungen von Siegel',
  allFiles: 'Alle Dateien',
  startAnewTitle: 'Mit einem leeren Profil beginnen?',
  startAnewText:
    'Was hier liegt, wird unverändert in einen Ordner „set-aside-…“ daneben gelegt; gelöscht wird nichts. Zurückgelegt ist es, was es war. Mail, die nur auf diesem Rechner lag, ist allein darin; Mail von Ihren Servern wird neu geholt.',
  startAnewYes: 'Beiseitelegen und neu beginnen',
}

/** Whether a choice of language means German; `systemLocale` as the system names it, e.g. `de-AT`. */
const isGerman = (language: 'system' | 'en' | 'de', systemLocale: string): boolean =>
  (language === 'system' ? systemLocale.slice(0, 2).toLowerCase() : language) === 'de'

/** The words for a choice of language. */
export const wordsFor = (language: 'system' | 'en' | 'de', systemLocale: string): Words =>
  isGerman(language, systemLocale) ? german : english

/** As `wordsFor`, those of the questions before the page may do something. */
export const pageWordsFor = (language: 'system' | 'en' | 'de', systemLocale: string): PageWords =>
  isGerman(language, systemLocale) ? germanPageWords : englishPageWords
