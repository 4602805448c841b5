import type { PageQuestion, PageReason } from '../../../shared/ipc/page-question'

type Kind = PageQuestion['kind']

/** What main says before the page may do something that a person would want to know of. */
export type PageWords = Readonly<{
  title: Readonly<Record<Kind, string>>
  /** What follows from a yes; empty where the reasons say it. */
  text: Readonly<Record<Kind, string>>
  yes: Readonly<Record<Kind, string>>
  reason: Readonly<Record<PageReason, string>>
}>

export const englishPageWords: PageWords = {
  title: {
    'set-up': 'Allow Siegel to contact these servers?',
    'look-ups': 'Allow this many look-ups?',
    'certificate-unpinned': 'Stop trusting this certificate?',
    subscription: 'Subscribe to the calendar at this address?',
    'account-removed': 'Remove this account from this computer?',
    'service-removed': 'Take calendars and contacts from this account?',
    'key-verified': 'Is this key really theirs?',
    'key-not-verified': 'Undo the verification of this key?',
    'key-other': 'Use another key for this address?',
    'key-dropped': 'Stop using this key?',
    'own-key-added': 'Import these secret keys as your own?',
    'own-key-changed': 'Change your own key?',
    'protection-lower': 'Protect the mail of this account less?',
    'lock-weaker': 'Change how Siegel protects you?',
    'inbox-encryption': 'Change the encrypted inbox?',
    'send-clear': 'Send this message unencrypted?',
    'remote-images': 'Always load images of this sender?',
    custody: 'Change where the key to your mail is kept?',
  },
  text: {
    'set-up': '',
    'look-ups': '',
    'certificate-unpinned':
      'From then on, this server is treated like any other: only certificates from a recognised certificate authority are accepted.',
    subscription:
      'The address is asked for again and again. Whoever answers there sees it, and where it is asked from.',
    'account-removed':
      'Its mail on this computer is deleted. What is still on its way to the server, and folders that exist only here, are lost.',
    'service-removed':
      'What came from the server is deleted on this computer; the server keeps its own. Changes that it has not are lost.',
    'key-verified':
      'Say yes only if you compared the fingerprint with the person: face to face, or by telephone. From then on no other key is taken for this address by itself.',
    'key-not-verified': 'From then on another key that turns up for this address counts like any other.',
    'key-other':
      'What you write to this address is then encrypted for another key. Say yes only if you know why it changed.',
    'key-dropped':
      'What you write to this address is then encrypted for another key, or not at all. A verified key is no longer known as such.',
    'own-key-added':
      'Whoever has these keys too reads what is encrypted for them and signs in your name. Say yes only for keys that you made.',
    'own-key-changed': 'Others see the change, and a revoked key cannot be brought back.',
    'protection-lower': '',
    'lock-weaker': '',
    'inbox-encryption': '',
    'send-clear':
      'It could be encrypted for all of these people. Unencrypted, every server on its way can read it:',
    'remote-images':
      'Whenever you open a message of this sender, it learns when you read it, and from which address unless the account goes through Tor.',
    custody: 'If you did not ask for this in Settings just now, say no.',
  },
  yes: {
    'set-up': 'Contact Them',
    'look-ups': 'Allow',
    'certificate-unpinned': 'Stop Trusting It',
    subscription: 'Subscribe',
    'account-removed': 'Remove Account',
    'service-removed': 'Take Away',
    'key-verified': 'I Compared It',
    'key-not-verified': 'Undo Verification',
    'key-other': 'Use the Other Key',
    'key-dropped': 'Stop Using It',
    'own-key-added': 'These Are My Keys',
    'own-key-changed': 'Change My Key',
    'protection-lower': 'Protect Less',
    'lock-weaker': 'Change It',
    'inbox-encryption': 'Change It',
    'send-clear': 'Send Unencrypted',
    'remote-images': 'Always Load',
    custody: 'Change It',
  },
  reason: {
    direct:
      'Your other accounts use Tor or a proxy. This connection is direct: your network sees it, and the servers see your IP address.',
    proxy: 'This account would connect through this proxy, which sees which servers are contacted.',
    port: 'One of these ports is not usually used by mail servers.',
    private: 'These servers are in your local network.',
    often:
      'There have been many in the last few minutes. Whoever is responsible for a name sees that it is looked up.',
    untested: 'These servers were not tested before.',
    authority: 'Certificates from this authority would be trusted in addition to those from public ones.',
    'other-servers': 'Your mail would be fetched from and sent through these servers from now on.',
    'encrypts-less': 'Mail is encrypted automatically less often.',
    'signs-less': 'Mail is no longer always signed.',
    'hides-less': 'Less of the header of encrypted mail is hidden.',
    'other-own-key': 'Another key is used as yours.',
    'asks-more': 'Other servers are asked for keys and see whose keys you look for.',
    'indexes-decrypted':
      'The text of decrypted mail goes into the search index, which is encrypted on the disk.',
    'locks-later': 'Siegel stays unlocked longer when idle.',
    'stays-open': 'Siegel stays unlocked when the computer sleeps or the screen is locked.',
    'looks-up-domains': 'The domains you write to are looked up, so the DNS servers see them.',
    'checks-less':
      'The transport protection of mail is no longer looked up; DANE no longer protects your servers.',
    'inbox-off': 'New mail stays readable on the server.',
    'inbox-other-keys': 'Mail is encrypted for these keys too. Whoever has them can read it:',
    'inbox-decrypts': 'Encrypted mail is put back on the server in readable form.',
  },
}

export const germanPageWords: PageWords = {
  title: {
    'set-up': 'Darf Siegel diese Server kontaktieren?',
    'look-ups': 'So viele Abfragen erlauben?',
    'certificate-unpinned': 'Diesem Zertifikat nicht mehr vertrauen?',
    subscription: 'Den Kalender an dieser Adresse abonnieren?',
    'account-removed': 'Dieses Konto von diesem Rechner entfernen?',
    'service-removed': 'Diesem Konto Kalender und Kontakte nehmen?',
    'key-verified': 'Gehört dieser Schlüssel wirklich dieser Person?',
    'key-not-verified': 'Prüfung dieses Schlüssels rückgängig machen?',
    'key-other': 'Für diese Adresse einen anderen Schlüssel verwenden?',
    'key-dropped': 'Diesen Schlüssel nicht mehr verwenden?',
    'own-key-added': 'Diese geheimen Schlüssel als eigene importieren?',
    'own-key-changed': 'Diesen eigenen Schlüssel ändern?',
    'protection-lower': 'Die E-Mails dieses Kontos weniger schützen?',
    'lock-weaker': 'Ändern, wie Siegel Sie schützt?',
    'inbox-encryption': 'Den verschlüsselten Posteingang ändern?',
    'send-clear': 'Diese Nachricht unverschlüsselt senden?',
    'remote-images': 'Bilder dieses Absenders immer laden?',
    custody: 'Ändern, wo der Schlüssel zu Ihren E-Mails liegt?',
  },
  text: {
    'set-up': '',
    'look-ups': '',
    'certificate-unpinned':
      'Danach wird dieser Server wie jeder andere behandelt: Nur Zertifikate anerkannter Zertifizierungsstellen werden akzeptiert.',
    subscription:
      'Die Adresse wird immer wieder abgerufen. Wer dort antwortet, sieht sie und woher gefragt wird.',
    'account-removed':
      'Seine E-Mails auf diesem Rechner werden gelöscht. Was noch nicht beim Server ist, und Ordner, die es nur hier gibt, gehen verloren.',
    'service-removed':
      'Was vom Server kam, wird auf diesem Rechner gelöscht; der Server behält das Seine. Änderungen, die er nicht hat, gehen verloren.',
    'key-verified':
      'Sagen Sie nur ja, wenn Sie den Fingerabdruck mit der Person verglichen haben: von Angesicht zu Angesicht oder am Telefon. Danach wird kein anderer Schlüssel von selbst für diese Adresse genommen.',
    'key-not-verified':
      'Danach zählt ein anderer Schlüssel, der für diese Adresse auftaucht, wie jeder andere.',
    'key-other':
      'Was Sie an diese Adresse schreiben, wird dann für einen anderen Schlüssel verschlüsselt. Sagen Sie nur ja, wenn Sie wissen, warum er sich geändert hat.',
    'key-dropped':
      'Was Sie an diese Adresse schreiben, wird dann für einen anderen Schlüssel oder gar nicht verschlüsselt. Ein geprüfter Schlüssel gilt nicht mehr als geprüft.',
    'own-key-added':
      'Wer diese Schlüssel auch hat, liest, was für sie verschlüsselt ist, und signiert in Ihrem Namen. Sagen Sie nur ja zu Schlüsseln, die Sie selbst gemacht haben.',
    'own-key-changed': 'Andere sehen die Änderung, und ein widerrufener Schlüssel kommt nicht zurück.',
    'protection-lower': '',
    'lock-weaker': '',
    'inbox-encryption': '',
    'send-clear':
      'Sie könnte für alle diese Menschen verschlüsselt werden. Unverschlüsselt kann sie jeder Server auf dem Weg lesen:',
    'remote-images':
      'Sooft Sie eine Nachricht dieses Absenders öffnen, erfährt er, wann Sie sie lesen, und von welcher Adresse aus, wenn das Konto nicht über Tor geht.',
    custody: 'Wenn Sie das nicht eben in den Einstellungen verlangt haben, sagen Sie nein.',
  },
  yes: {
    'set-up': 'Kontaktieren',
    'look-ups': 'Erlauben',
    'certificate-unpinned': 'Nicht mehr vertrauen',
    subscription: 'Abonnieren',
    'account-removed': 'Konto entfernen',
    'service-removed': 'Entfernen',
    'key-verified': 'Ich habe verglichen',
    'key-not-verified': 'Prüfung rückgängig machen',
    'key-other': 'Anderen Schlüssel verwenden',
    'key-dropped': 'Nicht mehr verwenden',
    'own-key-added': 'Das sind meine Schlüssel',
    'own-key-changed': 'Meinen Schlüssel ändern',
    'protection-lower': 'Weniger schützen',
    'lock-weaker': 'Ändern',
    'inbox-encryption': 'Ändern',
    'send-clear': 'Unverschlüsselt senden',
    'remote-images': 'Immer laden',
    custody: 'Ändern',
  },
  reason: {
    direct:
      'Ihre anderen Konten nutzen Tor oder einen Proxy. Diese Verbindung ist direkt: Ihr Netz sieht sie, und die Server sehen Ihre IP-Adresse.',
    proxy:
      'Dieses Konto würde sich über diesen Proxy verbinden, der sieht, welche Server kontaktiert werden.',
    port: 'Einer dieser Ports ist für E-Mail-Server nicht üblich.',
    private: 'Diese Server liegen in Ihrem lokalen Netz.',
    often:
      'In den letzten Minuten waren es schon viele. Wer für einen Namen zuständig ist, sieht, dass er abgefragt wird.',
    untested: 'Diese Server wurden vorher nicht getestet.',
    authority: 'Zertifikaten dieser Stelle würde zusätzlich zu denen der öffentlichen Stellen vertraut.',
    'other-servers': 'Ihre E-Mails würden von jetzt an bei diesen Servern geholt und über sie gesendet.',
    'encrypts-less': 'Nachrichten werden seltener automatisch verschlüsselt.',
    'signs-less': 'E-Mails werden nicht mehr immer signiert.',
    'hides-less': 'Vom Kopf verschlüsselter E-Mails wird weniger verborgen.',
    'other-own-key': 'Ein anderer Schlüssel wird als Ihrer benutzt.',
    'asks-more': 'Fremde Server werden nach Schlüsseln gefragt und sehen, wessen Schlüssel Sie suchen.',
    'indexes-decrypted':
      'Der Text entschlüsselter E-Mails kommt in den Suchindex; der liegt verschlüsselt auf der Platte.',
    'locks-later': 'Siegel bleibt bei Inaktivität länger entsperrt.',
    'stays-open':
      'Siegel bleibt entsperrt, wenn der Rechner in den Ruhezustand geht oder der Bildschirm gesperrt wird.',
    'looks-up-domains': 'Die Domains, an die Sie schreiben, werden abgefragt; die DNS-Server sehen sie.',
    'checks-less':
      'Der Transportschutz von Nachrichten wird nicht mehr abgefragt; DANE schützt Ihre Server nicht mehr.',
    'inbox-off': 'Neue E-Mails bleiben auf dem Server lesbar.',
    'inbox-other-keys':
      'E-Mails werden auch für diese Schlüssel verschlüsselt. Wer die Schlüssel hat, kann sie lesen:',
    'inbox-decrypts': 'Verschlüsselte E-Mails werden lesbar auf den Server zurückgelegt.',
  },
}
