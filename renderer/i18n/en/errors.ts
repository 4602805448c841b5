import { wordsForErrors } from '../words'

/** For every failure: what failed, why, and what to do. */
export const errors = wordsForErrors({
  'bad-request': {
    what: 'That could not be done',
    why: 'The request was not understood.',
    fix: 'Check what you entered and try again.',
  },
  'not-found': {
    what: 'It is no longer there',
    why: '{{what}} was removed in the meantime, or never was here.',
    fix: 'Nothing needs to be done.',
  },
  conflict: {
    what: 'That no longer fits',
    why: '{{what}} was changed in the meantime, or is being worked on right now.',
    fix: 'Look at how it is now and make your change again.',
  },
  'already-there': {
    what: 'That exists already',
    why: '{{what}} is there already.',
    fix: 'Choose another one, or use the one that is there.',
  },
  'too-large': {
    what: 'That is too large',
    why: 'It is over the limit Siegel sets for safety.',
    fix: 'Use a smaller file or a smaller selection.',
  },
  cancelled: {
    what: 'Cancelled',
    why: 'You or the program cancelled it.',
    fix: 'Start again if you want to.',
  },
  unsupported: {
    what: 'That is not possible here',
    why: 'This account or this system does not offer it.',
    fix: 'Try it with another account or folder.',
  },
  internal: {
    what: 'Something went wrong inside Siegel',
    why: 'This is a bug in Siegel, not your mistake.',
    fix: 'Try again. If it happens again, restart Siegel and report it.',
  },
  'no-profile': {
    what: 'There is no profile yet',
    why: 'Siegel has not been set up on this computer.',
    fix: 'Create a profile first.',
  },
  'profile-exists': {
    what: 'There is a profile already',
    why: 'A profile can be created only once in the same place.',
    fix: 'Unlock the existing one.',
  },
  'profile-in-use': {
    what: 'The profile is open elsewhere',
    why: 'Another Siegel window or command is using it.',
    fix: 'Close the other one, then try again.',
  },
  locked: {
    what: 'Siegel is locked',
    why: 'While it is locked nothing can be read or changed.',
    fix: 'Unlock it and try again.',
  },
  'wrong-passphrase': {
    what: 'The passphrase is wrong',
    why: 'It does not open this profile.',
    fix: 'Check Caps Lock and the keyboard layout, then type it again.',
  },
  'weak-passphrase': {
    what: 'The passphrase is too weak',
    why: 'It could be guessed by someone who has your disk.',
    fix: 'Use five or more random words, or at least 14 mixed characters.',
  },
  'keychain-unavailable': {
    what: 'No keychain was found',
    why: 'The system offers no permanent place for the key.',
    fix: 'Start your keyring service, or use a passphrase instead.',
  },
  'keychain-locked': {
    what: 'The keychain is locked',
    why: 'The key is in it, but the system has not opened it.',
    fix: 'Unlock the keychain of your system and try again.',
  },
  'key-missing': {
    what: 'The key is missing',
    why: 'The keychain no longer holds the key of this profile.',
    fix: 'Restore the keychain, or restore a backup of your mail. Without the key the store cannot be read.',
  },
  'vault-damaged': {
    what: 'The key file is damaged',
    why: 'It was changed or only partly written.',
    fix: 'Put back a copy of profile.json, or restore a backup.',
  },
  'store-newer': {
    what: 'The store is from a newer Siegel',
    why: 'An older program could damage it.',
    fix: 'Update Siegel, then open it again.',
  },
  'store-damaged': {
    what: 'The store is damaged',
    why: 'The check of the encrypted file failed.',
    fix: 'Siegel keeps the damaged file and fetches mail from the server again.',
  },
  'store-wrong-key': {
    what: 'The key does not fit the store',
    why: 'Key and store come from different profiles.',
    fix: 'Put the matching files together again, from a backup if need be.',
  },
  'key-file-missing': {
    what: 'The key file is missing',
    why: 'The file profile.json should be next to the mail store; without it there is no key.',
    fix: 'Put profile.json back where it was, or restore a backup.',
  },
  'store-missing': {
    what: 'Your mail store is missing',
    why: 'The file store.db is missing or empty.',
    fix: 'Put the file back, or restore a backup. Nothing was created in its place.',
  },
  'store-unreadable': {
    what: 'Your mail store cannot be read',
    why: 'The file store.db is damaged from its first page on, or belongs to another profile.',
    fix: 'Put the right file back, or restore a backup. The file was not changed.',
  },
  'backup-foreign': {
    what: 'This is not a backup',
    why: 'The file was not written by Siegel.',
    fix: 'Choose a file that Siegel saved under “Backup”.',
  },
  'backup-cut': {
    what: 'The backup is incomplete',
    why: 'Its end is missing; it was probably cut off when it was copied.',
    fix: 'Copy it again from where it was saved.',
  },
  'backup-damaged': {
    what: 'The backup is damaged',
    why: 'Its contents have changed since it was saved.',
    fix: 'Use another copy of it, or an older backup.',
  },
  'backup-old-form': {
    what: 'The backup contains no key',
    why: 'An early Siegel wrote the store alone, or the end of the file is missing.',
    fix: 'It still opens with the profile.json of the profile it was made from: put both into a new folder, this file as store.db, and start Siegel with --profile and that folder.',
  },
  'directory-not-empty': {
    what: 'This folder is not empty',
    why: 'A profile needs a folder of its own.',
    fix: 'Choose a new or empty folder.',
  },
  'disk-full': {
    what: 'The disk is full',
    why: 'There is no space left to write.',
    fix: 'Free some space. What you wrote is kept as long as the window is open.',
  },
  'file-unreadable': {
    what: 'The file cannot be read',
    why: 'It is missing, or you have no permission.',
    fix: 'Check the file and choose it again.',
  },
  'file-unwritable': {
    what: 'The file cannot be written',
    why: 'The folder is missing or full, or you have no permission to write to it.',
    fix: 'Choose another folder.',
  },
  'file-exists': {
    what: 'A file with that name already exists',
    why: 'Siegel never overwrites a file on its own.',
    fix: 'Choose another name or folder.',
  },
  offline: {
    what: 'No connection',
    why: 'You are working offline, or the network is down.',
    fix: 'It continues automatically when the connection is back.',
  },
  'name-unresolved': {
    what: 'The server was not found',
    why: 'No address is known for its name.',
    fix: 'Check the spelling of the server name and your connection.',
  },
  'connection-refused': {
    what: 'The server does not answer on this port',
    why: 'It refused the connection.',
    fix: 'Check server name and port in the account settings.',
  },
  'connection-timeout': {
    what: 'The server is not responding',
    why: 'It did not answer in time.',
    fix: 'Siegel tries again automatically. If it happens again, check the connection and your firewall.',
  },
  'connection-lost': {
    what: 'The connection was lost',
    why: 'The server or the network ended it.',
    fix: 'Siegel reconnects automatically.',
  },
  'not-permitted': {
    what: 'This connection is not allowed',
    why: 'Siegel connects only to the servers of your accounts.',
    fix: 'Check the settings of the account if you want to allow it.',
  },
  'tls-failed': {
    what: 'No secure connection',
    why: 'The server does not offer encryption that is safe today.',
    fix: 'Ask your provider. Siegel never connects without encryption.',
  },
  'starttls-missing': {
    what: 'The server does not offer encryption',
    why: 'It did not announce STARTTLS; someone may have removed it on the way.',
    fix: 'Choose TLS instead, or try another network. Your password was not sent.',
  },
  'expects-starttls': {
    what: 'This port uses STARTTLS',
    why: 'The server offers STARTTLS there, but TLS from the start was tried.',
    fix: 'Choose STARTTLS for this port. Your password is only sent encrypted either way.',
  },
  'expects-tls': {
    what: 'This port uses TLS',
    why: 'The server expects TLS from the start there, but STARTTLS was tried.',
    fix: 'Choose TLS for this port. Your password was not sent.',
  },
  'starttls-injection': {
    what: 'Someone tampered with the connection',
    why: 'Data was slipped in before encryption began.',
    fix: 'Use another network and tell your provider. Your password was not sent.',
  },
  'certificate-refused': {
    what: 'The certificate is not trusted',
    why: 'It does not prove that this is your provider’s server.',
    fix: 'Look at the certificate in the account settings. Accept it only if you can check the fingerprint.',
  },
  'certificate-changed': {
    what: 'The certificate has changed',
    why: 'You trusted a different one for this server.',
    fix: 'Ask the operator for the new fingerprint before you trust it.',
  },
  'proxy-failed': {
    what: 'The proxy is not responding',
    why: 'This account connects only through it.',
    fix: 'Start the proxy. Siegel does not bypass it.',
  },
  'login-refused': {
    what: 'Sign-in was refused by the server',
    why: 'User name or password are wrong, or the provider asks for an app password.',
    fix: 'Enter the password again, or create an app password at your provider.',
  },
  'login-not-now': {
    what: 'Sign-in was refused by the server for now',
    why: 'It accepted this password before. There may be too many open connections, or the password was changed there.',
    fix: 'Siegel tries again automatically. Enter the new password if you have changed it.',
  },
  'login-downgraded': {
    what: 'The chat server is not believed',
    why: 'What it offers for signing in is weaker than before, or it could not prove that it knows the password.',
    fix: 'Somebody may be between you and the server. Nothing was sent. Ask your provider; if it was set up anew, enter the password again.',
  },
  'stream-refused': {
    what: 'The chat server ended the connection',
    why: 'It does not take this account or this address.',
    fix: 'Check the address and the server of the chat.',
  },
  'chat-elsewhere': {
    what: 'The chat is signed in twice',
    why: 'The server ended this connection twice for another one of the same account.',
    fix: 'This profile may be running as a copy somewhere else. End one of the two, then check again.',
  },
  'login-unsupported': {
    what: 'No supported sign-in method',
    why: 'The server only offers methods that Siegel does not support.',
    fix: 'Ask your provider to allow a password over TLS.',
  },
  'server-refused': {
    what: 'The server refused the request',
    why: 'It understood the request and rejected it.',
    fix: 'See the server’s response below.',
  },
  'collection-read-only': {
    what: 'The server only lets this be read',
    why: 'You may not write into this calendar or address book there, or no longer.',
    fix: 'Ask its owner, or use another one. What you wrote is still here.',
  },
  'change-not-shown': {
    what: 'The server took the change and does not show it',
    why: 'It may lie there under another name.',
    fix: 'Look at it on the server before you send it again.',
  },
  'uid-taken': {
    what: 'The server has this already in another place',
    why: 'An entry with the same identifier lies in another calendar or address book there.',
    fix: 'Remove one of the two, or keep the version of the server.',
  },
  'server-full': {
    what: 'The server has no room left',
    why: 'It stores no more entries at the moment.',
    fix: 'Make room there. Siegel tries again automatically.',
  },
  'server-unavailable': {
    what: 'The server is busy or down',
    why: 'It asks Siegel to come back later.',
    fix: 'Siegel tries again automatically.',
  },
  'protocol-violation': {
    what: 'The server sent an invalid response',
    why: 'It violates the protocol, so it was ignored.',
    fix: 'Siegel tries again. If it happens again, contact your provider.',
  },
  'capability-missing': {
    what: 'The server does not support this',
    why: 'A function that is needed is not offered.',
    fix: 'Ask your provider, or use another server.',
  },
  'mailbox-missing': {
    what: 'The folder is gone',
    why: 'It was renamed or deleted on the server.',
    fix: 'Choose another folder.',
  },
  'message-withheld': {
    what: 'Some messages cannot be fetched',
    why: 'The server refuses to give them; they are probably damaged there.',
    fix: 'All other messages are here. Siegel tries these again later; your provider can look into it.',
  },
  'quota-exceeded': {
    what: 'Your mailbox is full',
    why: 'The server has no room left for you.',
    fix: 'Delete or export old mail, or ask for more space.',
  },
  'message-too-large': {
    what: 'The message is too large',
    why: 'The server does not accept messages of this size.',
    fix: 'Remove attachments, or share them another way.',
  },
  'preauth-refused': {
    what: 'The server skipped the sign-in',
    why: 'It claims you are already signed in, before encryption. That is a known attack.',
    fix: 'Use another network and tell your provider. Your password was not sent.',
  },
  'no-recipient': {
    what: 'There is no recipient',
    why: 'To, Cc and Bcc are empty.',
    fix: 'Add at least one address.',
  },
  'bad-address': {
    what: 'An address is incomplete',
    why: 'It does not have the form name@example.org.',
    fix: 'Correct the marked address.',
  },
  'recipient-refused': {
    what: 'A recipient was refused',
    why: 'The server does not deliver to that address.',
    fix: 'Check the address and send again.',
  },
  'sender-refused': {
    what: 'The sender was refused',
    why: 'The server does not let you send from this address.',
    fix: 'Choose another sender, or check the account.',
  },
  'require-tls-missing': {
    what: 'Your provider cannot promise protected transport',
    why: 'The message may only be sent over protected transport, but the server does not support that (REQUIRETLS).',
    fix: 'Nothing was sent. Move the message back to drafts; you can send it without this requirement, or encrypt it another way.',
  },
  'require-tls-refused': {
    what: 'There is no protected transport to the recipient',
    why: 'The message may only be sent over protected transport, and the server says that it is not available.',
    fix: 'Nothing was sent. Move the message back to drafts; you can send it without this requirement, or contact the recipient another way.',
  },
  'send-unknown': {
    what: 'The message was possibly not sent',
    why: 'The connection was lost after it was handed over.',
    fix: 'Decide under Activity. Nothing is sent twice automatically.',
  },
  'no-sent-mailbox': {
    what: 'There is no Sent folder',
    why: 'The account has none that can be used.',
    fix: 'Create a folder for sent mail.',
  },
  'message-malformed': {
    what: 'The message is damaged',
    why: 'It does not have the structure of a mail message.',
    fix: 'Look at its source, or ask the sender to send it again.',
  },
  'import-unreadable': {
    what: 'Nothing to import',
    why: 'This is not an mbox, a Maildir or an .eml file.',
    fix: 'Choose another file or folder.',
  },
  'contacts-unreadable': {
    what: 'No contacts in this file',
    why: 'It is neither a vCard file nor LDIF nor a table whose columns are known.',
    fix: 'Export the contacts again as vCard (.vcf), or give the table a first line with names of columns.',
  },
  'picture-unreadable': {
    what: 'This is no picture that a contact can have',
    why: 'The file is not a JPEG, PNG, GIF or WebP picture, or it is damaged.',
    fix: 'Choose another picture.',
  },
  'book-read-only': {
    what: 'Nothing was changed in this address book',
    why: 'It is shared with you for reading only, or is made of your mail.',
    fix: 'Copy the contact into an address book of your own and change it there.',
  },
  'body-not-here': {
    what: 'The text is not on this computer',
    why: 'Only the header has been downloaded.',
    fix: 'Go online, then download the message.',
  },
  'nothing-to-undo': {
    what: 'Nothing to undo',
    why: 'The last change is too long ago or has already been undone.',
    fix: 'Nothing needs to be done.',
  },
  'task-unreadable': {
    what: 'A pending change cannot be read',
    why: 'Its data is damaged, or was saved by a newer version of Siegel.',
    fix: 'Discard it: the server’s state is shown again. Or open the profile with the newer version.',
  },
  'account-is-local': {
    what: 'This account has no server',
    why: 'It exists on this computer only.',
    fix: 'Use another account for this.',
  },
  'last-service': {
    what: '{{name}} has no other service',
    why: 'An account keeps at least one.',
    fix: 'Remove the account instead.',
  },
  'changes-wait': {
    what: 'Changes of {{name}} have not reached the server',
    why: 'They would be lost.',
    fix: 'Go online and sync first.',
  },
  'removal-asked': {
    what: 'More than a third of a calendar or an address book is gone on the server',
    why: 'Nothing was removed here. A server that was emptied by mistake looks the same.',
    fix: 'Decide in the activity panel.',
  },
  'service-off': {
    what: '{{service}} is switched off for {{name}}',
    why: 'Nothing is fetched or sent.',
    fix: 'Switch it on in the account settings.',
  },
  'calendar-unreadable': {
    what: 'The calendar could not be read',
    why: 'It is no iCalendar file, or it is damaged or cut off.',
    fix: 'Export it again from where it comes from. Nothing here was changed.',
  },
  'invitation-unusable': {
    what: 'This invitation cannot be answered',
    why: 'It was called off, names no question to you, or does not say clearly what it wants.',
    fix: 'Ask the sender for a new invitation. Nothing was changed.',
  },
  'subscription-address': {
    what: 'This is no address of a calendar',
    why: 'It must begin with https or webcal, without a user name or password in it. Over http everybody on the way could read and change it.',
    fix: 'Copy the address again from where the calendar is offered. Nothing was asked.',
  },
  'subscription-there-already': {
    what: 'You have subscribed to this calendar already',
    why: 'Its address is that of a calendar in your list.',
    fix: 'Use the one that is there.',
  },
  'subscription-moved': {
    what: 'The calendar’s address leads to another place',
    why: 'It answers with the address of another server, which Siegel does not ask without your word.',
    fix: 'Agree to that place in the settings of the calendar, or ask who publishes it for the new address.',
  },
  'subscription-gone': {
    what: 'There is no calendar at this address any more',
    why: 'The server says that it has nothing there.',
    fix: 'Ask who publishes it for the new address. What came before is still shown.',
  },
  'subscription-login': {
    what: 'The server does not give this calendar to everybody',
    why: 'It wants to know who asks, and Siegel says no name and no password to an address.',
    fix: 'Ask for the calendar’s private address. If it is yours, add its server as an account.',
  },
  'subscription-page': {
    what: 'There is a web page where a calendar should be',
    why: 'It may be a page that asks for a login, or the page on which the calendar is shown.',
    fix: 'Look there for an address that ends in “ics”, or for “iCal” or “subscribe”.',
  },
  'calendar-read-only': {
    what: 'The calendar can only be read',
    why: 'It belongs to somebody who has not allowed you to change it.',
    fix: 'Ask its owner, or use another calendar.',
  },
  'collection-encrypted': {
    what: '{{name}} is encrypted',
    why: 'Another of your machines, or somebody you share it with, encrypted it.',
    fix: 'Open “Encryption…” in its menu, see who reads it, and join.',
  },
  'collection-not-a-member': {
    what: 'You are not among those who read {{name}}',
    why: 'It is encrypted to none of your keys: you were not let in, or were taken out, or your key is not on this machine.',
    fix: 'What was here stays. Ask somebody who reads it, or import your key.',
  },
  'collection-keys-refused': {
    what: 'The keys of this encrypted calendar are not believed',
    why: 'They are missing, older than those known here, unreadable, or signed by nobody who belongs to the calendar.',
    fix: 'Nothing was changed. Ask the other members. If the server is to blame, encrypt the calendar again: yours are put back.',
  },
  'collection-not-kept': {
    what: 'The server does not keep {{name}} as it was given',
    why: 'What was read back was something else.',
    fix: 'What was there is still there. This server cannot hold an encrypted calendar.',
  },
  'event-date-impossible': {
    what: 'There is no such date or time',
    why: 'The calendar has no such day, or the day no such hour.',
    fix: 'Correct the date or the time.',
  },
  'event-zone-unknown': {
    what: 'The time zone is unknown',
    why: 'There is no zone of that name.',
    fix: 'Choose a zone from the list, such as Europe/Berlin.',
  },
  'event-length-impossible': {
    what: 'The length cannot be understood',
    why: 'It is no length of time, or too short for whole days.',
    fix: 'Enter a length such as 45 minutes, or an end.',
  },
  'event-end-impossible': {
    what: 'The end does not fit the start',
    why: 'It lies before the start, or one of them is a day and the other a time.',
    fix: 'Correct the start or the end.',
  },
  'event-rule-impossible': {
    what: 'The repetition cannot be understood',
    why: 'The rule has a part that does not exist or a value that is not possible.',
    fix: 'Choose how often the event repeats.',
  },
  'event-instance-missing': {
    what: 'The event does not take place then',
    why: 'The series has no such instance, or it was removed.',
    fix: 'Look at the calendar and choose one that is there.',
  },
  'event-instance-needed': {
    what: 'Which one of the series?',
    why: 'The event repeats, and no instance was named.',
    fix: 'Choose an instance, or change the whole series.',
  },
  'event-rule-of-one': {
    what: 'A single event cannot repeat differently',
    why: 'How it repeats belongs to the series.',
    fix: 'Change this and the following events, or all of them.',
  },
  'event-split-impossible': {
    what: 'The series cannot be divided there',
    why: 'What would follow cannot be said as a rule of its own.',
    fix: 'Change this event alone, or the whole series.',
  },
  'event-guests-stay': {
    what: 'An event with guests stays in its calendar',
    why: 'On a server it would be deleted there and made anew, and every guest would get a cancellation and another invitation.',
    fix: 'Leave it where it is, or copy it to the other calendar without its guests.',
  },
  'server-tells-guests': {
    what: 'The guests would hear of it',
    why: 'The server of this calendar tells guests of every change by itself, which cannot be held back.',
    fix: 'Change it and let them be told, or leave it as it is.',
  },
  'event-there-already': {
    what: 'The event is in “{{name}}” already',
    why: 'A calendar holds the same event once.',
    fix: 'Delete one of the two.',
  },
  'changed-since': {
    what: 'That cannot be taken back any more',
    why: 'It was changed again in the meantime.',
    fix: 'Change it as you want it to be.',
  },
  'no-key': {
    what: 'The right key is missing',
    why: 'None of your keys fits.',
    fix: 'Import the key under Keys, then try again.',
  },
  'key-locked': {
    what: 'The key is locked',
    why: 'It has its own passphrase.',
    fix: 'Unlock the key with its passphrase, then try again.',
  },
  'thunderbird-no-keys': {
    what: 'There are no keys in this folder',
    why: 'A Thunderbird profile with OpenPGP keys holds the files secring.gpg and pubring.gpg.',
    fix: 'Choose the folder of the profile itself; its name often ends in “.default-release”.',
  },
  'thunderbird-no-passphrase': {
    what: 'The secret keys of this profile cannot be opened',
    why: 'encrypted-openpgp-passphrase.txt or key4.db is missing; they lock the keys.',
    fix: 'Choose the complete profile folder, or back up the key in Thunderbird and import that file.',
  },
  'thunderbird-damaged': {
    what: 'The Thunderbird profile cannot be read',
    why: 'One of its files is damaged or of a kind that is not known here.',
    fix: 'Start Thunderbird once, close it and try again, or back up the key there and import that file.',
  },
  'thunderbird-open': {
    what: 'Thunderbird is still writing',
    why: 'A part of its data is not in the files of the profile yet.',
    fix: 'Close Thunderbird, then try again.',
  },
  'primary-password-needed': {
    what: 'Thunderbird has a primary password',
    why: 'It locks the keys of this profile.',
    fix: 'Type it into the passphrase field, then try the same profile again.',
  },
  'key-unusable': {
    what: 'The key cannot be used',
    why: 'It has expired, was revoked, is not valid yet, or uses methods that are no longer safe.',
    fix: 'Renew your own key, or ask the owner for a current one.',
  },
  'key-kind-unsupported': {
    what: 'Siegel does not support this type of key',
    why: 'It is not damaged, but of an unknown type: {{kind}}.',
    fix: 'Use a key of version 4 or 6 with RSA or an elliptic curve, or ask its owner for one.',
  },
  'key-exists': {
    what: 'You already have this key',
    why: 'A key with the same fingerprint was added before.',
    fix: 'Nothing needs to be done.',
  },
  'key-not-backed-up': {
    what: 'There is no backup of your key yet',
    why: 'If the key is lost, nobody can read this mail any more, not even you.',
    fix: 'Back up the key, then turn it on.',
  },
  'decrypt-failed': {
    what: 'The message could not be decrypted',
    why: 'It is damaged, or not encrypted to the key that it names.',
    fix: 'Ask the sender to send it again.',
  },
  'no-integrity': {
    what: 'The message is encrypted without protection against changes',
    why: 'Nothing would show whether somebody changed it on its way.',
    fix: 'Nothing of it is shown. Ask the sender to send it again with a current program.',
  },
  'message-changed': {
    what: 'The message was changed',
    why: 'It was damaged or altered after it was encrypted.',
    fix: 'Nothing of it is shown. Ask the sender to send it again.',
  },
  'cipher-unsupported': {
    what: 'The message cannot be decrypted here',
    why: 'It is encrypted with a method that Siegel does not know.',
    fix: 'Ask the sender to use AES, as every current program does.',
  },
  'passphrase-only': {
    what: 'The message is encrypted with a passphrase',
    why: 'It opens with the one that you have agreed on with the sender.',
    fix: 'Open the message and enter the passphrase.',
  },
  'message-passphrase-wrong': {
    what: 'The passphrase does not open this message',
    why: 'It is another one, or the message was changed on its way.',
    fix: 'Check Caps Lock and the keyboard layout, or ask the sender.',
  },
  'passphrase-too-costly': {
    what: 'The message cannot be opened here',
    why: 'It would need more computing time or memory than Siegel allows.',
    fix: 'Ask the sender to encrypt it with usual settings, or to your key.',
  },
  'self-check-failed': {
    what: 'The encrypted message did not pass its check',
    why: 'Siegel checks what it has encrypted before sending. This time something was wrong.',
    fix: 'Nothing was sent. Try again; if it happens again, report it.',
  },
  'unprotected-address': {
    what: 'The reply would go to unconfirmed addresses',
    why: 'They are not part of the protected message. Anybody could have added them.',
    fix: 'Decide whether these people may read it, or remove them.',
  },
  'too-many-people': {
    what: 'A reply to all would not reach everybody',
    why: 'The message has more recipients than Siegel can read.',
    fix: 'Open its source to see them all, and write to the people you mean.',
  },
  'draft-too-long': {
    what: 'This draft is too long to be edited here',
    why: 'Siegel would have to cut it, and what was cut would be lost on the server.',
    fix: 'Finish it in the program that wrote it.',
  },
  'encryption-needs-decision': {
    what: 'Not everybody can receive encrypted mail',
    why: 'A key is missing for a recipient, or has changed.',
    fix: 'Find the key, or decide to send without encryption.',
  },
})
