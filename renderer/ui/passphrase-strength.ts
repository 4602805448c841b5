/** What can be said of a passphrase while it is typed. `too-short` is refused, the others are the user's choice. */
export type PassphraseStrength = 'empty' | 'too-short' | 'weak' | 'fair' | 'strong'

/** The same floor as main's, which has the last word and also knows common words. */
export const leastCharacters = 8

/** Guesses that a throw of this many bits costs; 64 MiB of Argon2id for each. */
const fairBits = 45
const strongBits = 70

/** Bits one character adds when chosen from the kinds that are in use; words count less than random letters. */
function bitsPerCharacter(text: string): number {
  const kinds = [/[a-zß-ÿ]/, /[A-ZÀ-Þ]/, /\d/, /[^\p{L}\d\s]/u].filter(kind => kind.test(text)).length
  return kinds <= 1 ? 2.3 : kinds === 2 ? 3 : 3.8
}

/**
 * An estimate in words: length counts most, repeated characters and rows of neighbours add nothing. It promises
 * nothing; four or more random words are strong.
 */
export function passphraseStrength(
  passphrase: string,
  atLeast: number = leastCharacters,
): PassphraseStrength {
  const characters = [...passphrase.normalize('NFC')]
  if (characters.length === 0) return 'empty'
  if (characters.length < atLeast) return 'too-short'
  const counted = characters.filter((character, at) => {
    const before = characters[at - 1]
    if (before === undefined) return true
    return Math.abs((character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) > 1
  })
  const variety = new Set(characters.map(character => character.toLowerCase())).size
  const useful = Math.min(counted.length, variety * 3)
  const bits = useful * bitsPerCharacter(passphrase)
  if (variety < 5 || bits < fairBits) return 'weak'
  return bits < strongBits ? 'fair' : 'strong'
}
