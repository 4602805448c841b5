import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createEgressPolicy } from '../../../electron/engine/net/egress-policy'
import { createGate, type PublicPlaces } from '../../../electron/engine/net/gate'
import { isPublicAddress } from '../../../electron/engine/net/public-address'
import { createPolicyFetch } from '../../../electron/engine/transport/fetch-policy'
import { type Place, realClock, recordingLog, refusal, testAuthority, tlsPlace } from './gate-places'

let authority: Awaited<ReturnType<typeof testAuthority>>
const places: Place[] = []
beforeAll(async () => {
  authority = await testAuthority()
})
afterAll(() => authority.remove())
afterEach(async () => {
  await Promise.all(places.splice(0).map(place => place.stop()))
})

const egress = createEgressPolicy({ accounts: () => [] })
const gateWith = (publicPlaces?: PublicPlaces) =>
  createGate({
    policy: { permits: () => true },
    pins: { isPinned: () => true, hasPin: () => false },
    clock: realClock,
    log: recordingLog(),
    ...(publicPlaces ? { publicPlaces } : {}),
  })
const options = { timeoutMs: 20_000, maxBytes: 1000, accept: 'text/plain' }

/** A server inside the own network; it answers with a redirect and counts who came. */
async function inside(location = '') {
  let visits = 0
  const place = await tlsPlace(await authority.options('server'), socket => {
    visits += 1
    socket.on('data', () =>
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
    )
  })
  places.push(place)
  return { port: place.port, visits: () => visits }
}

test('a recipient’s domain whose policy host lies in the network around this machine is not visited', async () => {
  const server = await inside()
  const gate = gateWith({ isPublicHost: () => true, isPublicAddress })
  const visit = gate.httpsGet(
    { accountId: null, purpose: 'dns', host: 'localhost', port: server.port, path: '/', publicOnly: true },
    options,
  )
  expect((await refusal(visit)).params).toMatchObject({ reason: 'private-address' })
  expect(server.visits()).toBe(0)
})

test('nor after a redirect', async () => {
  const hidden = await inside()
  const server = await inside(`https://10.0.0.7:${hidden.port}/`)
  const gate = gateWith({
    isPublicHost: host => host === 'localhost',
    isPublicAddress: address => address === '127.0.0.1' || address === '::1',
  })
  const visit = gate.httpsGet(
    { accountId: null, purpose: 'dns', host: 'localhost', port: server.port, path: '/', publicOnly: true },
    options,
  )
  expect((await refusal(visit)).params).toMatchObject({ reason: 'private-address', host: '10.0.0.7' })
  expect(server.visits()).toBe(1)
  expect(hidden.visits()).toBe(0)
})

test('the fetch of a policy is held to that: an address in the place of a domain is told as no policy', async () => {
  const gate = gateWith()
  const { policy, finding } = await createPolicyFetch({ gate, policy: egress })('home.lan', {
    accountId: null,
  })
  expect(policy).toBeNull()
  expect(finding).toContain('not-permitted')
  expect(gate.connections().at(-1)).toMatchObject({
    host: 'mta-sts.home.lan',
    way: 'refused',
    problem: 'private-address',
  })
})
