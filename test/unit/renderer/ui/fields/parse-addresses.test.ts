import { expect, test } from 'vitest'
import {
  addressText,
  isValidAddress,
  parseAddresses,
  withAddresses,
} from '../../../../../renderer/ui/fields/parse-addresses'

test('several pasted addresses become several recipients, names with commas stay whole', () => {
  expect(
    parseAddresses('"Lovelace, Ada" <ada@example.org>; grace@example.org,\nAlan Turing <alan@example.org>'),
  ).toEqual([
    { name: 'Lovelace, Ada', address: 'ada@example.org' },
    { name: '', address: 'grace@example.org' },
    { name: 'Alan Turing', address: 'alan@example.org' },
  ])
})

test('a column of bare addresses parts at spaces, an unfinished name does not', () => {
  expect(parseAddresses('a@example.org b@example.org')).toHaveLength(2)
  expect(parseAddresses('Ada Lovelace')).toEqual([{ name: '', address: 'Ada Lovelace' }])
})

test('what is no address is kept as typed and marked', () => {
  const [one] = parseAddresses('ada@')
  expect(one).toEqual({ name: '', address: 'ada@' })
  expect(isValidAddress(one!)).toBe(false)
})

test('a recipient taken back into the field reads the same again', () => {
  for (const address of [
    { name: 'Müller, "Max" \\', address: 'max@example.org' },
    { name: 'Ada', address: 'ada@example.org' },
    { name: '', address: 'x@example.org' },
  ])
    expect(parseAddresses(addressText(address))).toEqual([address])
})

test('the same person is added once, whatever the case', () => {
  const ada = { name: 'Ada', address: 'ada@example.org' }
  expect(withAddresses([ada], [{ name: '', address: 'ADA@example.org' }])).toEqual([ada])
})
