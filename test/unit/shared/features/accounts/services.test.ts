import { expect, test } from 'vitest'
import { type AccountConfig, accountConfig, serviceKind } from '../../../../../shared/features/accounts/model'
import {
  hasMailServer,
  hostsOf,
  isLocal,
  isServiceOn,
  isSwitchedOff,
  mailServiceOf,
  placesOf,
  serviceOfPurpose,
  servicesOf,
  withServiceSwitched,
} from '../../../../../shared/features/accounts/services'
import { connectionPurpose } from '../../../../../shared/kit/status'

const server = (host: string) => ({ host, port: 993, security: 'tls' as const })
const mail = { userName: 'a', imap: server('imap.example'), smtp: server('smtp.example'), caPem: null }
const account = (services: AccountConfig['services'], address = 'a@example.org') => ({
  config: { address, displayName: '', services },
})
const parses = (services: unknown, address: string) =>
  accountConfig.safeParse({ address, displayName: '', services }).success

test('an account with mail says where that leads, and one without services leads nowhere', () => {
  const served = account({ mail })
  expect([mailServiceOf(served), hasMailServer(served), isLocal(served)]).toEqual([mail, true, false])
  expect(placesOf(served, 'mail').map(({ purpose, server: { host } }) => `${purpose} ${host}`)).toEqual([
    'imap imap.example',
    'smtp smtp.example',
  ])
  const here = account({}, 'local')
  expect([mailServiceOf(here), hasMailServer(here), isLocal(here)]).toEqual([null, false, true])
  for (const kind of serviceKind.options) expect(placesOf(here, kind)).toEqual([])
  expect([mailServiceOf(null), hasMailServer(undefined)]).toEqual([null, false])
})

test.each([
  ['https://dav.example', 'dav.example', 443],
  ['https://dav.example:8443/a/b?c', 'dav.example', 8443],
  ['https://[2001:db8::1]:5232/', '2001:db8::1', 5232],
])(
  'an account of calendars and contacts alone at %s is neither local nor asked for mail',
  (url, host, port) => {
    const served = account({ dav: { userName: 'a', caPem: null, url } })
    expect(accountConfig.safeParse(served.config).success).toBe(true)
    expect([isLocal(served), hasMailServer(served), servicesOf(served)]).toEqual([false, false, ['dav']])
    expect(placesOf(served, 'dav')).toEqual([{ purpose: 'dav', server: { host, port, security: 'tls' } }])
  },
)

test.each([
  'http://dav.example/',
  'https://a:b@dav.example/',
  'dav.example',
  'https://',
  'https://a b/',
  'ftp://a/',
])('%s is no place for a password', url => {
  const dav = { userName: 'a', caPem: null, url }
  expect(parses({ dav }, 'a@example.org')).toBe(false)
})

test('a service that is named but not there counts as absent', () => {
  expect(servicesOf(account({ mail: undefined }, 'local'))).toEqual([])
  expect(servicesOf(account({ mail }))).toEqual(['mail'])
})

test('a host that two servers share is named once', () => {
  const one = { ...mail, smtp: { ...server('imap.example'), port: 465 } }
  expect(hostsOf(account({ mail: one }), 'mail')).toEqual(['imap.example'])
})

test('every purpose of an own connection belongs to one service at most, and look-ups to none', () => {
  const owned = connectionPurpose.options.filter(purpose => serviceOfPurpose(purpose) !== null)
  expect(owned).toEqual(['imap', 'smtp', 'dav', 'xmpp'])
})

test('only the accounts of this machine have no service, and they have none', () => {
  expect(parses({ mail }, 'a@example.org')).toBe(true)
  expect(parses({}, 'local')).toBe(true)
  expect(parses({}, 'sample')).toBe(true)
  expect(parses({}, 'a@example.org')).toBe(false)
  expect(parses({ mail: undefined }, 'a@example.org')).toBe(false)
  expect(parses({ mail }, 'local')).toBe(false)
  expect(parses({ mail, fax: mail }, 'a@example.org')).toBe(false)
  expect(parses(undefined, 'local')).toBe(false)
})

test('a service that is switched off is kept as it is, and is there again when it is on', () => {
  const off = account(withServiceSwitched({ mail }, 'mail', true))
  expect([isSwitchedOff(off, 'mail'), isServiceOn(off, 'mail')]).toEqual([true, false])
  // Off is not absent.
  expect([servicesOf(off), hasMailServer(off), isLocal(off)]).toEqual([['mail'], true, false])
  expect(placesOf(off, 'mail')).toEqual(placesOf(account({ mail }), 'mail'))
  expect(parses(off.config.services, 'a@example.org')).toBe(true)
  expect(withServiceSwitched(off.config.services, 'mail', false)).toEqual({ mail })
  expect(withServiceSwitched({ mail }, 'mail', false)).toEqual({ mail })
  expect(withServiceSwitched({}, 'mail', true)).toEqual({})
  expect([isSwitchedOff(account({}), 'mail'), isServiceOn(account({}), 'mail')]).toEqual([false, false])
  expect([isSwitchedOff(null, 'mail'), isServiceOn(null, 'mail')]).toEqual([false, false])
  expect(parses({ mail: { ...mail, isOff: false } }, 'a@example.org')).toBe(false)
})
