import { assertNever } from '../../../shared/kit/assert-never'
import { type ErrorCode, SiegelError, toFailure } from '../../../shared/kit/result'

/**
 * What an error means for an account:
 * - `lost`: the way to the server broke; try again later.
 * - `stop`: trying again would be the same, or hammering; the user has to act.
 * - `offline`: the user wants no network.
 * - `ended`: we ended it ourselves (lock, quit, wake).
 * - `local`: it concerns one mailbox or one task, the connection is fine.
 * - `disk`: the store cannot take more.
 */
export type FailureKind = 'lost' | 'stop' | 'offline' | 'ended' | 'local' | 'disk'

/** Codes after which a session is not used again. */
const deadly: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection-lost',
  'connection-timeout',
  'connection-refused',
  'protocol-violation',
  'server-unavailable',
  'cancelled',
  'offline',
])

/** True when the session that threw this must be destroyed. A bug of ours counts too: nobody knows what is pending. */
export function endsSession(error: unknown): boolean {
  return !(error instanceof SiegelError) || deadly.has(error.code)
}

export function kindOf(error: unknown): FailureKind {
  const { code } = toFailure(error)
  switch (code) {
    case 'name-unresolved':
    case 'connection-refused':
    case 'connection-timeout':
    case 'connection-lost':
    case 'proxy-failed':
    case 'tls-failed':
    case 'server-unavailable':
    case 'server-full':
    case 'login-not-now':
    case 'internal':
      return 'lost'
    case 'login-refused':
    case 'login-unsupported':
    case 'login-downgraded':
    case 'stream-refused':
    case 'chat-elsewhere':
    case 'certificate-refused':
    case 'certificate-changed':
    case 'starttls-missing':
    case 'expects-starttls':
    case 'expects-tls':
    case 'starttls-injection':
    case 'preauth-refused':
    case 'not-permitted':
    case 'account-is-local':
    case 'service-off':
      return 'stop'
    case 'offline':
      return 'offline'
    case 'cancelled':
    case 'locked':
      return 'ended'
    case 'disk-full':
    case 'store-damaged':
      return 'disk'
    case 'bad-request':
    case 'not-found':
    case 'conflict':
    case 'already-there':
    case 'too-large':
    case 'unsupported':
    case 'no-profile':
    case 'profile-exists':
    case 'profile-in-use':
    case 'wrong-passphrase':
    case 'weak-passphrase':
    case 'keychain-unavailable':
    case 'keychain-locked':
    case 'key-missing':
    case 'vault-damaged':
    case 'store-newer':
    case 'store-wrong-key':
    case 'store-missing':
    case 'store-unreadable':
    case 'key-file-missing':
    case 'backup-foreign':
    case 'backup-cut':
    case 'backup-damaged':
    case 'backup-old-form':
    case 'directory-not-empty':
    case 'file-unreadable':
    case 'file-unwritable':
    case 'file-exists':
    case 'server-refused':
    case 'collection-read-only':
    case 'change-not-shown':
    case 'uid-taken':
    case 'protocol-violation':
    case 'capability-missing':
    case 'mailbox-missing':
    case 'message-withheld':
    case 'quota-exceeded':
    case 'message-too-large':
    case 'no-recipient':
    case 'bad-address':
    case 'recipient-refused':
    case 'sender-refused':
    case 'require-tls-missing':
    case 'require-tls-refused':
    case 'send-unknown':
    case 'no-sent-mailbox':
    case 'message-malformed':
    case 'import-unreadable':
    case 'contacts-unreadable':
    case 'book-read-only':
    case 'picture-unreadable':
    case 'body-not-here':
    case 'nothing-to-undo':
    case 'task-unreadable':
    case 'calendar-unreadable':
    case 'calendar-read-only':
    case 'subscription-address':
    case 'subscription-there-already':
    case 'subscription-moved':
    case 'subscription-gone':
    case 'subscription-login':
    case 'subscription-page':
    case 'collection-encrypted':
    case 'collection-not-a-member':
    case 'collection-keys-refused':
    case 'collection-not-kept':
    case 'invitation-unusable':
    case 'event-date-impossible':
    case 'event-zone-unknown':
    case 'event-length-impossible':
    case 'event-end-impossible':
    case 'event-rule-impossible':
    case 'event-instance-missing':
    case 'event-instance-needed':
    case 'event-rule-of-one':
    case 'event-split-impossible':
    case 'todo-due-before-start':
    case 'todo-rule-needs-time':
    case 'todo-part-of-itself':
    case 'event-guests-stay':
    case 'server-tells-guests':
    case 'event-there-already':
    case 'changed-since':
    case 'last-service':
    case 'changes-wait':
    case 'removal-asked':
    case 'no-key':
    case 'key-locked':
    case 'thunderbird-no-keys':
    case 'thunderbird-no-passphrase':
    case 'thunderbird-damaged':
    case 'thunderbird-open':
    case 'primary-password-needed':
    case 'key-unusable':
    case 'key-kind-unsupported':
    case 'key-exists':
    case 'key-not-backed-up':
    case 'decrypt-failed':
    case 'no-integrity':
    case 'message-changed':
    case 'cipher-unsupported':
    case 'passphrase-only':
    case 'message-passphrase-wrong':
    case 'passphrase-too-costly':
    case 'self-check-failed':
    case 'encryption-needs-decision':
    case 'unprotected-address':
    case 'too-many-people':
    case 'draft-too-long':
    case 'chat-needs-decision':
    case 'chat-too-late':
    case 'chat-not-own':
    case 'chat-no-service':
    case 'chat-not-connected':
    case 'chat-refused':
    case 'chat-bad-address':
    case 'chat-no-device':
    case 'chat-not-in-room':
    case 'chat-no-upload':
    case 'chat-file-changed':
    case 'chat-file-place':
    case 'meeting-no-place':
    case 'meeting-bad-address':
    case 'meeting-hidden':
      return 'local'
    default:
      return assertNever(code)
  }
}

/** Response codes (RFC 5530) of a NO that concern one mailbox and not the whole server. */
const aboutOneMailbox: ReadonlySet<unknown> = new Set(['SERVERBUG', 'INUSE', 'CORRUPTION', 'CONTACTADMIN'])

/** True when the other mailboxes may be well: the pass goes on with them. */
export function isAboutOneMailbox(error: unknown): boolean {
  if (kindOf(error) === 'local') return true
  return (
    error instanceof SiegelError &&
    error.code === 'server-unavailable' &&
    aboutOneMailbox.has(error.params['serverCode'])
  )
}

/** Code and words of an error for a task row. */
export function problemOf(error: unknown): { code: string; detail: string } {
  const { code, params } = toFailure(error)
  return { code, detail: String(params['detail'] ?? params['mailbox'] ?? '').slice(0, 2000) }
}
