import { expect, test } from 'vitest'
import {
  flagChange,
  flagsToAppend,
  hasFlag,
  mayStore,
} from '../../../../../../../electron/engine/features/inbox-encryption/sync/flags-to-keep'
import {
  encryptedKeyword,
  leaseKeyword,
} from '../../../../../../../electron/engine/ports/keys/inbox-encryption'

const own = ['\\Seen', '\\Flagged', 'Work', '$Forwarded']
const ofTheMoment = ['\\Recent', '\\deleted', leaseKeyword, encryptedKeyword.toUpperCase()]

test.each([
  ['it says nothing', null, '\\Seen', true],
  ['it lists the flag', ['\\Seen'], '\\SEEN', true],
  ['it does not', ['\\Seen'], '\\Flagged', false],
  ['it takes new keywords', ['\\*'], 'Work', true],
  ['it takes new keywords, and this is a flag', ['\\*'], '\\Flagged', false],
  ['it lists the keyword', ['work'], 'Work', true],
  ['it keeps nothing', [], 'Work', false],
] as const)('whether a mailbox keeps a flag for good: %s', (_, permanent, flag, may) => {
  expect(mayStore(permanent, flag)).toBe(may)
})

test('an encrypted form carries the flags of its original and says what it is; a decrypted one only the former', () => {
  expect(flagsToAppend([...own, ...ofTheMoment], 'encrypt', null)).toEqual([...own, encryptedKeyword])
  expect(flagsToAppend([...own, ...ofTheMoment], 'decrypt', null)).toEqual(own)
  expect(flagsToAppend(own, 'encrypt', ['\\Seen', '\\Flagged'])).toEqual(['\\Seen', '\\Flagged'])
  expect(flagsToAppend(own, 'encrypt', ['\\Seen', '\\*'])).toEqual([
    '\\Seen',
    'Work',
    '$Forwarded',
    encryptedKeyword,
  ])
})

test('what changed on the original meanwhile is done to the copy, and nothing of the replacing itself', () => {
  expect(flagChange(['\\Seen', 'Work', leaseKeyword], ['\\SEEN', 'Play', encryptedKeyword])).toEqual({
    add: ['Work'],
    remove: ['Play'],
  })
  expect(flagChange([...own, '\\Deleted'], [...own, encryptedKeyword, '\\Recent'])).toEqual({
    add: [],
    remove: [],
  })
  expect([hasFlag(['\\seen'], '\\Seen'), hasFlag(['\\seen'], '\\Flagged')]).toEqual([true, false])
})
