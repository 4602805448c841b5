import { expect, test } from 'vitest'
import { passphraseStrength } from '../../../../../renderer/ui/fields/passphrase-strength'

test.each([
  ['', 'empty'],
  ['short', 'too-short'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['12345678901234', 'weak'],
  ['kettle amber notebook', 'weak'],
  ['kettle amber notebook tunnel', 'fair'],
  ['kettle amber notebook tunnel violin seven', 'strong'],
] as const)('%s is %s', (passphrase, words) => expect(passphraseStrength(passphrase)).toBe(words))
