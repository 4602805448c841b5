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
    what: 'Das verträgt sich nicht mit dem, was da ist',
    why: '{{what}} wurde zugleich an anderer Stelle geändert oder ist schon da.',
    fix: 'Sehen Sie nach, was jetzt da ist, und ändern Sie es erneut.',
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
    why: 'Das ist ein Fehler des Programms, nicht Ihrer.',
    fix: 'Versuchen Sie es erneut. Bleibt es dabei, starten Sie Siegel neu und melden Sie es.',
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
    fix: 'Holen Sie den Schlüsselbund zurück, oder stellen Sie eine Sicherung Ihrer Post wieder her. Ohne den Schlüssel ist der Speicher nicht lesbar.',
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
    fix: 'Siegel legt die Datei beiseite und holt die Post erneut vom Server. Heben Sie die alte Datei auf.',
  },
  'store-wrong-key': {
    what: 'Der Schlüssel passt nicht zum Speicher',
    why: 'Schlüssel und Speicher stammen aus verschiedenen Profilen.',
    fix: 'Führen Sie die zueinander gehörenden Dateien wieder zusammen, notfalls aus einer Sicherung.',
  },
  'key-file-missing': {
    what: 'Die Schlüsseldatei fehlt',
    why: 'Neben dem Speicher müsste profile.json liegen; ohne sie ist der Schlüssel nicht zu haben.',
    fix: 'Legen Sie profile.json wieder an ihren Platz, oder stellen Sie eine Sicherung wieder her.',
  },
  'store-missing': {
    what: 'Ihr Speicher fehlt',
    why: 'Es gab einen, und die Datei store.db ist fort oder leer.',
    fix: 'Legen Sie die Datei wieder an ihren Platz, oder stellen Sie eine Sicherung wieder her. An ihrer Stelle wurde nichts angelegt.',
  },
  'store-unreadable': {
    what: 'Ihr Speicher ist nicht lesbar',
    why: 'Die Datei store.db ist von der ersten Seite an beschädigt oder gehört zu einem anderen Profil.',
    fix: 'Legen Sie die richtige Datei an ihren Platz, oder stellen Sie eine Sicherung wieder her. Die Datei blieb, wie sie ist.',
  },
  'backup-foreign': {
    what: 'Das ist keine Sicherung',
    why: 'Die Datei stammt nicht von Siegel.',
    fix: 'Wählen Sie eine Datei, die Siegel unter „Sicherung“ geschrieben hat.',
  },
  'backup-cut': {
    what: 'Die Sicherung ist nicht vollständig',
    why: 'Ihr Ende fehlt; sie wurde beim Kopieren abgeschnitten.',
    fix: 'Kopieren Sie sie noch einmal von dort, wo sie entstand.',
  },
  'backup-damaged': {
    what: 'Die Sicherung ist beschädigt',
    why: 'Sie ist nicht mehr, was geschrieben wurde.',
    fix: 'Nehmen Sie eine andere Kopie oder eine ältere Sicherung.',
  },
  'backup-old-form': {
    what: 'In der Sicherung ist kein Schlüssel',
    why: 'Ein frühes Siegel schrieb nur den Speicher, oder das Ende der Datei fehlt.',
    fix: 'Mit der profile.json des Profils, aus dem sie stammt, öffnet sie sich noch: Legen Sie beide in einen neuen Ordner, diese Datei als store.db, und starten Sie Siegel mit --profile und diesem Ordner.',
  },
  'directory-not-empty': {
    what: 'In diesem Ordner liegen andere Dateien',
    why: 'Ein Profil liegt in einem eigenen Ordner.',
    fix: 'Wählen Sie einen neuen oder leeren Ordner.',
  },
  'disk-full': {
    what: 'Die Festplatte ist voll',
    why: 'Es ist kein Platz zum Schreiben.',
    fix: 'Schaffen Sie Platz. Was Sie geschrieben haben, bleibt erhalten, solange das Fenster offen ist.',
  },
  'file-unreadable': {
    what: 'Die Datei lässt sich nicht lesen',
    why: 'Sie fehlt, oder Ihnen fehlt die Berechtigung.',
    fix: 'Prüfen Sie die Datei und wählen Sie sie erneut.',
  },
  'file-unwritable': {
    what: 'Die Datei lässt sich nicht schreiben',
    why: 'Der Ordner fehlt, ist voll oder gehört Ihnen nicht.',
    fix: 'Wählen Sie einen anderen Ordner.',
  },
  'file-exists': {
    what: 'Eine Datei dieses Namens gibt es schon',
    why: 'Siegel überschreibt von sich aus keine Datei.',
    fix: 'Wählen Sie einen anderen Namen oder Ordner.',
  },
  offline: {
    what: 'Keine Verbindung',
    why: 'Sie arbeiten offline, oder das Netz ist ausgefallen.',
    fix: 'Es geht von selbst weiter, sobald die Verbindung wieder steht.',
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
    what: 'Der Server braucht zu lange',
    why: 'Er hat nicht rechtzeitig geantwortet.',
    fix: 'Siegel versucht es von selbst erneut. Bleibt es dabei, prüfen Sie Verbindung und Firewall.',
  },
  'connection-lost': {
    what: 'Die Verbindung brach ab',
    why: 'Der Server oder das Netz hat sie beendet.',
    fix: 'Siegel verbindet sich von selbst neu.',
  },
  'not-permitted': {
    what: 'Diese Verbindung ist nicht erlaubt',
    why: 'Ihre Netzregeln verbieten sie.',
    fix: 'Ändern Sie die Regeln des Kontos, wenn Sie sie erlauben möchten.',
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
    what: 'Dieser Port beginnt mit STARTTLS',
    why: 'Der Server grüßt dort unverschlüsselt und bietet STARTTLS an; versucht wurde TLS vom ersten Byte an.',
    fix: 'Wählen Sie STARTTLS für diesen Port. Ihr Passwort geht so oder so nur verschlüsselt hinaus.',
  },
  'expects-tls': {
    what: 'Dieser Port beginnt mit TLS',
    why: 'Der Server wartet dort auf TLS vom ersten Byte an; versucht wurde STARTTLS.',
    fix: 'Wählen Sie TLS für diesen Port. Ihr Passwort wurde nicht gesendet.',
  },
  'starttls-injection': {
    what: 'Jemand hat in die Verbindung eingegriffen',
    why: 'Vor Beginn der Verschlüsselung wurden Daten eingeschleust.',
    fix: 'Wechseln Sie das Netz und informieren Sie Ihren Anbieter. Ihr Passwort wurde nicht gesendet.',
  },
  'certificate-refused': {
    what: 'Dem Zertifikat ist nicht zu trauen',
    why: 'Es belegt nicht, dass dies der Server Ihres Anbieters ist.',
    fix: 'Sehen Sie sich das Zertifikat in den Kontoeinstellungen an. Nehmen Sie es nur an, wenn Sie den Fingerabdruck prüfen können.',
  },
  'certificate-changed': {
    what: 'Das Zertifikat hat sich geändert',
    why: 'Sie hatten für diesen Server ein anderes angenommen.',
    fix: 'Fragen Sie den Betreiber nach dem neuen Fingerabdruck, bevor Sie es annehmen.',
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
    why: 'Dieses Passwort hat er schon angenommen. Vielleicht sind zu viele Verbindungen offen, oder das Passwort wurde dort geändert.',
    fix: 'Siegel versucht es von selbst erneut. Geben Sie das neue Passwort ein, falls Sie es geändert haben.',
  },
  'login-unsupported': {
    what: 'Kein gemeinsames Anmeldeverfahren',
    why: 'Der Server bietet nur Verfahren, die Siegel nicht verwendet.',
    fix: 'Bitten Sie Ihren Anbieter, die Anmeldung mit Passwort über TLS zuzulassen.',
  },
  'server-refused': {
    what: 'Der Server hat abgelehnt',
    why: 'Er hat die Anfrage verstanden und zurückgewiesen.',
    fix: 'Lesen Sie unten, was der Server selbst dazu sagt.',
  },
  'server-unavailable': {
    what: 'Der Server ist überlastet oder außer Betrieb',
    why: 'Er bittet, später wiederzukommen.',
    fix: 'Siegel versucht es von selbst erneut.',
  },
  'protocol-violation': {
    what: 'Die Antwort des Servers ergibt keinen Sinn',
    why: 'Sie verletzt die Regeln des Protokolls, darum wurde nichts davon geglaubt.',
    fix: 'Siegel versucht es erneut. Bleibt es dabei, informieren Sie Ihren Anbieter.',
  },
  'capability-missing': {
    what: 'Der Server kann das nicht',
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
    fix: 'Alle anderen Nachrichten sind da. Siegel fragt später wieder; Ihr Anbieter kann nach diesen sehen.',
  },
  'quota-exceeded': {
    what: 'Ihr Postfach ist voll',
    why: 'Der Server hat keinen Platz mehr für Sie.',
    fix: 'Löschen oder exportieren Sie alte Post, oder bestellen Sie mehr Platz.',
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
    fix: 'Berichtigen Sie die gekennzeichnete Adresse.',
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
    why: 'Die Nachricht darf nur über geschützten Transport gehen, aber der Server bietet das nicht an (REQUIRETLS).',
    fix: 'Es wurde nichts gesendet. Holen Sie die Nachricht zurück; Sie können sie ohne diese Forderung senden oder anders verschlüsseln.',
  },
  'require-tls-refused': {
    what: 'Es gibt keinen geschützten Weg zum Empfänger',
    why: 'Die Nachricht darf nur über geschützten Transport gehen, und der Server sagt, dass es ihn nicht gibt.',
    fix: 'Es wurde nichts gesendet. Holen Sie die Nachricht zurück; Sie können sie ohne diese Forderung senden oder den Empfänger anders erreichen.',
  },
  'send-unknown': {
    what: 'Ungewiss, ob die Nachricht gesendet wurde',
    why: 'Die Verbindung brach ab, nachdem sie übergeben war.',
    fix: 'Entscheiden Sie unter Aktivität. Von selbst wird nichts doppelt gesendet.',
  },
  'no-sent-mailbox': {
    what: 'Es gibt keinen Ordner „Gesendet“',
    why: 'Das Konto hat keinen, der sich verwenden lässt.',
    fix: 'Legen Sie einen Ordner für Gesendetes an.',
  },
  'message-malformed': {
    what: 'Die Nachricht ist beschädigt',
    why: 'Sie ist nicht so gebaut, wie eine Nachricht sein muss.',
    fix: 'Sehen Sie sich den Quelltext an oder bitten Sie um erneute Zusendung.',
  },
  'import-unreadable': {
    what: 'Hier ist nichts zu importieren',
    why: 'Das ist weder mbox noch Maildir noch eine .eml-Datei.',
    fix: 'Wählen Sie eine andere Datei oder einen anderen Ordner.',
  },
  'body-not-here': {
    what: 'Der Text ist nicht auf diesem Rechner',
    why: 'Bisher wurden nur die Kopfzeilen geholt.',
    fix: 'Stellen Sie die Verbindung her und holen Sie die Nachricht.',
  },
  'nothing-to-undo': {
    what: 'Es gibt nichts rückgängig zu machen',
    why: 'Die letzte Änderung liegt zu lange zurück oder wurde schon zurückgenommen.',
    fix: 'Es ist nichts zu tun.',
  },
  'task-unreadable': {
    what: 'Eine wartende Änderung lässt sich nicht lesen',
    why: 'Was von ihr gespeichert ist, ist beschädigt, oder eine neuere Version von Siegel hat sie vorgemerkt.',
    fix: 'Verwerfen Sie sie: Dann wird wieder der Stand des Servers gezeigt. Oder öffnen Sie das Profil mit der neueren Version.',
  },
  'account-is-local': {
    what: 'Dieses Konto hat keinen Server',
    why: 'Es liegt nur auf diesem Rechner.',
    fix: 'Nehmen Sie dafür ein anderes Konto.',
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
    what: 'Mit Schlüsseln dieser Art kann Siegel nicht umgehen',
    why: 'Er ist nicht beschädigt, aber auf eine Weise gemacht, die hier nicht bekannt ist: {{kind}}.',
    fix: 'Nehmen Sie einen Schlüssel der Version 4 oder 6 mit RSA oder einer elliptischen Kurve oder bitten Sie den Inhaber darum.',
  },
  'key-exists': {
    what: 'Der Schlüssel ist schon da',
    why: 'Ein Schlüssel mit demselben Fingerabdruck wurde bereits hinzugefügt.',
    fix: 'Es ist nichts zu tun.',
  },
  'key-not-backed-up': {
    what: 'Von Ihrem Schlüssel gibt es noch keine Sicherung',
    why: 'Geht der Schlüssel verloren, kann niemand diese Mails mehr lesen, auch Sie nicht.',
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
    why: 'Sie ist nicht mehr so, wie sie verschlüsselt wurde: unterwegs beschädigt oder verfälscht.',
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
    why: 'Sie verlangt zum Prüfen einer Passphrase mehr Arbeit oder Speicher, als Siegel gibt.',
    fix: 'Bitten Sie den Absender, sie mit üblichen Einstellungen oder für Ihren Schlüssel zu verschlüsseln.',
  },
  'self-check-failed': {
    what: 'Die verschlüsselte Nachricht hat ihre Prüfung nicht bestanden',
    why: 'Vor dem Senden öffnet Siegel, was es verschlüsselt hat. Dabei stimmte etwas nicht.',
    fix: 'Es wurde nichts gesendet. Versuchen Sie es erneut; bleibt es dabei, melden Sie es.',
  },
  'unprotected-address': {
    what: 'Die Antwort ginge an Adressen, für die die Nachricht nicht bürgt',
    why: 'Sie stehen außerhalb des Schutzes der verschlüsselten Nachricht. Jeder könnte sie eingesetzt haben.',
    fix: 'Entscheiden Sie, ob diese Personen mitlesen dürfen, oder lassen Sie sie weg.',
  },
  'too-many-people': {
    what: 'Eine Antwort an alle würde nicht alle erreichen',
    why: 'Die Nachricht nennt mehr Personen, als Siegel aus einer Nachricht liest.',
    fix: 'Öffnen Sie den Quelltext, um alle zu sehen, und schreiben Sie denen, die Sie meinen.',
  },
  'draft-too-long': {
    what: 'Dieser Entwurf ist zu lang, um hier weiterzuschreiben',
    why: 'Siegel müsste ihn kürzen, und der Rest ginge auf dem Server verloren.',
    fix: 'Stellen Sie ihn in dem Programm fertig, das ihn geschrieben hat.',
  },
  'encryption-needs-decision': {
    what: 'Nicht alle sind verschlüsselt erreichbar',
    why: 'Für einen Empfänger fehlt ein Schlüssel, oder er hat sich geändert.',
    fix: 'Suchen Sie den Schlüssel oder entscheiden Sie sich, ohne Verschlüsselung zu senden.',
  },
}
