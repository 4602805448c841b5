import type {
  InboxEncryptionSkip,
  InboxEncryptionStatus,
} from '../../../shared/features/inbox-encryption/model'
import { asErrorCode } from '../../../shared/kit/result'
import { errorWords } from '../../kit/words/error-words'

/** Why a message was left as it is, by the reason's name. */
const reasons: Readonly<Record<string, string>> = {
  'already-encrypted': 'encrypted already',
  'not-inbox-encrypted': 'not encrypted by this',
  'marked-deleted': 'marked as deleted on the server',
  'leased-elsewhere': 'another program is at it',
  'too-large': 'too large',
  'not-given': 'the server does not give it',
  'changed-meanwhile': 'changed or moved meanwhile',
  'not-readable': 'no key here opens it',
  refused: 'the server refused it',
  undone: 'put back on request',
}

export const skipWords = ({ reason, detail }: InboxEncryptionSkip): string =>
  `${reasons[reason] ?? reason}${detail === '' ? '' : ` (${detail})`}`

/** Why everything stands still, for what has no error code of its own. */
const standstills: Readonly<Record<string, string>> = {
  'copy-differs':
    'the server gave back another message than it was given. The original is untouched, the copy was removed',
  'copy-missing': 'the server said it had stored a message, and it is not there. The original is untouched',
  'date-not-kept': 'the server does not keep the date of arrival. The original is untouched',
  'original-stays': 'the server does not remove what it was told to remove; nothing new is put there',
}

export function standstillWords({ code, detail }: NonNullable<InboxEncryptionStatus['problem']>): string {
  const params = { detail, fingerprint: detail, keyIds: detail, capability: detail }
  const words = standstills[code] ?? errorWords({ code: asErrorCode(code), params })
  return `${words} [${code}]`
}
