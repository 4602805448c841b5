import { expect, test } from 'vitest'
import { rawOf } from '../../../../../../electron/engine/formats/vcard/card'
import { mergeCards, saysTheSame } from '../../../../../../electron/engine/formats/vcard/edit/merge-cards'
import { photoOf } from '../../../../../../electron/engine/formats/vcard/fields/photo'
import { readFields } from '../../../../../../electron/engine/formats/vcard/fields/read-fields'
import { readCard } from '../../../../../../electron/engine/formats/vcard/read-card'
import { fixture, programs, wrapped } from './support'

const values = (list: readonly { value: string }[]) => list.map(each => each.value)

test.each(programs)('a card of %s joined with itself stays as it is', name => {
  const card = readCard(fixture(name))
  const { card: merged, conflicts } = mergeCards(card, card, null)
  expect(rawOf(merged)).toBe(rawOf(card))
  expect(conflicts).toEqual([])
  expect(saysTheSame(card, card)).toBe(true)
})

test('two cards become one with all of both, and the same value in another spelling once', () => {
  const ours = wrapped('FN:Ida Berg\nEMAIL:ida@berg.example\nTEL:+49 (421) 555\nNOTE:a')
  const theirs = wrapped(
    'FN:Ida\nEMAIL;TYPE=HOME:IDA@Berg.example\nTEL:0049421555\nitem1.TEL:77\nitem1.X-ABLabel:Boot\nNOTE:b',
  )
  const { card, conflicts } = mergeCards(ours, theirs, null)
  const fields = readFields(card)
  expect(values(fields.emails)).toEqual(['ida@berg.example'])
  expect(fields.phones).toEqual([
    expect.objectContaining({ value: '+49 (421) 555' }),
    expect.objectContaining({ value: '77', label: 'Boot' }),
  ])
  expect(fields.note).toBe('a\n\nb')
  expect(conflicts).toEqual([])
})

test('two names or birthdays are told, and the one that is here stays', () => {
  const ours = wrapped('FN:Ida Berg\nBDAY:1980-01-01')
  const { card, conflicts } = mergeCards(ours, wrapped('FN:Ida Thal\nBDAY:1980-01-02'), null)
  expect(readFields(card)).toMatchObject({ displayName: 'Ida Berg', birthday: { day: 1 } })
  expect(conflicts).toEqual([
    { name: 'FN', kept: 'Ida Berg', other: 'Ida Thal' },
    { name: 'BDAY', kept: '1980-01-01', other: '1980-01-02' },
  ])
})

test('from a common ancestor, what either side added stays and what either removed goes', () => {
  const base = wrapped('FN:Ida\nEMAIL:a@x.example\nEMAIL:b@x.example\nitem1.TEL:1\nitem1.X-ABLabel:Alt')
  const ours = wrapped('FN:Ida\nEMAIL:a@x.example\nEMAIL:c@x.example\nitem1.TEL:1\nitem1.X-ABLabel:Alt')
  const theirs = wrapped('FN:Ida\nEMAIL:b@x.example\nEMAIL:d@x.example')
  const fields = readFields(mergeCards(ours, theirs, base).card)
  expect(values(fields.emails)).toEqual(['c@x.example', 'd@x.example'])
  expect(fields.phones).toEqual([])
})

test('labels of one side never take the names of groups of the other', () => {
  const ours = wrapped('FN:A\nitem1.EMAIL:a@x.example\nitem1.X-ABLabel:Eins')
  const theirs = wrapped('FN:A\nitem1.EMAIL:b@x.example\nitem1.X-ABLabel:Zwei')
  expect(
    readFields(mergeCards(ours, theirs, null).card).emails.map(each => [each.value, each.label]),
  ).toEqual([
    ['a@x.example', 'Eins'],
    ['b@x.example', 'Zwei'],
  ])
})

test.each(['thunderbird', 'apple'] as const)(
  'a card of Outlook joins one of %s in the version of that',
  name => {
    const ours = readCard(fixture(name))
    const outlook = readCard(fixture('outlook'))
    const { card } = mergeCards(ours, outlook, null)
    const again = readCard(rawOf(card))
    expect(again.version).toBe(ours.version)
    const fields = readFields(again)
    expect(values(fields.emails)).toContain('joerg@holz.example')
    expect(fields.addresses.map(({ street }) => street)).toContain('Große Straße 1\nHof')
    expect(fields.phones.find(({ value }) => value.includes('(151)'))?.types).toEqual(['cell'])
    expect(photoOf(again).photo).toEqual(photoOf(outlook).photo)
  },
)

test('cards that say the same in another order and spelling say the same', () => {
  const one = wrapped('FN:Ida\nEMAIL;TYPE=home:a@x.example\nTEL:+49 1\nREV:1\nNICKNAME:')
  const other = wrapped('TEL:+491\nEMAIL:A@x.example\nFN:Ida\nREV:2')
  expect(saysTheSame(one, other)).toBe(true)
  expect(saysTheSame(one, wrapped('FN:Ida'))).toBe(false)
})
