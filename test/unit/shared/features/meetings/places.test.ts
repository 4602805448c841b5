import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  isFixedMeeting,
  type MeetingPlace,
  meetingHost,
  meetingHostTyped,
  meetingLink,
  meetingPlacesOf,
  meetingRoom,
  meetingRoomBytes,
  placeNamed,
} from '../../../../../shared/features/meetings/places'

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

test('a provider is named by its number, host or address, or by a place that is set up nowhere', () => {
  const jitsi: MeetingPlace = { kind: 'jitsi', address: 'https://meet.example.org', hosts: [] }
  const talk: MeetingPlace = {
    kind: 'opentalk',
    address: 'https://talk.example/room/1b2',
    hosts: ['a.example'],
  }
  const places = [jitsi, talk]
  for (const name of ['2', 'talk.example', 'https://talk.example/room/1b2'])
    expect([name, placeNamed(name, places)]).toEqual([name, talk])
  expect(placeNamed(undefined, places)).toBe(jitsi)
  // Nobody is taken without a word, least of all a public instance.
  expect(placeNamed(undefined, [])).toBe(null)
  const room = meetingRoom(zeros)
  const link = (name: string, title?: string) => {
    const place = placeNamed(name, places)
    return place === null ? null : meetingLink(place, zeros, title)
  }
  expect(link('other.example.org/')).toBe(`https://other.example.org/${room}`)
  expect(link('https://x.example/{room}?a')).toBe(`https://x.example/${room}?a`)
  expect(link('1', ' Zwölf: /Uhr? ')).toBe(`https://meet.example.org/Zwolf-Uhr-${room}`)
  for (const bad of ['', 'http://a.example/{room}', 'a b']) expect([bad, link(bad)]).toEqual([bad, null])
})

test('further hosts are taken as hosts with a port, and as nothing else', () => {
  expect(meetingHostTyped(' Turn.Example.org:443 ')).toBe('turn.example.org')
  expect(meetingHostTyped('turn.example.org:3478')).toBe('turn.example.org:3478')
  expect(meetingHostTyped('[2001:db8::1]:5349')).toBe('[2001:db8::1]:5349')
  for (const bad of [
    '',
    'https://a.example',
    'a.example/x',
    'u@a.example',
    'a b',
    'a.example?x',
    '*.a example',
  ])
    expect([bad, meetingHostTyped(bad)]).toEqual([bad, null])
})

test('what a link leads to is its host, and the further hosts of the place that was set up with it', () => {
  const places: MeetingPlace[] = [
    { kind: 'opentalk', address: 'https://talk.example/room/1', hosts: ['rtc.example', 'turn.example:3478'] },
    { kind: 'jitsi', address: 'https://talk.example:8443', hosts: ['other.example'] },
  ]
  expect(meetingPlacesOf('https://TALK.example/room/2#a', places)).toEqual({
    url: 'https://talk.example/room/2#a',
    host: 'talk.example',
    hosts: ['rtc.example', 'turn.example:3478'],
    isOwn: true,
  })
  expect(meetingPlacesOf('https://evil.example/talk.example', places)).toMatchObject({
    hosts: [],
    isOwn: false,
  })
  for (const bad of [
    '',
    'http://talk.example/x',
    'https://a@talk.example/x',
    'javascript:1',
    'wss://talk.example/',
  ])
    expect([bad, meetingPlacesOf(bad, places)]).toEqual([bad, null])
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
