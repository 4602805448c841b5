import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createMeetingDoors } from '../../../electron/engine/net/meeting-doors'
import type { GateRequest } from '../../../electron/engine/ports/net/gate'
import type { MeetingDoor } from '../../../electron/engine/ports/net/meeting-doors'
import { SiegelError } from '../../../shared/kit/result'
import { clearPlace, type Place, recordingLog, testGate } from './gate-places'

/** Says back what it hears. */
let host: Place
let stranger: Place
let strangers = 0
beforeAll(async () => {
  host = await clearPlace(socket => socket.pipe(socket))
  stranger = await clearPlace(() => {
    strangers += 1
  })
})
afterAll(async () => {
  doors.closeAll()
  await Promise.all([host?.stop(), stranger?.stop()])
})

const log = recordingLog()
/** As the engine has it: what doors lead to is permitted while they are open, and nothing else. */
const { gate } = testGate(request =>
  doors.permitted().some(each => each.host === request.host && each.port === request.port),
)
const doors = createMeetingDoors({ gate: () => gate, random: { bytes: randomBytes } as never, log })
let isHidden = false
let door: MeetingDoor
beforeEach(async () => {
  doors.closeAll()
  isHidden = false
  strangers = 0
  const place: GateRequest = { accountId: null, purpose: 'meeting', host: 'localhost', port: host.port }
  door = await doors.open({
    places: [place],
    check: () => {
      if (isHidden) throw new SiegelError('meeting-hidden', { name: 'localhost' })
    },
  })
})

const login = ({ user, password }: Pick<MeetingDoor, 'user' | 'password'>): string =>
  `Proxy-Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}\r\n`

/** Says something at the door, and answers what comes back until the line ends or `enough` has come. */
const say = (text: string, enough?: RegExp): Promise<{ text: string; socket: Socket }> =>
  new Promise((resolve, reject) => {
    const socket = connect(door.port, '127.0.0.1', () => socket.write(text))
    let heard = ''
    socket.on('data', piece => {
      heard += String(piece)
      if (enough?.test(heard)) resolve({ text: heard, socket })
    })
    socket.on('close', () => resolve({ text: heard, socket }))
    socket.on('error', reject)
  })
const ask = (
  target: string,
  who: Pick<MeetingDoor, 'user' | 'password'> = door,
  rest = '',
  enough?: RegExp,
) => say(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${login(who)}\r\n${rest}`, enough)
const status = ({ text }: { text: string }): string => text.split('\r\n')[0] ?? ''

test('a browser that knows the door speaks to the meeting through it, from its first byte on', async () => {
  const { text, socket } = await ask(`localhost:${host.port}`, door, 'first', /first/)
  expect(text).toMatch(/^HTTP\/1\.1 200 [^\r]*\r\n\r\nfirst$/)
  expect(gate.connections().at(-1)).toMatchObject({ purpose: 'meeting', host: 'localhost', state: 'open' })
  doors.close(door.id)
  await new Promise(resolve => socket.once('close', resolve))
  expect(doors.permitted()).toEqual([])
  await expect(say('x')).rejects.toThrow(/ECONNREFUSED/)
})

test.each([
  ['nobody', ''],
  ['another password', login({ user: 'a', password: 'b' })],
  ['half a header', 'Proxy-Authorization: Basic\r\n'],
])('%s is not let through', async (_who, header) => {
  const target = `localhost:${host.port}`
  const heard = await say(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${header}\r\n`)
  expect(status(heard)).toBe('HTTP/1.1 407 Proxy Authentication Required')
})

test.each([
  ['another port of it', () => `localhost:${stranger.port}`],
  ['its address', () => `127.0.0.1:${host.port}`],
  ['another host', () => `127.0.0.1:${stranger.port}`],
  ['an address in brackets', () => `[::1]:${host.port}`],
  ['a name that ends as it does', () => `not-localhost:${host.port}`],
  ['no port', () => 'localhost'],
  ['a user before it', () => `a@localhost:${host.port}`],
  ['two ports', () => `localhost:${host.port}:${host.port}`],
  ['a path', () => `localhost/:${host.port}`],
])('%s is refused and listed', async (_what, target) => {
  const before = gate.connections().length
  expect(status(await ask(target()))).toBe('HTTP/1.1 403 Refused')
  expect(gate.connections().slice(before)).toMatchObject([{ purpose: 'meeting', state: 'refused' }])
  expect(strangers).toBe(0)
})

test.each(['GET', 'POST', 'OPTIONS'])('%s in clear goes nowhere', async method => {
  const heard = await say(
    `${method} http://localhost:${stranger.port}/ HTTP/1.1\r\nHost: localhost\r\n${login(door)}Content-Length: 0\r\n\r\n`,
  )
  expect(status(heard)).toBe('HTTP/1.1 403 Forbidden')
  expect(strangers).toBe(0)
})

test('what began to go through Tor gets no connection more', async () => {
  isHidden = true
  const before = gate.connections().length
  expect(status(await ask(`localhost:${host.port}`))).toBe('HTTP/1.1 502 Refused')
  expect(gate.connections()).toHaveLength(before)
})

test('there are only as many doors as windows that somebody looks at', async () => {
  const request = { places: [], check: () => undefined }
  for (const _ of [2, 3, 4]) await doors.open(request)
  await expect(doors.open(request)).rejects.toMatchObject({ code: 'conflict' })
})
