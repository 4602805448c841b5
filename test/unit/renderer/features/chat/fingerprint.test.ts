import { expect, test } from 'vitest'
import {
  deviceCode,
  groupsOfEight,
  readDeviceCode,
} from '../../../../../renderer/features/chat/devices/fingerprint'

const key = '0123456789abcdef'.repeat(4)
const other = 'f'.repeat(64)

test('a fingerprint is eight groups of eight', () => {
  expect(groupsOfEight(key)).toHaveLength(8)
  expect(groupsOfEight(key).join('')).toBe(key)
})

test('a code is read as each program writes it, and its own form is read back', () => {
  const devices = [
    { deviceId: 7, fingerprint: key },
    { deviceId: 2_147_483_647, fingerprint: other },
  ]
  const wanted = { address: 'eva@example.net', devices }
  expect(readDeviceCode(deviceCode('eva@example.net', devices))).toEqual(wanted)
  for (const text of [
    `xmpp:eva@example.net?omemo-sid-7=${key}&omemo-sid-2147483647=${other}`,
    `XMPP:Eva@Example.net?message;omemo-sid-7=${key.toUpperCase()};omemo-sid-2147483647=${other}`,
    ` xmpp:eva%40example.net?omemo-sid-7=${key};omemo-sid-2147483647=${other}\n`,
  ])
    expect(readDeviceCode(text)).toEqual(wanted)
})

test('what is no code, or names no whole key, is none', () => {
  for (const text of [
    '',
    key,
    'xmpp:eva@example.net',
    'xmpp:eva@example.net?message',
    `xmpp:eva@example.net?omemo-sid-7=${key.slice(1)}`,
    `xmpp:eva@example.net?omemo-sid-x=${key}`,
    `xmpp:%ff?omemo-sid-7=${key}`,
    `https://example.net/?omemo-sid-7=${key}`,
  ])
    expect(readDeviceCode(text)).toBeNull()
})
