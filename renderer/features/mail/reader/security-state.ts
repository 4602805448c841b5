import type { MessageSecurity } from '../../../../shared/model/message-security'

export type SecurityTone = 'good' | 'plain' | 'warning' | 'danger'

/** Encrypted, and nothing of it can be shown. */
export const isClosed = ({ encryption }: MessageSecurity): boolean =>
  encryption === 'locked' || encryption === 'failed'

/** Whether there is anything to say of the protection of a message. */
export const isWorthALine = ({ encryption, signature, warnings }: MessageSecurity): boolean =>
  encryption !== 'none' ||
  signature !== 'none' ||
  warnings.some(each => each.code !== 'signed-attachment-only')

/** How loud the line is. A key that nobody verified never looks as good as one that is. */
export function toneOf({ encryption, signature, signer, failure }: MessageSecurity): SecurityTone {
  if (signature === 'bad') return 'danger'
  if (encryption === 'failed') return failure === 'no-key' || failure === 'too-large' ? 'warning' : 'danger'
  if (encryption === 'locked') return 'plain'
  switch (signature) {
    case 'other-address':
    case 'key-unusable':
    case 'weak':
    case 'partial':
      return 'warning'
    case 'good':
      return signer?.trust === 'none' ? 'plain' : 'good'
    // Encrypted and unsigned: nobody else can read it, but anybody can have written it.
    case 'none':
    case 'unknown-key':
    case 'unchecked-smime':
      return 'plain'
  }
}

/** The words for why a message stays closed. */
export function whyClosed(failure: string | null) {
  switch (failure) {
    case 'no-key':
    case 'key-locked':
    case 'locked':
    case 'decrypt-failed':
    case 'no-integrity':
    case 'too-large':
      return failure
    default:
      return 'other' as const
  }
}
