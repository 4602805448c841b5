import type { OmemoRefusal } from '../../../ipc/vault/omemo-calls'
import { assertNever } from '../../../kit/assert-never'
import type { Undecryptable } from '../model'

/** What an encrypted message that cannot be read says in the conversation; null: nothing at all. */
export function wordOfRefusal(
  reason: OmemoRefusal,
  { hasPayload, isBeforeDevice }: Readonly<{ hasPayload: boolean; isBeforeDevice: boolean }>,
): Undecryptable | null {
  switch (reason) {
    // A copy of what was read, or of an empty message: it was shown or had nothing to show.
    case 'repeated':
      return null
    // Alarm also without a text: somebody speaks with another key for a device that is known.
    case 'other-identity':
      return 'identity-changed'
    case 'no-session':
    case 'unknown-prekey':
    case 'too-far':
    case 'state-damaged':
      if (!hasPayload) return null
      return isBeforeDevice ? 'before-this-device' : 'no-session'
    case 'not-opened':
    case 'no-prekey':
    case 'weak-key':
    case 'payload-changed':
    case 'malformed':
      return hasPayload ? 'broken' : null
    case 'unsafe-form':
      return 'unsupported'
    default:
      return assertNever(reason)
  }
}

/** Of a message that has no key for this device: said where there was a text. No session is healed for it. */
export const wordOfNoKey = ({
  hasPayload,
  isBeforeDevice,
}: Readonly<{ hasPayload: boolean; isBeforeDevice: boolean }>): Undecryptable | null => {
  if (!hasPayload) return null
  return isBeforeDevice ? 'before-this-device' : 'not-for-this-device'
}
