import { SiegelError } from '../../shared/kit/result'
import { passphraseLimitBytes } from './protocol-values'

/** Characters a passphrase has at least. Argon2id makes each guess cost 64 MiB; eight of them is the floor. */
const passphraseMinimum = 8

export type PassphraseWeakness =
  | 'too-short'
  | 'too-long'
  | 'too-few-different'
  | 'only-digits'
  | 'row-of-keys'
  | 'common'

/** What the first thousand guesses of anybody are made of. */
const commonWords = [
  'password',
  'passwort',
  'kennwort',
  'passw0rd',
  'qwertz',
  'qwerty',
  'letmein',
  'iloveyou',
  'welcome',
  'willkommen',
  'geheim',
  'secret',
  'hallo',
  'schatz',
  'dragon',
  'monkey',
  'football',
  'fussball',
  'sunshine',
  'princess',
  'admin',
  'siegel',
  'changeme',
  'trustno1',
  'master',
]

const keyRows = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertzuiopü',
  'qwertyuiop',
  'asdfghjklöä',
  'yxcvbnm',
  'zxcvbnm',
  '01234567890',
  '1q2w3e4r5t6z7u8i9o0p',
]

const isRowOfKeys = (text: string): boolean =>
  keyRows.some(row => row.includes(text) || [...row].reverse().join('').includes(text))

/**
 * Why a passphrase is too weak to guard a profile, or null. A floor, not a meter: it stops what is guessed
 * first and asks nobody for special characters.
 */
export const passphraseWeakness = (passphrase: string): PassphraseWeakness | null => {
  const normal = passphrase.normalize('NFC')
  const characters = [...normal]
  if (characters.length < passphraseMinimum) return 'too-short'
  if (new TextEncoder().encode(normal).byteLength > passphraseLimitBytes) return 'too-long'
  if (new Set(characters).size < 5) return 'too-few-different'
  if (/^\d+$/.test(normal) && characters.length < 12) return 'only-digits'
  const lower = normal.toLowerCase()
  if (isRowOfKeys(lower)) return 'row-of-keys'
  // A common word with a few digits or marks around it is still that word.
  const bare = lower.replace(/^[\d\W_]+|[\d\W_]+$/g, '')
  if (commonWords.includes(bare) || commonWords.includes(lower)) return 'common'
  return null
}

/** Throws `weak-passphrase` with the reason. */
export const requireStrongPassphrase = (passphrase: string): void => {
  const reason = passphraseWeakness(passphrase)
  if (reason) throw new SiegelError('weak-passphrase', { reason, minimum: passphraseMinimum })
}
