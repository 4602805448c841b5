import type { SubmissionStage } from '../../../shared/features/writing/model'
import type { ErrorCode, PossibleFact, SureFact } from '../../../shared/kit/error-facts'
import type { Failure } from '../../../shared/kit/result'

/** Where a submission ended, for words behind the server's own. */
export const stageWords: Readonly<Record<SubmissionStage, string>> = {
  connect: 'while connecting',
  greeting: 'at the greeting',
  ehlo: 'at EHLO',
  starttls: 'at STARTTLS',
  auth: 'at the sign-in',
  mail: 'at MAIL FROM (the sender)',
  rcpt: 'at RCPT TO (the recipients)',
  data: 'at DATA, before the text',
  message: 'after the text',
}

type Named<T extends string> = T extends `${string}{${infer N}}${infer Rest}` ? N | Named<Rest> : never
type Bracketed<T extends string> = T extends `${string}[${infer Part}]${infer Rest}`
  ? Named<Part> | Bracketed<Rest>
  : never
type Bare<T extends string> = T extends `${infer Before}[${string}]${infer After}`
  ? `${Before}${Bare<After>}`
  : T

/** In the place of facts that got lost on the way, as those of a stored problem do, or that only some part knows. */
const standIns = {
  host: 'the server',
  mailbox: 'a folder',
  what: 'thing',
  path: 'the file',
  file: 'a file',
  found: 'unknown',
  count: 'some',
  messages: 'unknown ones',
  capability: 'something',
  reason: 'unknown reason',
  limit: 'too many',
  addresses: 'people',
  fingerprint: 'in question',
  kind: 'unknown',
  algorithm: 'unknown',
  name: 'NAME',
  service: 'KIND',
  fingerprint256: 'unknown',
} as const

/**
 * What a line may say: a fact that always comes with the code, or has a stand-in, stands anywhere; one that may be missing stands in
 * brackets, which go with it. A line that names any other fact does not compile.
 */
type Checked<W extends Readonly<Record<ErrorCode, string>>> = {
  [C in ErrorCode]: Named<Bare<W[C]>> extends (SureFact<C> & keyof typeof standIns) | 'host'
    ? Bracketed<W[C]> extends SureFact<C> | PossibleFact<C>
      ? unknown
      : { noSuchFact: Exclude<Bracketed<W[C]>, SureFact<C> | PossibleFact<C>> }
    : { mayBeMissing: Exclude<Named<Bare<W[C]>>, (SureFact<C> & keyof typeof standIns) | 'host'> }
}

const checked = <const W extends Readonly<Record<ErrorCode, string>>>(words: W & Checked<W>): W => words

/** One line a code: what failed, why, and what to do. `{name}` is filled from the failure's facts. */
const words = checked({
  'bad-request':
    'The request was not understood[: {call}][: {field}][ ({reason})][ ({detail})][ {mailbox}]. Check the arguments',
  'not-found': 'There is no such {what}[ {name}]. List what there is and use its id',
  conflict: 'That was changed meanwhile, or is being worked on ({what}[ {state}])',
  'already-there': 'That exists already ({what}[ {address}][ {mailbox}])',
  'too-large': 'That is larger than allowed[: {what}][ {path}][ ({limitBytes} bytes)][ ({limit} at most)]',
  cancelled: 'Cancelled',
  unsupported: 'That is not possible here ({reason})',
  internal: 'Something went wrong inside Siegel[ ({fault})]. Nothing was lost; run "doctor" and report it',
  'no-profile': 'There is no profile here. Create one with "profile create"',
  'profile-exists': 'There is a profile here already[ ({path})]',
  'profile-in-use': 'Another Siegel is using this profile. Close it and try again',
  locked: 'The profile is under a passphrase. Give it with --passphrase-file',
  'wrong-passphrase': 'The passphrase is wrong',
  'weak-passphrase':
    'The passphrase is too weak ({reason}). Use at least four random words or twelve mixed characters',
  'keychain-unavailable':
    'No system keychain answers[ ({detail})]. Start one, or use a passphrase with --passphrase-file',
  'keychain-locked': 'The system keychain is locked[ ({detail})]. Unlock it and try again',
  'key-missing':
    'The keychain holds no key for this profile. Restore the keychain, or "profile set-aside" and "restore" a backup',
  'vault-damaged':
    'The key file profile.json is damaged[ ({reason})]. Put back a copy of it, or "profile set-aside" and "restore" a backup; nothing was changed',
  'key-file-missing':
    'There is a mail store in {path}, but not profile.json, without which its key cannot be had. Put it back, or "profile set-aside" and "restore" a backup; nothing was changed',
  'store-newer': 'This profile was written by a newer Siegel (version {found}). Update Siegel',
  'store-damaged': 'The mail store is damaged[ ({detail})]. It was set aside and will be rebuilt',
  'store-wrong-key':
    'The key does not open this mail store. Restore the profile and the store from the same backup',
  'store-missing':
    'The mail store {path} is missing ({reason}), and there was one. Put it back, or "profile set-aside" and "restore" a backup; nothing was made in its place',
  'store-unreadable':
    'Nothing of the mail store {path} can be read with the key of this profile: it is damaged from its first page on, or belongs to another profile. It was left as it is. Put the right one back, or "profile set-aside" and "restore" a backup',
  'backup-foreign': '{path} is not a backup of Siegel',
  'backup-cut':
    '{path} is only the beginning of a backup: its end is missing. Copy it again from where it was made',
  'backup-damaged':
    'The backup {path} is damaged: it is not what was written[ ({detail})]. Use another copy of it',
  'backup-old-form':
    '{path} is a mail store without its key: a backup of an early Siegel, or a later one cut short. With the profile.json of the profile it was made from it still opens: put both into a new, empty folder, this file under the name store.db, and give the folder with --profile',
  'directory-not-empty': 'There are other files in {path}. Choose a new or empty folder',
  'disk-full': 'The disk is full[ ({path})]. Make room and try again; nothing was lost',
  'file-unreadable': 'Cannot read[ {path}][ {file}][ ({reason})]',
  'file-unwritable': 'Cannot write[ {path}][ {file}][ ({reason})]',
  'file-exists': '{path} exists already and is not overwritten',
  offline: 'Siegel is set to work offline',
  'name-unresolved': 'The name {host} could not be resolved. Check the name and the network',
  'connection-refused': '{host}[:{port}] refused the connection. Check the port and the network',
  'connection-timeout': '{host}[:{port}] did not answer in time. Try again later',
  'connection-lost': 'The connection to {host} was lost. It is tried again',
  'not-permitted': 'Siegel may not contact {host}[:{port}]: it is not one of the configured servers',
  'tls-failed': 'No secure connection to {host}[:{port}][ ({detail})]. Nothing was sent',
  'starttls-missing':
    '{host}[:{port}] does not offer STARTTLS. Nothing was sent in clear; check the port or the network',
  'expects-starttls':
    'The port speaks STARTTLS, not TLS from the first byte. Give the server as starttls://HOST:PORT',
  'expects-tls': 'The port speaks TLS from the first byte, not STARTTLS. Give the server as tls://HOST:PORT',
  'starttls-injection':
    '{host}[:{port}] sent data in clear after STARTTLS; someone may be interfering. Nothing was sent',
  'certificate-refused':
    'The certificate of {host}[:{port}] is not trusted ({reason}, SHA-256 {fingerprint256}). Nothing was sent',
  'certificate-changed':
    '{host}[:{port}] shows another certificate than the one you pinned (SHA-256 {fingerprint256}). Nothing was sent',
  'proxy-failed': 'The proxy failed[ ({detail})]. Nothing was sent directly',
  'login-refused':
    '{host} refused the sign-in[ ({detail})]. Check user name and password; some providers want an app password',
  'login-not-now':
    '{host} refused the sign-in with a password that it took before[ ({detail})]. It may have too many connections open, or the password was changed there: it is tried again; give the new one with "account set-password" if you changed it',
  'login-downgraded':
    'Not signed in[ at {host}]: what the chat server said does not hold ({reason}). Somebody may be between you and it, or it was set up anew. Nothing was sent. Ask your provider; "account service password" with the same password takes what it offers now',
  'stream-refused':
    '{host} ended the chat connection[: {serverCode}][ ({detail})]. Check the address of the account; then "account service test --kind xmpp"',
  'chat-elsewhere':
    '{host} ended the chat connection twice for another one of this account. This profile may be running twice, as a copy: end one of them',
  'login-unsupported': '{host} offers no sign-in method that Siegel supports',
  'server-refused': '{host} refused[ {mailbox}][: {detail}]',
  'collection-read-only': '{host} lets this calendar or address book only be read',
  'change-not-shown': '{host} took the change and does not show it',
  'uid-taken': '{host} has the same UID in another calendar or address book already',
  'server-full': '{host} has no room left (HTTP 507)',
  'server-unavailable': '{host} is not available now[: {detail}]',
  'protocol-violation': '{host} broke the protocol[ ({detail})]. The connection was closed',
  'capability-missing': '{host} lacks {capability}, which is needed for this',
  'mailbox-missing': 'There is no such folder[ {mailbox}][ ({role})]',
  'message-withheld':
    '{count} of the messages in {mailbox} cannot be fetched: {messages}[ ({detail})]. All others are here; these are asked for again later. Ask your provider to look at them',
  'quota-exceeded': 'The mailbox on the server is full[ ({detail})]',
  'message-too-large':
    'The server does not take a message of this size[ ({limitBytes} bytes at most)][ ({detail})]',
  'preauth-refused': '{host} claims that the session is signed in before any TLS; refused',
  'no-recipient': 'The message has no recipient',
  'bad-address': 'Not a valid address[: {address}][ ({reason})][ ({detail})]',
  'recipient-refused': 'The server refused a recipient[: {detail}]. Nothing was sent to anyone',
  'sender-refused': 'The server refused the sender address[: {detail}]',
  'require-tls-missing': '{host} does not offer REQUIRETLS, which this message demands. Nothing was sent',
  'require-tls-refused':
    'The message demands protected transport to the end and the server says that it cannot be had[: {detail}]. Nothing was sent',
  'send-unknown':
    'The connection broke after the message was handed over: it may or may not have been sent. Check the Sent folder',
  'no-sent-mailbox': 'The account has no Sent folder',
  'message-malformed': 'The message is malformed[ ({detail})]',
  'import-unreadable': 'Cannot import[ {path}][ ({detail})]. Known are mbox, Maildir and eml files',
  'contacts-unreadable':
    'No contacts in that file[: {path}]. Known are vCard (.vcf), LDIF, and CSV with names of columns in its first line; "contacts import FILE --preview" shows what is understood',
  'picture-unreadable':
    'This is no picture that a contact can have[: {path}]. It takes JPEG, PNG, GIF and WebP up to 1 MB',
  'book-read-only': 'The address book[ "{name}"] can only be read',
  'body-not-here': 'The body of this message is not on this machine. Go online and sync',
  'nothing-to-undo': 'There is nothing to undo',
  'task-unreadable':
    'What is stored of this change cannot be read: it is damaged, or a newer Siegel queued it. Discard it, or open the profile with the newer Siegel',
  'account-is-local': 'A local account cannot send. Choose an account with a mail server',
  'last-service': '{name} has no other service. Remove the account instead: "account remove {name}"',
  'changes-wait':
    '{count} changes of {name} have not reached the server. "calendar sync" and "contacts sync" bring them there; with --yes they are lost',
  'removal-asked':
    'More than a third of a calendar or an address book is gone on the server ({count} entries). Nothing was removed here; "calendar waiting" and "contacts waiting" show it',
  'service-off':
    'The {service} service of {name} is switched off. Switch it on: "account service on --account {name} --kind {service}"',
  'calendar-unreadable':
    'This is no iCalendar that can be read[: {path}] ({reason}). Nothing was changed; export it again from where it comes from',
  'invitation-unusable':
    'This invitation cannot be answered: {reason}. "calendar invitation ID" shows what it asks; nothing was changed',
  'subscription-address':
    'This is no address of a calendar ({reason}). It begins with https or webcal and has no user name in it. Nothing was asked',
  'subscription-there-already': 'You have subscribed to that already: it is the calendar {name}',
  'subscription-moved':
    'The address leads to another place[: {target}], which is not asked without your word. Agree to it with --follow HOST:PORT',
  'subscription-gone':
    'There is no calendar at this address any more[: {host}][ ({detail})]. What came before is still there; ask who publishes it for the new address',
  'subscription-login':
    'The server does not give this calendar to everybody[: {host}][ ({detail})], and no name or password is said to an address. Ask for its private address, or add the server as an account',
  'subscription-page':
    'There is a web page where a calendar should be[: {host}]. Look there for an address that ends in "ics"',
  'calendar-read-only': 'The calendar {name} can only be read. Ask its owner, or use another one',
  'collection-encrypted':
    '{name} is encrypted by another machine. See who reads it with "calendar members", and take part with "calendar encrypt --join"',
  'collection-not-a-member':
    '{name} is encrypted to none of your keys: you were not let in, or were taken out, or your key is not on this machine. What was here stays. Ask somebody who reads it, or bring your key with "keys import --secret"',
  'collection-keys-refused':
    'The keys of this encrypted calendar are not believed ({reason}): missing, older than those known here, of another calendar, unreadable, or signed by nobody who belongs to it. Nothing was changed. Ask the other members; if it is the server, "calendar encrypt" puts yours back',
  'collection-not-kept':
    'The server keeps of {name} something else than it was given. What was there is still there; this server cannot hold an encrypted calendar',
  'event-date-impossible':
    'There is no such date or time[: {detail}]. Write it as 2026-03-29 or 2026-03-29T09:00',
  'event-zone-unknown': 'There is no time zone of that name[: {detail}]. Write it as Europe/Berlin',
  'event-length-impossible': 'That is no length of an event[: {detail}]. Write it as PT45M, PT1H30M or P1D',
  'event-end-impossible':
    'The end does not fit the start: it lies before it, or one is a day and the other a time',
  'event-rule-impossible': 'The rule cannot be understood[: {detail}]. Write it as FREQ=WEEKLY;BYDAY=TU',
  'event-instance-missing':
    'The event does not take place then. Take the recurrenceId that "calendar events" prints',
  'event-instance-needed':
    'The event repeats: name an instance with --instance, or change all of it with --scope all',
  'event-rule-of-one':
    'How an event repeats belongs to its series: use --scope following or --scope all for a rule',
  'todo-due-before-start':
    'The to-do is due before it begins, or one of the two is a day and the other a time',
  'todo-rule-needs-time': 'What repeats needs a time to repeat from: give --due or --start',
  'todo-part-of-itself': 'A to-do cannot be a part of itself, or of one of its own parts',
  'chat-needs-decision':
    'Nothing was sent: the conversation with {name} is encrypted, and that is not possible as it stands ({reason}). Look at "chat devices", decide with "chat trust" or "chat verify", or add --clear --yes to send this unencrypted',
  'chat-too-late': 'The message was handed to the server already. "chat retract" asks for it to be forgotten',
  'chat-not-own': 'Only a text that you wrote yourself can be corrected',
  'chat-no-service':
    'The account has no chat, or it is switched off. See "account service add --kind xmpp" and "account service on"',
  'chat-not-connected': 'That needs the server of the chat, and the account is not connected to it',
  'chat-refused': 'The other side said no: {reason}[ ({detail})]',
  'chat-bad-address': '"{name}" cannot be used for chat. Write it as name@example.org',
  'chat-no-device': 'No device of {name} has the fingerprint {fingerprint}. See "chat devices {name}"',
  'chat-not-in-room': 'You are not in this room. Join it with "chat join"',
  'meeting-no-place':
    'No provider of meetings is set up. Add one with "meet providers add", or name one with --provider',
  'meeting-bad-address': 'The address of a meeting begins with https:// and has a host',
  'meeting-hidden':
    'The meeting at {name} is not opened: what asks for it goes through Tor, and a meeting would not',
  'chat-no-upload': 'The server of the account takes no files',
  'chat-file-changed': 'What was fetched is not the file that was sent: its seal does not fit',
  'chat-file-place': 'The file lies where nothing is fetched from ({reason})',
  'event-split-impossible':
    'The series cannot be divided there: what follows cannot be said as a rule. Use --scope this or --scope all',
  'event-guests-stay':
    'An event with guests stays in its calendar: on the server it would be deleted and made anew, and every guest would be told twice',
  'server-tells-guests':
    'The server of this calendar tells the guests of every change by itself, which cannot be held back. Leave out --no-invitations',
  'event-there-already': 'The calendar {name} has this event already. Delete one of the two',
  'changed-since': 'It was changed again in the meantime, so that cannot be taken back',
  'no-key':
    'There is no key here for this[ ({keyIds})][ ({fingerprint})][ ({address})]. Import the right key',
  'key-locked': 'The key {fingerprint} needs its own passphrase first',
  'thunderbird-no-keys':
    'There are no OpenPGP keys in {path}. Give the folder of one Thunderbird profile; it holds secring.gpg and pubring.gpg',
  'thunderbird-no-passphrase':
    'The secret keys in {path} cannot be opened: {file} is missing. Give the whole profile folder, or export the key in Thunderbird',
  'thunderbird-damaged':
    '{file} of the Thunderbird profile cannot be read. Start Thunderbird once, close it and try again, or export the key there',
  'thunderbird-open': 'Thunderbird is still writing to {file}. Close Thunderbird and try again',
  'primary-password-needed':
    'This Thunderbird profile has a primary password. Give it with --key-passphrase-file',
  'key-unusable':
    'The key {fingerprint} cannot be used[ ({reason})]. Renew it, or get a newer copy from its owner',
  'key-kind-unsupported':
    'This key is of a kind that Siegel cannot use ({kind}). It is not damaged; nothing was changed. Ask its owner for a key of version 4 or 6 with RSA or an elliptic curve',
  'key-exists': 'The key {fingerprint} is here already',
  'key-not-backed-up':
    'There is no backup of the key {fingerprint} yet. Make one first: without the key nobody can read this mail any more',
  'decrypt-failed': 'The message could not be decrypted[ ({detail})]. Ask for it to be sent again',
  'no-integrity':
    'The message is encrypted in a way that would not show a change on its way[ ({detail})]. Nothing of it is shown',
  'message-changed':
    'The message was changed or damaged after it was encrypted. Nothing of it is shown; ask for it to be sent again',
  'cipher-unsupported':
    'The message is encrypted with a method that Siegel does not know ({algorithm}). Ask for it to be sent with AES',
  'passphrase-only': 'The message is encrypted with a passphrase. Give it with --message-passphrase-file',
  'message-passphrase-wrong':
    'The passphrase does not open this message: it is another one, or the message was changed on its way',
  'passphrase-too-costly':
    'The message asks for more work or memory to try a passphrase than Siegel gives. Ask for it to be encrypted anew with usual settings, or to your key',
  'self-check-failed':
    'The encrypted message did not pass its own check[ ({reason})][ ({detail})]. Nothing was sent; report this as a bug',
  'unprotected-address':
    'The answer would go to {addresses}, named only outside the protection of the encrypted message. Anybody could have put that there. Agree to each with --agree-to ADDRESS, or name the recipients with --to and --cc',
  'too-many-people':
    'The message names more people than are read of one ({limit}): an answer to all would not reach all. Name the recipients with --to and --cc',
  'draft-too-long':
    'This draft is longer than can be written on here ({limit} characters); finish it in the program that wrote it',
  'encryption-needs-decision':
    'Not everybody can be reached encrypted ({addresses}: {reason}). Decide whether to send without encryption',
})

/** One line for a failure; what is in brackets goes when a fact in it is missing. */
export function errorWords({ code, params }: Pick<Failure, 'code' | 'params'>): string {
  const facts: Readonly<Record<string, unknown>> = params
  const isMissing = (name: string): boolean => (facts[name] ?? '') === ''
  const spare: Readonly<Record<string, string>> = standIns
  const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return words[code]
    .replace(/\[([^\]]*)\]/g, (_, part: string) => (namesIn(part).some(isMissing) ? '' : part))
    .replace(/\{(\w+)\}/g, (_, name: string) => String(isMissing(name) ? spare[name] : facts[name]))
    .replace(/\s+/g, ' ')
    .trim()
}
