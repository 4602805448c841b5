import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  isFixedMeeting,
  meetingHost,
  meetingLink,
  meetingRoom,
  meetingRoomBytes,
  placeNamed,
} from '../../../../../shared/features/chat/meetings'

const zeros = new Uint8Array(meetingRoomBytes)

test('a room has 128 bits, in letters that nobody reads wrong, and no two are alike', () => {
  expect(meetingRoomBytes * 8).toBe(128)
  const rooms = Array.from({ length: 500 }, () => meetingRoom(randomBytes(meetingRoomBytes)))
  for (const room of rooms) expect(room).toMatch(/^[a-z2-7]{26}$/)
  expect(new Set(rooms).size).toBe(rooms.length)
  // RFC 4648 §10, in small letters and without padding.
  expect(meetingRoom(new TextEncoder().encode('foobar'))).toBe('mzxw6ytboi')
  expect(meetingRoom(new TextEncoder().encode('fooba'))).toBe('mzxw6ytb')
})

test('a link is made of an instance, of a template, or is the address that was given', () => {
  const room = meetingRoom(zeros)
  const link = (kind: 'jitsi' | 'opentalk' | 'bbb' | 'own', address: string) =>
    meetingLink({ kind, address }, zeros)
  expect(link('jitsi', 'https://meet.example.org/')).toBe(`https://meet.example.org/${room}`)
  expect(link('jitsi', 'https://meet.example.org/team/{room}')).toBe(`https://meet.example.org/team/${room}`)
  expect(link('own', ' https://x.example/{room}?a=1 ')).toBe(`https://x.example/${room}?a=1`)
  expect(link('opentalk', 'https://opentalk.example/room/1b2')).toBe('https://opentalk.example/room/1b2')
  for (const bad of [
    '',
    'meet.example.org',
    'http://meet.example.org',
    'https://',
    'https:///{room}',
    'javascript:alert(1)',
    'https://a:b@meet.example.org',
  ])
    expect([bad, link('jitsi', bad)]).toEqual([bad, null])
})

test('a place is named by a host or a template, and a title goes before the random words', () => {
  const room = meetingRoom(zeros)
  expect(meetingLink(placeNamed(undefined), zeros)).toBe(`https://meet.jit.si/${room}`)
  expect(meetingLink(placeNamed('meet.example.org/'), zeros)).toBe(`https://meet.example.org/${room}`)
  expect(meetingLink(placeNamed('https://x.example/{room}?a'), zeros)).toBe(`https://x.example/${room}?a`)
  expect(meetingLink(placeNamed('a.example'), zeros, ' Zwölf: /Uhr? ')).toBe(
    `https://a.example/Zwolf-Uhr-${room}`,
  )
  for (const bad of ['', 'http://a.example/{room}', 'a b'])
    expect([bad, meetingLink(placeNamed(bad), zeros)]).toEqual([bad, null])
})

test('an address without a random room is the same every time, and that is known', () => {
  expect(isFixedMeeting({ kind: 'bbb', address: 'https://bbb.example/b/abc-def-ghi' })).toBe(true)
  expect(isFixedMeeting({ kind: 'own', address: 'https://x.example/{room}' })).toBe(false)
  expect(isFixedMeeting({ kind: 'jitsi', address: 'https://meet.example.org' })).toBe(false)
})

test('links to meetings are recognised, and other links of the web are not', () => {
  const places = [{ kind: 'jitsi' as const, address: 'https://video.firma.example' }]
  const host = (link: string) => meetingHost(link, places)
  for (const link of [
    'https://video.firma.example/xyz',
    'https://meet.jit.si/SomeRoom',
    'https://meet.example.org/ab7k2mq4xw6t',
    'https://opentalk.example.org/room/2f1c9a7e-1111-2222-3333-444455556666',
    'https://bbb.uni.example/b/ann-4xk-9zq',
    'https://bbb.uni.example/rooms/ann-4xk-9zq-abc/join',
  ])
    expect([link, host(link)]).toEqual([link, URL.parse(link)?.host])
  for (const link of [
    'https://video.firma.example/',
    'https://example.org/room/123',
    'https://example.org/blog/how-to-meet',
    'http://meet.jit.si/SomeRoom',
    'https://meet.example.org/',
    'https://user@meet.jit.si/SomeRoom',
    'mailto:a@example.org',
  ])
    expect([link, host(link)]).toEqual([link, null])
})
