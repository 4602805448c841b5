import { describe, expect, test } from 'vitest'
import type { Namespaces } from '../../../../../shared/features/mail/namespace'
import {
  isInPersonalNamespace,
  namespaceOf,
  namespacesOfListing,
  parentOf,
  personalPath,
} from '../../../../../shared/features/mail/namespaces'

const told = (
  personal: string[],
  others: string[] = [],
  shared: string[] = [],
  delimiter = '.',
): Namespaces => {
  const all = (prefixes: string[]) => prefixes.map(prefix => ({ prefix, delimiter }))
  return { personal: all(personal), others: all(others), shared: all(shared) }
}
const cyrus = told(['INBOX.'], ['user.'], [''])
const dovecot = told([''], ['user/'], ['Public/', '#shared/'], '/')

describe('namespaces', () => {
  test.each([
    ['INBOX', 'personal'],
    ['INBOX.Sent', 'personal'],
    ['user.bob', 'others'],
    ['user', 'others'],
    ['user.bob.Sent', 'others'],
    ['Sent', 'shared'],
    ['userlist', 'shared'],
  ] as const)('Cyrus: %s is %s', (path, kind) => {
    expect(namespaceOf(path, cyrus).kind).toBe(kind)
  })

  test.each([
    ['inbox', 'personal'],
    ['Sent', 'personal'],
    ['Publications', 'personal'],
    ['Public', 'shared'],
    ['Public/All', 'shared'],
    ['#shared/x', 'shared'],
    ['user/bob/INBOX', 'others'],
  ] as const)('Dovecot: %s is %s', (path, kind) => {
    expect(namespaceOf(path, dovecot).kind).toBe(kind)
  })

  test('new names go into the first personal namespace, with its delimiter', () => {
    expect(personalPath('Sent', cyrus, '/')).toMatchObject({ path: 'INBOX.Sent', delimiter: '.' })
    expect(personalPath('Sent', dovecot, '.')).toMatchObject({ path: 'Sent', delimiter: '/' })
    expect(personalPath('Sent', null, '.')).toMatchObject({ path: 'Sent', delimiter: '.' })
    expect(personalPath('Sent', told([]), '')).toMatchObject({ path: 'Sent', delimiter: '' })
  })

  test('what is not below a personal prefix is outside, also where nobody claims it', () => {
    const mail = told(['mail/'], [], [], '/')
    expect(
      ['mail/x', 'mail/', 'mail', 'x', 'INBOX', 'INBOX/x'].map(path => isInPersonalNamespace(path, mail)),
    ).toEqual([true, false, false, false, false, false])
    expect(['INBOX.x', 'user.bob.x', 'x'].map(path => isInPersonalNamespace(path, cyrus))).toEqual([
      true,
      false,
      false,
    ])
    expect(isInPersonalNamespace('anything', null)).toBe(true)
  })

  test('a listing with everything below INBOX teaches the prefix; one that is empty or mixed does not', () => {
    const listing = (...paths: string[]) => paths.map(path => ({ path, delimiter: '.' }))
    expect(namespacesOfListing(listing('INBOX', 'INBOX.Sent', 'INBOX.a.b'))?.personal).toEqual([
      { prefix: 'INBOX.', delimiter: '.' },
    ])
    expect(namespacesOfListing(listing('INBOX'))).toBeNull()
    expect(namespacesOfListing(listing('INBOX', 'INBOX.Sent', 'Other'))).toBeNull()
    expect(
      namespacesOfListing([
        { path: 'INBOX', delimiter: '' },
        { path: 'x', delimiter: '' },
      ]),
    ).toBeNull()
  })

  test('the prefix of a namespace is no level of the tree, but INBOX and other levels are', () => {
    const mail = told(['mail/'], [], [], '/')
    expect(['mail/Sent', 'mail/a/b', 'INBOX', 'x/y'].map(path => parentOf(path, '/', mail))).toEqual([
      null,
      'mail/a',
      null,
      'x',
    ])
    expect(parentOf('INBOX.Sent', '.', cyrus)).toBe('INBOX')
    expect(parentOf('a/b', '', null)).toBeNull()
  })
})
