import { expect, test } from 'vitest'
import { parseAddresses } from '../../../../cli/kit/addresses'

test('addresses are taken as people write them', () => {
  expect(
    parseAddresses(['anna@example.org, "Berg, Bob" <bob@example.org>', 'Carol <carol@example.org>']),
  ).toEqual([
    { name: '', address: 'anna@example.org' },
    { name: 'Berg, Bob', address: 'bob@example.org' },
    { name: 'Carol', address: 'carol@example.org' },
  ])
})
