import { SiegelError } from '../../../../../../shared/kit/result'

/** Whoever has the mail can guess for as long as they like, at 64 MiB and three passes a guess. */
const minimumCharacters = 12
const differentCharacters = 6

/** Throws `weak-passphrase` for what is guessed too soon; says nothing of what is merely not strong. */
export function checkAgreedPassphrase(passphrase: string): void {
  const characters = [...passphrase.normalize('NFC')]
  const isVaried = new Set(characters.map(each => each.toLowerCase())).size >= differentCharacters
  if (characters.length < minimumCharacters || !isVaried)
    throw new SiegelError('weak-passphrase', { reason: 'too-short', minimum: minimumCharacters })
}
