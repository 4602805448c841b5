import { describe, expect, test } from 'vitest'
import { readUnsubscribe } from '../../../../../../../electron/engine/formats/mime/header/list-unsubscribe'

const read = (...lines: string[]) => readUnsubscribe(Buffer.from([...lines, '', 'text'].join('\r\n')))
const post = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'

describe('the ways out of a mailing list', () => {
  test('both are read, folded and in any order', () => {
    expect(
      read('List-Unsubscribe: <mailto:leave@l.example?subject=off>,', ' <https://l.example/u?id=1>', post),
    ).toEqual({ oneClick: 'https://l.example/u?id=1', mailto: 'mailto:leave@l.example?subject=off' })
  })

  test('an address without the second field is a page for people, and is not offered', () => {
    expect(read('List-Unsubscribe: <https://l.example/u>').oneClick).toBeNull()
    expect(read('List-Unsubscribe: <https://l.example/u>', 'List-Unsubscribe-Post: yes').oneClick).toBeNull()
  })

  test.each([
    'List-Unsubscribe: <http://l.example/u>',
    'List-Unsubscribe: https://l.example/u',
    'List-Unsubscribe: <javascript:alert(1)>',
    `List-Unsubscribe: <https://l.example/${'x'.repeat(3000)}>`,
    'List-Unsubscribe: <mailto:?subject=no-address>',
    'X: y',
  ])('%.60s offers nothing', line => {
    expect(read(line, post)).toEqual({ oneClick: null, mailto: null })
  })

  test('what stands in the body is no header', () => {
    expect(read('Subject: x', '', 'List-Unsubscribe: <https://l.example/u>', post).oneClick).toBeNull()
  })
})
