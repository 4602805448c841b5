import { features } from '../features/features'
import type { FactName, Facts, FactsOfCodes } from './errors/facts'
import { joined } from './joined'

export type { FactName } from './errors/facts'

/** Kinds of things that an error is about, beside those of features; each has a word in every language. */
const ownThings = [
  'account',
  'address',
  'address book',
  'attached message',
  'attachment',
  'calendar',
  'certificate',
  'contact',
  'domain',
  'draft',
  'encryption of the inbox',
  'event',
  'hidden recipient',
  'html',
  'image',
  'key',
  'list',
  'mailbox',
  'message',
  'name lookup',
  'outbox message',
  'packet',
  'part of a message',
  'pinned certificate',
  'profile',
  'question',
  'refused certificate',
  'revocation',
  'sender',
  'service',
  'setup message',
  'signature',
  'task',
  'unsubscribe link',
  'user id',
] as const

const featureThings = joined(features, 'things')

export type ErrorThing = (typeof ownThings)[number] | keyof typeof featureThings
export const errorThings: readonly ErrorThing[] = [
  ...ownThings,
  ...(Object.keys(featureThings) as (keyof typeof featureThings)[]),
]

/** Facts that a part on the way adds to any failure, because it knows where it happened. */
export const placeFacts = [
  'host?',
  'port?',
  'mailbox?',
  'address?',
  'stage?',
  'serverCode?',
  'detail?',
] as const

const certificateFacts = ['fingerprint256', 'subject', 'issuer', 'names', 'validFrom', 'validTo'] as const

/**
 * Failures that no feature has for itself, with their facts; `?` marks those that may be missing. With those of the features the list
 * is closed: the window and the command line have words for each (`renderer/i18n`, `cli/kit/words/error-words.ts`), which name only facts that are listed here.
 */
const ownErrorFacts = {
  // requests
  'bad-request': ['call?', 'field?', 'reason?', 'mailbox?'],
  'not-found': ['what', 'name?'],
  /** It was changed, or is being worked on, meanwhile. */
  conflict: ['what', 'state?', 'stored?', 'given?'],
  /** One of that name or address exists. */
  'already-there': ['what'],
  'too-large': ['what?', 'limit?', 'limitBytes?', 'sizeBytes?', 'path?', 'file?', 'call?'],
  cancelled: [],
  unsupported: ['reason'],
  internal: ['fault', 'exitCode?'],
  // profile and keys
  'no-profile': [],
  'profile-exists': ['path?'],
  'profile-in-use': [],
  locked: [],
  'wrong-passphrase': ['reason?', 'fingerprint?'],
  'weak-passphrase': ['reason', 'minimum'],
  'keychain-unavailable': [],
  'keychain-locked': [],
  'key-missing': [],
  'vault-damaged': ['reason?', 'fingerprint?'],
  'key-file-missing': ['path'],
  // store
  'store-newer': ['found', 'supported'],
  'store-damaged': [],
  'store-wrong-key': [],
  'store-missing': ['path', 'reason'],
  'store-unreadable': ['path'],
  'backup-foreign': ['path'],
  'backup-cut': ['path'],
  'backup-damaged': ['path'],
  'backup-old-form': ['path'],
  'directory-not-empty': ['path'],
  'disk-full': ['path?', 'file?'],
  'file-unreadable': ['path?', 'file?', 'reason?'],
  'file-unwritable': ['path?', 'file?', 'reason?'],
  'file-exists': ['path'],
  // network
  offline: [],
  'name-unresolved': [],
  'connection-refused': [],
  'connection-timeout': ['timeoutMs?'],
  'connection-lost': [],
  'not-permitted': ['reason', 'purpose?', 'target?'],
  'tls-failed': [],
  'starttls-missing': [],
  /** TLS was begun at once where the server waits for STARTTLS, or the other way round; found by a connection test. */
  'expects-starttls': [],
  'expects-tls': [],
  'starttls-injection': [],
  'certificate-refused': ['reason', ...certificateFacts],
  'certificate-changed': ['reason', ...certificateFacts],
  'proxy-failed': [],
  // servers
  'login-refused': [],
  'login-not-now': [],
  'login-unsupported': [],
  'server-refused': [],
  'server-unavailable': [],
  /** A calendar or an address book that its server lets nobody write from here. */
  'collection-read-only': [],
  /** The server took a change, and shows it nowhere. */
  'change-not-shown': [],
  /** The same UID lies in another collection of the server. */
  'uid-taken': [],
  /** No room for objects of collections (RFC 4918 §11.5). */
  'server-full': [],
  'protocol-violation': [],
  'capability-missing': ['capability'],
  'mailbox-missing': ['role?', 'mailboxId?'],
  'message-withheld': ['mailbox', 'count', 'messages', 'which'],
  'quota-exceeded': [],
  'message-too-large': ['limitBytes?'],
  'preauth-refused': [],
  // sending
  'no-recipient': [],
  'bad-address': ['reason?'],
  'recipient-refused': [],
  'sender-refused': [],
  'require-tls-missing': [],
  'require-tls-refused': [],
  'send-unknown': [],
  'no-sent-mailbox': [],
  // content
  'message-malformed': [],
  'import-unreadable': ['path?'],
  /** A file that is neither vCards nor LDIF nor a table of contacts whose columns are known. */
  'contacts-unreadable': ['path?'],
  /** A book of somebody else, or one that is made of mail; `name` is the book's. */
  'book-read-only': ['name?'],
  'picture-unreadable': ['path?'],
  'body-not-here': [],
  'nothing-to-undo': [],
  'task-unreadable': [],
  'account-is-local': [],
  /** An account keeps at least one service. */
  'last-service': ['name'],
  /** So many changes of account `name` have not reached the server. */
  'changes-wait': ['name', 'count'],
  /** More than a third of a calendar or an address book is gone on the server; nothing was removed here. */
  'removal-asked': ['count'],
  /** Of account `name`, that `service` is switched off. */
  'service-off': ['name', 'service'],
  // calendars
  /** `reason`: not-icalendar, cut, mismatch, nesting, lines. */
  'calendar-unreadable': ['reason', 'path?'],
  'calendar-read-only': ['name'],
  /** Calendar or address book `name` is encrypted, and this machine has not joined. */
  'collection-encrypted': ['name'],
  /** `name` is encrypted to no key that is here: not let in, or taken out. */
  'collection-not-a-member': ['name'],
  /** `reason`: missing, unreadable, other, older, signer. */
  'collection-keys-refused': ['reason'],
  /** What was put into `name` was read back as something else. */
  'collection-not-kept': ['name'],
  'event-date-impossible': [],
  'event-zone-unknown': [],
  'event-length-impossible': [],
  'event-end-impossible': [],
  'event-rule-impossible': [],
  'event-instance-missing': [],
  'event-instance-needed': [],
  'event-rule-of-one': [],
  'event-split-impossible': [],
  'event-guests-stay': [],
  /** The server of its calendar would tell the guests, which was not wanted. */
  'server-tells-guests': [],
  'event-there-already': ['name'],
  /** It was changed in the meantime, so that a change cannot be taken back. */
  'changed-since': [],
  // OpenPGP
  'no-key': ['keyIds?', 'fingerprint?', 'passphrase?'],
  'key-locked': ['fingerprint', 'passphrase?'],
  'thunderbird-no-keys': ['path'],
  'thunderbird-no-passphrase': ['path', 'file'],
  'thunderbird-damaged': ['file'],
  'thunderbird-open': ['file'],
  'primary-password-needed': [],
  'key-unusable': ['fingerprint', 'reason?'],
  /** Sound, and of a version or with an algorithm that is not known here; `kind` names it. */
  'key-kind-unsupported': ['kind'],
  'key-exists': ['fingerprint'],
  'key-not-backed-up': ['fingerprint'],
  'decrypt-failed': [],
  'no-integrity': [],
  'message-changed': [],
  'cipher-unsupported': ['algorithm'],
  'passphrase-only': [],
  /** Also of data that was changed: where the packet with the session key proves nothing, the two cannot be told apart. */
  'message-passphrase-wrong': [],
  /** A message that asks for more work or memory to try a passphrase than is given. */
  'passphrase-too-costly': [],
  'self-check-failed': ['reason?'],
  'encryption-needs-decision': ['reason', 'addresses'],
  /** An answer to an encrypted message would go to `addresses`, which nothing protected names. */
  'unprotected-address': ['addresses'],
  /** A message names more people than are read of one (`limit`): an answer to all would not reach all. */
  'too-many-people': ['limit'],
  /** A draft of another program that is longer than what can be written on here (`limit` characters). */
  'draft-too-long': ['limit'],
} as const satisfies FactsOfCodes

/** Every expected failure by name, with its facts: those above, and those of the features. */
export const errorFacts = { ...ownErrorFacts, ...joined(features, 'errors') } as const

export type ErrorCode = keyof typeof errorFacts

/** `what` is one of the things that there are words for. */
type FactOf<F extends FactName> = F extends 'what' ? ErrorThing : Facts[F]

type Listed<C extends ErrorCode> = (typeof errorFacts)[C][number] | (typeof placeFacts)[number]
/** Facts of a code that are always there. */
export type SureFact<C extends ErrorCode> = Exclude<(typeof errorFacts)[C][number], `${string}?`>
/** Facts of a code that may be missing. */
export type PossibleFact<C extends ErrorCode> =
  Listed<C> extends infer N ? (N extends `${infer F extends FactName}?` ? F : never) : never

/** What comes with a failure of this code. */
export type ParamsOf<C extends ErrorCode> = C extends ErrorCode
  ? Readonly<{ [F in SureFact<C>]: FactOf<F> } & { [F in Exclude<PossibleFact<C>, SureFact<C>>]?: FactOf<F> }>
  : never

/** What a part on the way adds. */
export type PlaceParams = Readonly<{
  [F in FactName as `${F}?` extends (typeof placeFacts)[number] ? F : never]?: FactOf<F>
}>

/** Codes of which some fact is always there. */
export type CodeWithFacts = { [C in ErrorCode]: [SureFact<C>] extends [never] ? never : C }[ErrorCode]
