import type { MessageSecurity } from '../../../../shared/model/message-security'

export type SecurityTone = 'good' | 'plain' | 'warning' | 'danger'

/** Encrypted, and nothing of it can be shown. */
export const isClosed = ({ encryption }: MessageSecurity): boolean =>
  encryption === 'locked' || encryption === 'failed'

/** Closed for nothing but a passphrase. */
export const waitsForPassphrase = ({ failure }: MessageSecurity): boolean => failure === 'passphrase-only'

/** Which words say how a message is encrypted. */
export function encryptionWords(security: MessageSecurity) {
  const { encryption, inboxEncrypted, passphrase } = security
  if (waitsForPassphrase(security)) return 'passphrase' as const
  if (encryption !== 'encrypted') return encryption
  if (inboxEncrypted) return 'inbox' as const
  return passphrase === 'opened' ? ('passphrase' as const) : encryption
}

/** Whether there is anything to say of the protection of a message. */
export const isWorthALine = ({ encryption, signature, warnings }: MessageSecurity): boolean =>
  encryption !== 'none' ||
  signature !== 'none' ||
  warnings.some(each => each.code !== 'signed-attachment-only')

/** Well signed, and long before or after the message says. */
export const isFromOtherTime = ({ warnings }: MessageSecurity): boolean =>
  warnings.some(each => each.code === 'signed-at-other-time')

/** Says nothing against the message: it is for another key, too long, or made in a way that is not known here. */
const isHarmless = (failure: string | null): boolean =>
  ['no-key', 'too-large', 'cipher-unsupported', 'passphrase-only', 'passphrase-too-costly'].includes(
    failure ?? '',
  )

/** How loud the line is. A key that nobody verified never looks as good as one that is. */
export function toneOf(security: MessageSecurity): SecurityTone {
  const { encryption, signature, signer, failure } = security
  if (signature === 'bad') return 'danger'
  // Only the person is missing.
  if (failure === 'passphrase-only') return 'plain'
  if (encryption === 'failed') return isHarmless(failure) ? 'warning' : 'danger'
  if (encryption === 'locked') return 'plain'
  switch (signature) {
    case 'other-address':
    case 'key-unusable':
    case 'weak':
    case 'partial':
      return 'warning'
    case 'good':
      if (isFromOtherTime(security)) return 'warning'
      return signer?.trust === 'none' ? 'plain' : 'good'
    // Encrypted and unsigned: nobody else can read it, but anybody can have written it.
    case 'none':
    case 'unknown-key':
    case 'unchecked-smime':
    case 'unsupported':
      return 'plain'
  }
}

/** The words for why a message stays closed. */
export function whyClosed({ failure, method }: Pick<MessageSecurity, 'failure' | 'method'>) {
  if (failure === 'cipher-unsupported' && method !== '' && method !== 'unknown')
    return 'cipher-named' as const
  switch (failure) {
    case 'no-key':
    case 'key-locked':
    case 'locked':
    case 'decrypt-failed':
    case 'no-integrity':
    case 'message-changed':
    case 'cipher-unsupported':
    case 'passphrase-only':
    case 'passphrase-too-costly':
    case 'too-large':
      return failure
    default:
      return 'other' as const
  }
}

/** The words for why the key of a right signature does not count. */
export function whyUnusable({ signer }: MessageSecurity) {
  const problem = signer?.problems[0]
  switch (problem) {
    case undefined:
      return 'rejected' as const
    case 'expired':
    case 'revoked':
    case 'not-yet-valid':
      return problem
    default:
      return 'other' as const
  }
}
