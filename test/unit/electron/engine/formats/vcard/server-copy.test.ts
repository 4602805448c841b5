import { describe, expect, test } from 'vitest'
import { rawOf } from '../../../../../../electron/engine/formats/vcard/card'
import {
  isWrittenBy,
  whatServerKeeps,
} from '../../../../../../electron/engine/formats/vcard/edit/server-copy'
import { readCard } from '../../../../../../electron/engine/formats/vcard/read-card'
import { fixture, programs, wrapped } from './support'

const who = 'UID:u1\nN:Berg;Ida;;;\nFN:Ida Berg'
const card = (lines: string, version = '3.0') => wrapped(lines === '' ? who : `${who}\n${lines}`, version)

describe('what a server left out of a card', () => {
  test.each([
    ['a picture', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\nTEL:1', 'TEL:1', ['PHOTO']],
    ['one of two numbers', 'TEL:1\nTEL:2', 'TEL:2', ['TEL']],
    [
      'what it does not know',
      'X-SOCIALPROFILE:https://a.example\nX-OWN;X-P=1:kept',
      '',
      ['X-SOCIALPROFILE', 'X-OWN'],
    ],
    ['a birthday and a note', 'BDAY:1990-04-12\nNOTE:long', '', ['BDAY', 'NOTE']],
    ['the kind of a number', 'TEL;TYPE=WORK:1', 'TEL:1', ['TEL;TYPE']],
    ['a label', 'item1.TEL:1\nitem1.X-ABLabel:boat', 'TEL:1', ['X-ABLABEL']],
    ['a parameter', 'NOTE;LANGUAGE=de:Hallo', 'NOTE:Hallo', ['NOTE;LANGUAGE']],
    [
      'members of a group',
      'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b',
      'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b',
      ['MEMBER'],
    ],
    ['one category of a list', 'CATEGORIES:a,b', 'CATEGORIES:b', ['CATEGORIES']],
  ])('%s is named, and put back', (_what, sent, copy, lost) => {
    const verdict = whatServerKeeps(card(sent), card(copy))
    expect([verdict.lost, verdict.changed]).toEqual([lost, []])
    expect(whatServerKeeps(card(sent), verdict.kept)).toMatchObject({ lost: [], changed: [] })
  })

  test('all of it, where the answer is no card', () => {
    const { lost, kept } = whatServerKeeps(card('TEL:1'), readCard('<html>' as never))
    expect(lost).toEqual(['UID', 'N', 'FN', 'TEL'])
    expect(rawOf(kept)).toBe(rawOf(card('TEL:1')))
  })

  test.each([
    ['a name in capitals', 'NOTE:hello', 'NOTE:HELLO', ['NOTE']],
    ['another number', 'TEL:1', 'TEL:+49 1', ['TEL']],
  ])('%s is another value', (_what, sent, copy, changed) => {
    expect(whatServerKeeps(card(sent), card(copy))).toMatchObject({ lost: [], changed })
  })

  test.each([
    ['order and folds', 'TEL:1\nNOTE:a long note', 'NOTE:a long\n  note\nTEL:1'],
    ['escapes', 'NOTE:one\\, two\\; three', 'NOTE:one, two; three'],
    ['divided kinds', 'TEL;TYPE=home,cell:1', 'TEL;TYPE=CELL;TYPE=HOME;TYPE=VOICE:1'],
    [
      'kinds that say nothing',
      'EMAIL;TYPE=INTERNET;TYPE=pref;TYPE=home:A@x.example',
      'EMAIL;TYPE=home:a@x.example',
    ],
    ['stamps, and what it adds', 'REV:20260101T000000Z', 'REV:20260202T000000Z\nPRODID:-//x\nX-SERVER:1'],
    ['empty parts and properties', 'ADR:;;Weg 1;Ulm;;;\nNOTE:', 'ADR:;;Weg 1;Ulm'],
    ['other names of groups', 'a.TEL:1\na.X-ABLabel:boat', 'item9.TEL:1\nitem9.X-ABLabel:boat'],
    ['days written in another way', 'BDAY:1990-04-12', 'BDAY;VALUE=date:19900412'],
    ['a divided list', 'CATEGORIES:a,b', 'CATEGORIES:b\nCATEGORIES:a'],
    [
      'spaces in a picture',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSk==',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A\n AQSk',
    ],
  ])('no alarm: %s', (_what, sent, copy) => {
    expect(whatServerKeeps(card(sent), card(copy))).toMatchObject({ lost: [], changed: [] })
  })

  test('no alarm: the same in the other version', () => {
    const three = card(
      'TEL;TYPE=CELL:+49 1\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:A',
    )
    const four = card(
      'TEL;TYPE=cell;VALUE=uri:tel:+491\nPHOTO:data:image/jpeg;base64,/9j/4AAQ\nMEMBER:urn:uuid:a',
      '4.0',
    )
    expect(whatServerKeeps(three, four)).toMatchObject({ lost: [], changed: [] })
    expect(whatServerKeeps(four, three)).toMatchObject({ lost: [], changed: [] })
  })

  test.each(programs)('no alarm: a card of %s that comes back as it was', name => {
    const each = readCard(fixture(name) as never)
    expect(whatServerKeeps(each, each)).toMatchObject({ lost: [], changed: [] })
  })
})

test('after a lost answer a copy is ours where it says nothing that was not written here', () => {
  const sent = card('TEL:1\nNOTE:x')
  expect(isWrittenBy(sent, null, card('TEL:1'))).toBe(true)
  expect(isWrittenBy(sent, null, card('TEL:1\nNOTE:y'))).toBe(false)
  expect(isWrittenBy(sent, null, wrapped('UID:u2\nFN:Ida Berg'))).toBe(false)
  const before = card('TEL:1')
  // Not arrived, arrived, arrived in part, changed by somebody else as well, by somebody else alone.
  const copies = ['TEL:1', 'TEL:1\nNOTE:x', 'NOTE:x\nTEL:2', 'TEL:1\nORG:Y', 'TEL:1\nNOTE:z']
  expect(copies.map(copy => isWrittenBy(sent, before, card(copy)))).toEqual([
    false,
    true,
    false,
    false,
    false,
  ])
})
