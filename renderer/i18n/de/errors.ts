import type { errors as english } from '../en/errors'
import type { Words } from '../words'

export const errors: Words<typeof english> = {
  'bad-request': {
    what: 'Das ließ sich nicht ausführen',
    why: 'Die Anfrage war nicht verständlich.',
    fix: 'Prüfen Sie Ihre Eingabe und versuchen Sie es erneut.',
  },
  'not-found': {
    what: 'Das gibt es nicht mehr',
    why: '{{what}} wurde inzwischen entfernt oder war nie hier.',
    fix: 'Es ist nichts zu tun.',
  },
  conflict: {
    what: 'Das passt nicht zum jetzigen Stand',
    why: '{{what}} wurde inzwischen geändert oder ist gerade in Arbeit.',
    fix: 'Sehen Sie nach, wie es jetzt ist, und machen Sie Ihre Änderung noch einmal.',
  },
  'already-there': {
    what: 'Das gibt es schon',
    why: '{{what}} ist schon da.',
    fix: 'Wählen Sie etwas anderes, oder nehmen Sie, was schon da ist.',
  },
  'too-large': {
    what: 'Das ist zu groß',
    why: 'Es überschreitet die Grenze, die Siegel zur Sicherheit setzt.',
    fix: 'Nehmen Sie eine kleinere Datei oder eine kleinere Auswahl.',
  },
  cancelled: {
    what: 'Abgebrochen',
    why: 'Sie oder das Programm haben es beendet.',
    fix: 'Beginnen Sie erneut, wenn Sie möchten.',
  },
  unsupported: {
    what: 'Das geht hier nicht',
    why: 'Dieses Konto oder dieses System bietet es nicht.',
    fix: 'Versuchen Sie es mit einem anderen Konto oder Ordner.',
  },
  internal: {
    what: 'In Siegel ist etwas schiefgegangen',
    why: 'Das ist ein Fehler in Siegel, nicht Ihrer.',
    fix: 'Versuchen Sie es erneut. Tritt es wieder auf, starten Sie Siegel neu und melden Sie es.',
  },
  'no-profile': {
    what: 'Es gibt noch kein Profil',
    why: 'Siegel ist auf diesem Rechner noch nicht eingerichtet.',
    fix: 'Legen Sie zuerst ein Profil an.',
  },
  'profile-exists': {
    what: 'Es gibt schon ein Profil',
    why: 'Am selben Ort kann nur eines angelegt werden.',
    fix: 'Entsperren Sie das vorhandene.',
  },
  'profile-in-use': {
    what: 'Das Profil ist anderswo geöffnet',
    why: 'Ein anderes Fenster oder ein Befehl von Siegel benutzt es.',
    fix: 'Schließen Sie das andere und versuchen Sie es erneut.',
  },
  locked: {
    what: 'Siegel ist gesperrt',
    why: 'Solange es gesperrt ist, lässt sich nichts lesen oder ändern.',
    fix: 'Entsperren Sie es und versuchen Sie es erneut.',
  },
  'wrong-passphrase': {
    what: 'Die Passphrase stimmt nicht',
    why: 'Sie öffnet dieses Profil nicht.',
    fix: 'Prüfen Sie Feststelltaste und Tastaturbelegung und geben Sie sie erneut ein.',
  },
  'weak-passphrase': {
    what: 'Die Passphrase ist zu schwach',
    why: 'Wer Ihre Festplatte hat, könnte sie erraten.',
    fix: 'Nehmen Sie fünf oder mehr zufällige Wörter oder mindestens 14 gemischte Zeichen.',
  },
  'keychain-unavailable': {
    what: 'Es wurde kein Schlüsselbund gefunden',
    why: 'Das System bietet keinen dauerhaften Ort für den Schlüssel.',
    fix: 'Starten Sie Ihren Schlüsselbunddienst oder verwenden Sie eine Passphrase.',
  },
  'keychain-locked': {
    what: 'Der Schlüsselbund ist gesperrt',
    why: 'Der Schlüssel liegt darin, aber das System hat ihn nicht geöffnet.',
    fix: 'Entsperren Sie den Schlüsselbund Ihres Systems und versuchen Sie es erneut.',
  },
  'key-missing': {
    what: 'Der Schlüssel fehlt',
    why: 'Im Schlüsselbund liegt der Schlüssel dieses Profils nicht mehr.',
    fix: 'Stellen Sie den Schlüsselbund oder eine Sicherung Ihrer E-Mails wieder her. Ohne den Schlüssel ist der Speicher nicht lesbar.',
  },
  'vault-damaged': {
    what: 'Die Schlüsseldatei ist beschädigt',
    why: 'Sie wurde verändert oder nur zum Teil geschrieben.',
    fix: 'Legen Sie eine Kopie von profile.json zurück, oder stellen Sie eine Sicherung wieder her.',
  },
  'store-newer': {
    what: 'Der Speicher stammt von einem neueren Siegel',
    why: 'Ein älteres Programm könnte ihn beschädigen.',
    fix: 'Aktualisieren Sie Siegel und öffnen Sie ihn dann.',
  },
  'store-damaged': {
    what: 'Der Speicher ist beschädigt',
    why: 'Die Prüfung der verschlüsselten Datei schlug fehl.',
    fix: 'Siegel hebt die beschädigte Datei auf und ruft die Nachrichten erneut vom Server ab.',
  },
  'store-wrong-key': {
    what: 'Der Schlüssel passt nicht zum Speicher',
    why: 'Schlüssel und Speicher stammen aus verschiedenen Profilen.',
    fix: 'Führen Sie die zueinander gehörenden Dateien wieder zusammen, notfalls aus einer Sicherung.',
  },
  'key-file-missing': {
    what: 'Die Schlüsseldatei fehlt',
    why: 'Neben dem Speicher müsste die Datei profile.json liegen; ohne sie gibt es keinen Schlüssel.',
    fix: 'Legen Sie profile.json wieder an ihren Platz, oder stellen Sie eine Sicherung wieder her.',
  },
  'store-missing': {
    what: 'Ihr E-Mail-Speicher fehlt',
    why: 'Die Datei store.db fehlt oder ist leer.',
    fix: 'Legen Sie die Datei wieder an ihren Platz, oder stellen Sie eine Sicherung wieder her. An ihrer Stelle wurde nichts angelegt.',
  },
  'store-unreadable': {
    what: 'Ihr E-Mail-Speicher ist nicht lesbar',
    why: 'Die Datei store.db ist von der ersten Seite an beschädigt oder gehört zu einem anderen Profil.',
    fix: 'Legen Sie die richtige Datei an ihren Platz, oder stellen Sie eine Sicherung wieder her. Die Datei wurde nicht verändert.',
  },
  'backup-foreign': {
    what: 'Das ist keine Sicherung',
    why: 'Die Datei stammt nicht von Siegel.',
    fix: 'Wählen Sie eine Datei, die Siegel unter „Sicherung“ gespeichert hat.',
  },
  'backup-cut': {
    what: 'Die Sicherung ist nicht vollständig',
    why: 'Ihr Ende fehlt; wahrscheinlich wurde sie beim Kopieren abgeschnitten.',
    fix: 'Kopieren Sie sie noch einmal von dort, wo sie gespeichert wurde.',
  },
  'backup-damaged': {
    what: 'Die Sicherung ist beschädigt',
    why: 'Ihr Inhalt hat sich seit dem Speichern verändert.',
    fix: 'Nehmen Sie eine andere Kopie oder eine ältere Sicherung.',
  },
  'backup-old-form': {
    what: 'Die Sicherung enthält keinen Schlüssel',
    why: 'Ein frühes Siegel schrieb nur den Speicher, oder das Ende der Datei fehlt.',
    fix: 'Mit der profile.json des Profils, aus dem sie stammt, öffnet sie sich noch: Legen Sie beide in einen neuen Ordner, diese Datei als store.db, und starten Sie Siegel mit --profile und diesem Ordner.',
  },
  'directory-not-empty': {
    what: 'Dieser Ordner ist nicht leer',
    why: 'Ein Profil braucht einen eigenen Ordner.',
    fix: 'Wählen Sie einen neuen oder leeren Ordner.',
  },
  'disk-full': {
    what: 'Die Festplatte ist voll',
    why: 'Zum Schreiben ist kein Platz mehr.',
    fix: 'Schaffen Sie Platz. Was Sie geschrieben haben, bleibt erhalten, solange das Fenster offen ist.',
  },
  'file-unreadable': {
    what: 'Die Datei lässt sich nicht lesen',
    why: 'Sie fehlt, oder Ihnen fehlt die Berechtigung.',
    fix: 'Prüfen Sie die Datei und wählen Sie sie erneut.',
  },
  'file-unwritable': {
    what: 'Die Datei lässt sich nicht schreiben',
    why: 'Der Ordner fehlt oder ist voll, oder Ihnen fehlt die Berechtigung zum Schreiben.',
    fix: 'Wählen Sie einen anderen Ordner.',
  },
  'file-exists': {
    what: 'Eine Datei mit diesem Namen gibt es schon',
    why: 'Siegel überschreibt von sich aus keine Datei.',
    fix: 'Wählen Sie einen anderen Namen oder Ordner.',
  },
  offline: {
    what: 'Keine Verbindung',
    why: 'Sie arbeiten offline, oder das Netz ist ausgefallen.',
    fix: 'Es geht automatisch weiter, sobald die Verbindung wieder steht.',
  },
  'name-unresolved': {
    what: 'Der Server wurde nicht gefunden',
    why: 'Zu seinem Namen ist keine Adresse bekannt.',
    fix: 'Prüfen Sie die Schreibweise des Servernamens und Ihre Verbindung.',
  },
  'connection-refused': {
    what: 'Der Server antwortet an diesem Port nicht',
    why: 'Er hat die Verbindung abgewiesen.',
    fix: 'Prüfen Sie Servername und Port in den Kontoeinstellungen.',
  },
  'connection-timeout': {
    what: 'Der Server antwortet nicht',
    why: 'Er hat nicht rechtzeitig geantwortet.',
    fix: 'Siegel versucht es automatisch erneut. Bleibt es dabei, prüfen Sie Verbindung und Firewall.',
  },
  'connection-lost': {
    what: 'Die Verbindung ist abgebrochen',
    why: 'Der Server oder das Netz hat sie beendet.',
    fix: 'Siegel verbindet sich automatisch neu.',
  },
  'not-permitted': {
    what: 'Diese Verbindung ist nicht erlaubt',
    why: 'Siegel verbindet sich nur mit den Servern Ihrer Konten.',
    fix: 'Prüfen Sie die Einstellungen des Kontos, wenn Sie sie erlauben möchten.',
  },
  'tls-failed': {
    what: 'Keine sichere Verbindung',
    why: 'Der Server bietet keine Verschlüsselung, die heute als sicher gilt.',
    fix: 'Fragen Sie Ihren Anbieter. Siegel verbindet sich nie unverschlüsselt.',
  },
  'starttls-missing': {
    what: 'Der Server bietet keine Verschlüsselung an',
    why: 'Er hat STARTTLS nicht angekündigt; womöglich hat es jemand unterwegs entfernt.',
    fix: 'Wählen Sie stattdessen TLS oder ein anderes Netz. Ihr Passwort wurde nicht gesendet.',
  },
  'expects-starttls': {
    what: 'Dieser Port verwendet STARTTLS',
    why: 'Der Server bietet dort STARTTLS an; versucht wurde aber TLS von Anfang an.',
    fix: 'Wählen Sie STARTTLS für diesen Port. Ihr Passwort wird in beiden Fällen nur verschlüsselt gesendet.',
  },
  'expects-tls': {
    what: 'Dieser Port verwendet TLS',
    why: 'Der Server erwartet dort TLS von Anfang an; versucht wurde aber STARTTLS.',
    fix: 'Wählen Sie TLS für diesen Port. Ihr Passwort wurde nicht gesendet.',
  },
  'starttls-injection': {
    what: 'Jemand hat in die Verbindung eingegriffen',
    why: 'Vor Beginn der Verschlüsselung wurden Daten eingeschleust.',
    fix: 'Wechseln Sie das Netz und informieren Sie Ihren Anbieter. Ihr Passwort wurde nicht gesendet.',
  },
  'certificate-refused': {
    what: 'Das Zertifikat ist nicht vertrauenswürdig',
    why: 'Es belegt nicht, dass dies der Server Ihres Anbieters ist.',
    fix: 'Sehen Sie sich das Zertifikat in den Kontoeinstellungen an. Nehmen Sie es nur an, wenn Sie den Fingerabdruck prüfen können.',
  },
  'certificate-changed': {
    what: 'Das Zertifikat hat sich geändert',
    why: 'Sie hatten für diesen Server einem anderen vertraut.',
    fix: 'Fragen Sie den Betreiber nach dem neuen Fingerabdruck, bevor Sie ihm vertrauen.',
  },
  'proxy-failed': {
    what: 'Der Proxy antwortet nicht',
    why: 'Dieses Konto verbindet sich nur über ihn.',
    fix: 'Starten Sie den Proxy. Siegel umgeht ihn nicht.',
  },
  'login-refused': {
    what: 'Der Server hat die Anmeldung abgelehnt',
    why: 'Benutzername oder Passwort stimmen nicht, oder der Anbieter verlangt ein App-Passwort.',
    fix: 'Geben Sie das Passwort erneut ein oder legen Sie beim Anbieter ein App-Passwort an.',
  },
  'login-not-now': {
    what: 'Der Server hat die Anmeldung vorerst abgelehnt',
    why: 'Dieses Passwort hat er zuvor akzeptiert. Vielleicht sind zu viele Verbindungen offen, oder das Passwort wurde dort geändert.',
    fix: 'Siegel versucht es automatisch erneut. Geben Sie das neue Passwort ein, falls Sie es geändert haben.',
  },
  'login-downgraded': {
    what: 'Dem Chat-Server wird nicht geglaubt',
    why: 'Was er zur Anmeldung anbietet, ist schwächer als früher, oder er konnte nicht zeigen, dass er das Passwort kennt.',
    fix: 'Jemand könnte zwischen Ihnen und dem Server stehen. Es wurde nichts gesendet. Fragen Sie Ihren Anbieter; wurde der Server neu eingerichtet, geben Sie das Passwort noch einmal ein.',
  },
  'stream-refused': {
    what: 'Der Chat-Server hat die Verbindung beendet',
    why: 'Er nimmt dieses Konto oder diese Adresse nicht an.',
    fix: 'Prüfen Sie Adresse und Server des Chats.',
  },
  'chat-elsewhere': {
    what: 'Der Chat ist doppelt angemeldet',
    why: 'Der Server hat diese Verbindung zweimal für eine andere desselben Kontos beendet.',
    fix: 'Vielleicht läuft dieses Profil als Kopie noch anderswo. Beenden Sie eines der beiden und prüfen Sie dann noch einmal.',
  },
  'login-unsupported': {
    what: 'Kein unterstütztes Anmeldeverfahren',
    why: 'Der Server bietet nur Verfahren an, die Siegel nicht unterstützt.',
    fix: 'Bitten Sie Ihren Anbieter, die Anmeldung mit Passwort über TLS zuzulassen.',
  },
  'server-refused': {
    what: 'Der Server hat die Anfrage abgelehnt',
    why: 'Er hat die Anfrage verstanden und zurückgewiesen.',
    fix: 'Die Antwort des Servers steht unten.',
  },
  'collection-read-only': {
    what: 'Der Server lässt hier nur lesen',
    why: 'In diesen Kalender oder dieses Adressbuch dürfen Sie dort nicht oder nicht mehr schreiben.',
    fix: 'Fragen Sie, wem es gehört, oder nehmen Sie ein anderes. Was Sie geschrieben haben, ist noch hier.',
  },
  'change-not-shown': {
    what: 'Der Server hat die Änderung angenommen und zeigt sie nicht',
    why: 'Sie liegt dort vielleicht unter einem anderen Namen.',
    fix: 'Sehen Sie auf dem Server nach, bevor Sie sie noch einmal senden.',
  },
  'uid-taken': {
    what: 'Der Server hat das schon an anderer Stelle',
    why: 'Ein Eintrag mit derselben Kennung liegt dort in einem anderen Kalender oder Adressbuch.',
    fix: 'Entfernen Sie einen der beiden, oder nehmen Sie die Fassung des Servers.',
  },
  'server-full': {
    what: 'Auf dem Server ist kein Platz mehr',
    why: 'Er speichert zurzeit keine weiteren Einträge.',
    fix: 'Schaffen Sie dort Platz. Siegel versucht es automatisch erneut.',
  },
  'server-unavailable': {
    what: 'Der Server ist überlastet oder außer Betrieb',
    why: 'Er bittet darum, es später erneut zu versuchen.',
    fix: 'Siegel versucht es automatisch erneut.',
  },
  'protocol-violation': {
    what: 'Der Server hat ungültig geantwortet',
    why: 'Die Antwort verletzt das Protokoll, darum wurde sie ignoriert.',
    fix: 'Siegel versucht es erneut. Bleibt es dabei, informieren Sie Ihren Anbieter.',
  },
  'capability-missing': {
    what: 'Der Server unterstützt das nicht',
    why: 'Eine nötige Funktion wird nicht angeboten.',
    fix: 'Fragen Sie Ihren Anbieter oder nehmen Sie einen anderen Server.',
  },
  'mailbox-missing': {
    what: 'Der Ordner ist verschwunden',
    why: 'Er wurde auf dem Server umbenannt oder gelöscht.',
    fix: 'Wählen Sie einen anderen Ordner.',
  },
  'message-withheld': {
    what: 'Einige Nachrichten lassen sich nicht abrufen',
    why: 'Der Server gibt sie nicht heraus; wahrscheinlich sind sie dort beschädigt.',
    fix: 'Alle anderen Nachrichten sind da. Siegel versucht es später erneut; Ihr Anbieter kann der Ursache nachgehen.',
  },
  'quota-exceeded': {
    what: 'Ihr Postfach ist voll',
    why: 'Der Server hat keinen Platz mehr für Sie.',
    fix: 'Löschen oder exportieren Sie alte Nachrichten, oder buchen Sie mehr Speicherplatz.',
  },
  'message-too-large': {
    what: 'Die Nachricht ist zu groß',
    why: 'Der Server nimmt Nachrichten dieser Größe nicht an.',
    fix: 'Entfernen Sie Anhänge oder teilen Sie sie auf anderem Weg.',
  },
  'preauth-refused': {
    what: 'Der Server hat die Anmeldung übersprungen',
    why: 'Er behauptet, Sie seien schon angemeldet, noch vor der Verschlüsselung. Das ist ein bekannter Angriff.',
    fix: 'Wechseln Sie das Netz und informieren Sie Ihren Anbieter. Ihr Passwort wurde nicht gesendet.',
  },
  'no-recipient': {
    what: 'Es fehlt ein Empfänger',
    why: 'An, Kopie und Blindkopie sind leer.',
    fix: 'Geben Sie mindestens eine Adresse ein.',
  },
  'bad-address': {
    what: 'Eine Adresse ist unvollständig',
    why: 'Sie hat nicht die Form name@example.org.',
    fix: 'Berichtigen Sie die markierte Adresse.',
  },
  'recipient-refused': {
    what: 'Ein Empfänger wurde abgelehnt',
    why: 'Der Server stellt an diese Adresse nicht zu.',
    fix: 'Prüfen Sie die Adresse und senden Sie erneut.',
  },
  'sender-refused': {
    what: 'Der Absender wurde abgelehnt',
    why: 'Der Server lässt Sie unter dieser Adresse nicht senden.',
    fix: 'Wählen Sie einen anderen Absender oder prüfen Sie das Konto.',
  },
  'require-tls-missing': {
    what: 'Ihr Anbieter kann geschützten Transport nicht zusagen',
    why: 'Die Nachricht darf nur über geschützten Transport gesendet werden, aber der Server unterstützt das nicht (REQUIRETLS).',
    fix: 'Es wurde nichts gesendet. Verschieben Sie die Nachricht zurück in die Entwürfe; Sie können sie ohne diese Anforderung senden oder anders verschlüsseln.',
  },
  'require-tls-refused': {
    what: 'Es gibt keinen geschützten Transport zum Empfänger',
    why: 'Die Nachricht darf nur über geschützten Transport gesendet werden, und der Server meldet, dass es ihn nicht gibt.',
    fix: 'Es wurde nichts gesendet. Verschieben Sie die Nachricht zurück in die Entwürfe; Sie können sie ohne diese Anforderung senden oder den Empfänger anders erreichen.',
  },
  'send-unknown': {
    what: 'Die Nachricht wurde möglicherweise nicht gesendet',
    why: 'Die Verbindung brach ab, nachdem sie übergeben war.',
    fix: 'Entscheiden Sie unter „Aktivität“. Automatisch wird nichts doppelt gesendet.',
  },
  'no-sent-mailbox': {
    what: 'Es gibt keinen Ordner „Gesendet“',
    why: 'Das Konto hat keinen, der sich verwenden lässt.',
    fix: 'Legen Sie einen Ordner für Gesendetes an.',
  },
  'message-malformed': {
    what: 'Die Nachricht ist beschädigt',
    why: 'Sie hat nicht den Aufbau einer E-Mail.',
    fix: 'Sehen Sie sich den Quelltext an oder bitten Sie um erneute Zusendung.',
  },
  'import-unreadable': {
    what: 'Nichts zu importieren',
    why: 'Das ist weder mbox noch Maildir noch eine .eml-Datei.',
    fix: 'Wählen Sie eine andere Datei oder einen anderen Ordner.',
  },
  'contacts-unreadable': {
    what: 'Keine Kontakte in dieser Datei',
    why: 'Sie ist weder eine vCard-Datei noch LDIF noch eine Tabelle mit bekannten Spalten.',
    fix: 'Exportieren Sie die Kontakte noch einmal als vCard (.vcf), oder geben Sie der Tabelle eine erste Zeile mit Namen der Spalten.',
  },
  'picture-unreadable': {
    what: 'Das ist kein Bild für einen Kontakt',
    why: 'Die Datei ist kein Bild in JPEG, PNG, GIF oder WebP, oder sie ist beschädigt.',
    fix: 'Wählen Sie ein anderes Bild.',
  },
  'book-read-only': {
    what: 'In diesem Adressbuch wurde nichts geändert',
    why: 'Es ist nur zum Lesen für Sie freigegeben oder entsteht aus Ihrer Post.',
    fix: 'Legen Sie den Kontakt in einem eigenen Adressbuch an und ändern Sie ihn dort.',
  },
  'body-not-here': {
    what: 'Der Text ist nicht auf diesem Rechner',
    why: 'Bisher wurden nur die Kopfzeilen geladen.',
    fix: 'Gehen Sie online und laden Sie die Nachricht.',
  },
  'nothing-to-undo': {
    what: 'Es gibt nichts rückgängig zu machen',
    why: 'Die letzte Änderung liegt zu lange zurück oder wurde schon rückgängig gemacht.',
    fix: 'Es ist nichts zu tun.',
  },
  'task-unreadable': {
    what: 'Eine ausstehende Änderung lässt sich nicht lesen',
    why: 'Ihre Daten sind beschädigt oder stammen von einer neueren Version von Siegel.',
    fix: 'Verwerfen Sie sie: Dann wird wieder der Stand des Servers gezeigt. Oder öffnen Sie das Profil mit der neueren Version.',
  },
  'account-is-local': {
    what: 'Dieses Konto hat keinen Server',
    why: 'Es liegt nur auf diesem Rechner.',
    fix: 'Nehmen Sie dafür ein anderes Konto.',
  },
  'last-service': {
    what: '{{name}} hat keinen anderen Dienst',
    why: 'Ein Konto behält mindestens einen.',
    fix: 'Entfernen Sie stattdessen das Konto.',
  },
  'changes-wait': {
    what: 'Änderungen von {{name}} sind noch nicht auf dem Server',
    why: 'Sie gingen verloren.',
    fix: 'Gehen Sie online und synchronisieren Sie zuerst.',
  },
  'removal-asked': {
    what: 'Auf dem Server fehlt mehr als ein Drittel eines Kalenders oder Adressbuchs',
    why: 'Hier wurde nichts entfernt. Ein versehentlich geleerter Server sieht genauso aus.',
    fix: 'Entscheiden Sie in der Aktivitätsansicht.',
  },
  'service-off': {
    what: '{{service}} ist für {{name}} ausgeschaltet',
    why: 'Es wird nichts abgerufen oder gesendet.',
    fix: 'Schalten Sie es in den Kontoeinstellungen ein.',
  },
  'calendar-unreadable': {
    what: 'Der Kalender ließ sich nicht lesen',
    why: 'Es ist keine iCalendar-Datei, oder sie ist beschädigt oder abgeschnitten.',
    fix: 'Exportieren Sie sie dort, wo sie herkommt, noch einmal. Hier wurde nichts geändert.',
  },
  'invitation-unusable': {
    what: 'Diese Einladung lässt sich nicht beantworten',
    why: 'Sie wurde abgesagt, fragt Sie nichts oder sagt nicht eindeutig, was sie will.',
    fix: 'Bitten Sie um eine neue Einladung. Es wurde nichts geändert.',
  },
  'subscription-address': {
    what: 'Das ist keine Adresse eines Kalenders',
    why: 'Sie muss mit https oder webcal beginnen und darf weder Benutzernamen noch Passwort enthalten. Über http könnte jeder auf dem Weg sie lesen und ändern.',
    fix: 'Kopieren Sie die Adresse noch einmal von dort, wo der Kalender angeboten wird. Es wurde niemand gefragt.',
  },
  'subscription-there-already': {
    what: 'Diesen Kalender haben Sie schon abonniert',
    why: 'Seine Adresse ist die eines Kalenders in Ihrer Liste.',
    fix: 'Nehmen Sie den, der da ist.',
  },
  'subscription-moved': {
    what: 'Die Adresse des Kalenders führt woandershin',
    why: 'Sie antwortet mit der Adresse eines anderen Servers, den Siegel nicht ohne Ihr Wort fragt.',
    fix: 'Stimmen Sie diesem Ort in den Einstellungen des Kalenders zu, oder fragen Sie nach der neuen Adresse.',
  },
  'subscription-gone': {
    what: 'Unter dieser Adresse gibt es keinen Kalender mehr',
    why: 'Der Server sagt, dass dort nichts ist.',
    fix: 'Fragen Sie nach der neuen Adresse. Was früher kam, wird weiter gezeigt.',
  },
  'subscription-login': {
    what: 'Der Server gibt diesen Kalender nicht jedem',
    why: 'Er will wissen, wer fragt, und Siegel sagt einer Adresse weder Namen noch Passwort.',
    fix: 'Fragen Sie nach der privaten Adresse des Kalenders. Ist es Ihrer, fügen Sie seinen Server als Konto hinzu.',
  },
  'subscription-page': {
    what: 'Dort ist eine Webseite und kein Kalender',
    why: 'Vielleicht fragt sie nach einer Anmeldung, oder es ist die Seite, auf der der Kalender gezeigt wird.',
    fix: 'Suchen Sie dort nach einer Adresse, die auf „ics“ endet, oder nach „iCal“ oder „abonnieren“.',
  },
  'calendar-read-only': {
    what: 'Der Kalender lässt sich nur lesen',
    why: 'Er gehört jemandem, der Ihnen das Ändern nicht erlaubt hat.',
    fix: 'Fragen Sie die Person, oder nehmen Sie einen anderen Kalender.',
  },
  'collection-encrypted': {
    what: '{{name}} ist verschlüsselt',
    why: 'Ein anderes Ihrer Geräte oder jemand, mit dem Sie teilen, hat es verschlüsselt.',
    fix: 'Öffnen Sie in seinem Menü „Verschlüsselung…“, sehen Sie nach, wer mitliest, und treten Sie bei.',
  },
  'collection-not-a-member': {
    what: 'Sie gehören nicht zu denen, die {{name}} lesen',
    why: 'Es ist für keinen Ihrer Schlüssel verschlüsselt: Sie wurden nicht hereingelassen oder herausgenommen, oder Ihr Schlüssel ist nicht auf diesem Gerät.',
    fix: 'Was hier war, bleibt. Fragen Sie jemanden, der mitliest, oder importieren Sie Ihren Schlüssel.',
  },
  'collection-keys-refused': {
    what: 'Den Schlüsseln dieses verschlüsselten Kalenders wird nicht geglaubt',
    why: 'Sie fehlen, sind älter als die hier bekannten, nicht lesbar oder von niemandem unterschrieben, der dazugehört.',
    fix: 'Es wurde nichts geändert. Fragen Sie die anderen Mitglieder. Liegt es am Server, verschlüsseln Sie den Kalender noch einmal: Dann werden Ihre zurückgelegt.',
  },
  'collection-not-kept': {
    what: 'Der Server bewahrt {{name}} nicht so auf, wie er es bekommen hat',
    why: 'Zurückgelesen wurde etwas anderes.',
    fix: 'Was dort war, ist noch dort. Dieser Server kann keinen verschlüsselten Kalender halten.',
  },
  'event-date-impossible': {
    what: 'Dieses Datum oder diese Uhrzeit gibt es nicht',
    why: 'Der Kalender kennt den Tag nicht, oder der Tag die Uhrzeit nicht.',
    fix: 'Berichtigen Sie das Datum oder die Uhrzeit.',
  },
  'event-zone-unknown': {
    what: 'Die Zeitzone ist unbekannt',
    why: 'Es gibt keine Zone dieses Namens.',
    fix: 'Wählen Sie eine Zone aus der Liste, etwa Europe/Berlin.',
  },
  'event-length-impossible': {
    what: 'Die Dauer ist nicht zu verstehen',
    why: 'Sie ist keine Zeitspanne, oder für ganze Tage zu kurz.',
    fix: 'Geben Sie eine Dauer wie 45 Minuten ein, oder ein Ende.',
  },
  'event-end-impossible': {
    what: 'Das Ende passt nicht zum Anfang',
    why: 'Es liegt vor dem Anfang, oder eines von beiden ist ein Tag und das andere eine Uhrzeit.',
    fix: 'Berichtigen Sie den Anfang oder das Ende.',
  },
  'event-rule-impossible': {
    what: 'Die Wiederholung ist nicht zu verstehen',
    why: 'Die Regel enthält einen Teil, den es nicht gibt, oder einen unmöglichen Wert.',
    fix: 'Wählen Sie, wie oft sich der Termin wiederholt.',
  },
  'event-instance-missing': {
    what: 'Dann findet der Termin nicht statt',
    why: 'Die Serie hat keinen solchen Termin, oder er wurde entfernt.',
    fix: 'Sehen Sie im Kalender nach, und wählen Sie einen, den es gibt.',
  },
  'event-instance-needed': {
    what: 'Welcher Termin der Serie?',
    why: 'Der Termin wiederholt sich, und es wurde keiner genannt.',
    fix: 'Wählen Sie einen Termin, oder ändern Sie die ganze Serie.',
  },
  'event-rule-of-one': {
    what: 'Ein einzelner Termin kann sich nicht anders wiederholen',
    why: 'Die Wiederholung gehört zur Serie.',
    fix: 'Ändern Sie diesen und die folgenden Termine, oder alle.',
  },
  'event-split-impossible': {
    what: 'Die Serie lässt sich dort nicht teilen',
    why: 'Was folgt, lässt sich nicht als eigene Regel sagen.',
    fix: 'Ändern Sie nur diesen Termin, oder die ganze Serie.',
  },
  'event-guests-stay': {
    what: 'Ein Termin mit Gästen bleibt in seinem Kalender',
    why: 'Auf einem Server würde er gelöscht und neu angelegt, und alle Gäste bekämen eine Absage und eine weitere Einladung.',
    fix: 'Lassen Sie ihn, wo er ist, oder kopieren Sie ihn ohne Gäste in den anderen Kalender.',
  },
  'server-tells-guests': {
    what: 'Die Gäste würden davon erfahren',
    why: 'Der Server dieses Kalenders teilt Gästen jede Änderung selbst mit; das lässt sich nicht aufhalten.',
    fix: 'Ändern Sie den Termin und lassen Sie es ihnen mitteilen, oder lassen Sie ihn, wie er ist.',
  },
  'event-there-already': {
    what: 'Der Termin ist schon in „{{name}}“',
    why: 'Ein Kalender enthält denselben Termin nur einmal.',
    fix: 'Löschen Sie einen der beiden.',
  },
  'changed-since': {
    what: 'Das lässt sich nicht mehr zurücknehmen',
    why: 'Es wurde inzwischen noch einmal etwas daran geändert.',
    fix: 'Ändern Sie es so, wie Sie es haben wollen.',
  },
  'no-key': {
    what: 'Der passende Schlüssel fehlt',
    why: 'Keiner der vorhandenen Schlüssel passt.',
    fix: 'Importieren Sie den Schlüssel unter „Schlüssel“ und versuchen Sie es erneut.',
  },
  'key-locked': {
    what: 'Der Schlüssel ist gesperrt',
    why: 'Er hat eine eigene Passphrase.',
    fix: 'Entsperren Sie den Schlüssel mit seiner Passphrase und versuchen Sie es erneut.',
  },
  'thunderbird-no-keys': {
    what: 'In diesem Ordner sind keine Schlüssel',
    why: 'Ein Thunderbird-Profil mit OpenPGP-Schlüsseln enthält die Dateien secring.gpg und pubring.gpg.',
    fix: 'Wählen Sie den Ordner des Profils selbst; sein Name endet oft auf „.default-release“.',
  },
  'thunderbird-no-passphrase': {
    what: 'Die geheimen Schlüssel dieses Profils lassen sich nicht öffnen',
    why: 'encrypted-openpgp-passphrase.txt oder key4.db fehlt; damit sind die Schlüssel verschlossen.',
    fix: 'Wählen Sie den vollständigen Profilordner, oder sichern Sie den Schlüssel in Thunderbird und importieren Sie diese Datei.',
  },
  'thunderbird-damaged': {
    what: 'Das Thunderbird-Profil lässt sich nicht lesen',
    why: 'Eine seiner Dateien ist beschädigt oder von einer Art, die hier nicht bekannt ist.',
    fix: 'Starten Sie Thunderbird einmal, schließen Sie es und versuchen Sie es noch einmal, oder sichern Sie den Schlüssel dort und importieren Sie diese Datei.',
  },
  'thunderbird-open': {
    what: 'Thunderbird schreibt noch',
    why: 'Ein Teil seiner Daten steht noch nicht in den Dateien des Profils.',
    fix: 'Schließen Sie Thunderbird und versuchen Sie es noch einmal.',
  },
  'primary-password-needed': {
    what: 'Thunderbird hat ein Hauptpasswort',
    why: 'Damit sind die Schlüssel dieses Profils verschlossen.',
    fix: 'Geben Sie es im Feld für die Passphrase ein und versuchen Sie dasselbe Profil noch einmal.',
  },
  'key-unusable': {
    what: 'Der Schlüssel lässt sich nicht verwenden',
    why: 'Er ist abgelaufen, wurde widerrufen, gilt noch nicht oder nutzt Verfahren, die nicht mehr sicher sind.',
    fix: 'Verlängern Sie den eigenen Schlüssel oder bitten Sie den Inhaber um einen aktuellen.',
  },
  'key-kind-unsupported': {
    what: 'Siegel unterstützt diese Art von Schlüssel nicht',
    why: 'Er ist nicht beschädigt, aber von einer unbekannten Art: {{kind}}.',
    fix: 'Nehmen Sie einen Schlüssel der Version 4 oder 6 mit RSA oder einer elliptischen Kurve oder bitten Sie den Inhaber darum.',
  },
  'key-exists': {
    what: 'Diesen Schlüssel haben Sie schon',
    why: 'Ein Schlüssel mit demselben Fingerabdruck wurde bereits hinzugefügt.',
    fix: 'Es ist nichts zu tun.',
  },
  'key-not-backed-up': {
    what: 'Von Ihrem Schlüssel gibt es noch keine Sicherung',
    why: 'Geht der Schlüssel verloren, kann niemand diese E-Mails mehr lesen, auch Sie nicht.',
    fix: 'Sichern Sie den Schlüssel und schalten Sie es dann ein.',
  },
  'decrypt-failed': {
    what: 'Die Nachricht ließ sich nicht entschlüsseln',
    why: 'Sie ist beschädigt oder nicht für den Schlüssel bestimmt, den sie nennt.',
    fix: 'Bitten Sie den Absender, sie noch einmal zu senden.',
  },
  'no-integrity': {
    what: 'Die Nachricht ist ohne Schutz vor Veränderung verschlüsselt',
    why: 'Nichts würde zeigen, ob sie jemand unterwegs verändert hat.',
    fix: 'Nichts davon wird angezeigt. Bitten Sie den Absender, sie mit einem aktuellen Programm erneut zu senden.',
  },
  'message-changed': {
    what: 'Die Nachricht wurde verändert',
    why: 'Sie wurde nach dem Verschlüsseln beschädigt oder verändert.',
    fix: 'Nichts davon wird angezeigt. Bitten Sie den Absender, sie noch einmal zu senden.',
  },
  'cipher-unsupported': {
    what: 'Die Nachricht lässt sich hier nicht entschlüsseln',
    why: 'Sie ist mit einem Verfahren verschlüsselt, das Siegel nicht kennt.',
    fix: 'Bitten Sie den Absender, AES zu verwenden, wie es jedes aktuelle Programm tut.',
  },
  'passphrase-only': {
    what: 'Die Nachricht ist mit einer Passphrase verschlüsselt',
    why: 'Sie lässt sich mit der öffnen, die Sie mit dem Absender vereinbart haben.',
    fix: 'Öffnen Sie die Nachricht und geben Sie die Passphrase ein.',
  },
  'message-passphrase-wrong': {
    what: 'Die Passphrase öffnet diese Nachricht nicht',
    why: 'Es ist eine andere, oder die Nachricht wurde unterwegs verändert.',
    fix: 'Prüfen Sie Feststelltaste und Tastaturbelegung, oder fragen Sie den Absender.',
  },
  'passphrase-too-costly': {
    what: 'Die Nachricht lässt sich hier nicht öffnen',
    why: 'Sie würde mehr Rechenzeit oder Arbeitsspeicher verlangen, als Siegel zulässt.',
    fix: 'Bitten Sie den Absender, sie mit üblichen Einstellungen oder für Ihren Schlüssel zu verschlüsseln.',
  },
  'self-check-failed': {
    what: 'Die verschlüsselte Nachricht hat ihre Prüfung nicht bestanden',
    why: 'Siegel prüft vor dem Senden, was es verschlüsselt hat. Dabei stimmte etwas nicht.',
    fix: 'Es wurde nichts gesendet. Versuchen Sie es erneut; bleibt es dabei, melden Sie es.',
  },
  'unprotected-address': {
    what: 'Die Antwort ginge an unbestätigte Adressen',
    why: 'Sie gehören nicht zur geschützten Nachricht. Jeder könnte sie hinzugefügt haben.',
    fix: 'Entscheiden Sie, ob diese Personen mitlesen dürfen, oder entfernen Sie sie.',
  },
  'too-many-people': {
    what: 'Eine Antwort an alle würde nicht alle erreichen',
    why: 'Die Nachricht hat mehr Empfänger, als Siegel lesen kann.',
    fix: 'Öffnen Sie den Quelltext, um alle zu sehen, und schreiben Sie denen, die Sie meinen.',
  },
  'draft-too-long': {
    what: 'Dieser Entwurf ist zu lang, um ihn hier zu bearbeiten',
    why: 'Siegel müsste ihn kürzen, und der Rest ginge auf dem Server verloren.',
    fix: 'Stellen Sie ihn in dem Programm fertig, das ihn geschrieben hat.',
  },
  'encryption-needs-decision': {
    what: 'Nicht alle können verschlüsselte Nachrichten empfangen',
    why: 'Für einen Empfänger fehlt ein Schlüssel, oder er hat sich geändert.',
    fix: 'Suchen Sie den Schlüssel oder entscheiden Sie sich, ohne Verschlüsselung zu senden.',
  },
}
