import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { childOf, type Element, el, textOf } from '../../../electron/engine/ports/chat/element'
import { serialize } from '../../../electron/engine/ports/chat/serialize'
import type { XmppService } from '../../../shared/features/accounts/model'
import type { AccountId } from '../../../shared/kit/ids'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { openChatProfile } from '../../support/chat-account'
import { until } from '../../support/until'
import { testGate } from '../../wire/gate/gate-places'

const client = 'jabber:client'
const message = (to: string, id: string, text: string): Uint8Array =>
  Buffer.from(serialize(el('message', client, { to, type: 'chat', id }, el('body', client, {}, text))))
const bodies = (stanzas: readonly Element[]) =>
  stanzas.flatMap(each => (childOf(each, 'body', client) ? [textOf(childOf(each, 'body', client))] : []))

type Open = ReturnType<typeof openChatProfile>
const open: Open[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
const profile = (...given: Parameters<typeof openChatProfile> | []): Open => {
  const [gate = testGate().gate, options] = given
  const made = openChatProfile(gate, options)
  open.push(made)
  return made
}
const serviceAt = (
  server: ProsodyServer,
  security: 'tls' | 'starttls' = 'tls',
  name = 'alice',
): XmppService => ({
  userName: `${name}@rig.test`,
  caPem: server.ca,
  server: { host: 'localhost', port: security === 'tls' ? server.tlsPort : server.starttlsPort, security },
})
const isOnline = (here: Open, id: AccountId) => () => here.control.session(id)?.state().kind === 'online'

describe.each(['tlsv1_2', 'tlsv1_3'] as const)('Prosody over %s', tls => {
  let server: ProsodyServer
  beforeAll(async () => {
    server = await startProsody({ tls })
  })
  afterAll(() => server.stop())

  test.each(['tls', 'starttls'] as const)('signs in with %s, proved from both sides', async security => {
    const here = profile()
    const id = here.add(serviceAt(server, security), 'alice-pw')
    const report = await here.control.test(id)
    expect(report.tls.version).toBe(tls === 'tlsv1_2' ? 'TLSv1.2' : 'TLSv1.3')
    expect(report.canResume).toBe(true)
    expect(report.jid).toMatch(/^alice@rig\.test\/[A-Za-z0-9_-]{12}$/)
    // The server's word for it, not ours.
    const [mechanism] = [...server.log().matchAll(/mechanism\W+(SCRAM[A-Z0-9-]+)/g)].map(each => each[1])
    if (mechanism !== undefined && tls === 'tlsv1_2') expect(mechanism).toContain('PLUS')
  })

  test('a wrong password is refused, and said so', async () => {
    const here = profile()
    const id = here.add(serviceAt(server), 'bob-pw')
    await expect(here.control.test(id)).rejects.toMatchObject({ code: 'login-refused' })
  })
})

describe('Prosody with fewer ways to sign in', () => {
  test.each([
    ['SCRAM-SHA-1 alone', { without: ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS', 'PLAIN'] }, 'ok'],
    // It takes no login that could have been bound, as if somebody had taken the bindings out of its offer.
    [
      'bindings it has and does not name',
      { without: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS'] },
      'login-downgraded',
    ],
    [
      'PLAIN alone',
      { without: ['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'] },
      'login-unsupported',
    ],
  ] as const)('%s', async (_name, options, outcome) => {
    const server = await startProsody({ tls: 'tlsv1_2', ...options })
    try {
      const here = profile()
      const id = here.add(serviceAt(server), 'alice-pw')
      if (outcome === 'ok') await here.control.test(id)
      else {
        await expect(here.control.test(id)).rejects.toMatchObject({ code: outcome })
        if (outcome !== 'login-unsupported') return
        const plain = profile()
        const allowed = plain.add({ ...serviceAt(server), allowsPlain: true }, 'alice-pw')
        await plain.control.test(allowed)
      }
    } finally {
      await server.stop()
    }
  })

  test('a server without STARTTLS hears nothing of who we are', async () => {
    const server = await startProsody({ hasTls: false })
    try {
      const here = profile()
      const id = here.add(serviceAt(server, 'starttls'), 'alice-pw')
      await expect(here.control.test(id)).rejects.toMatchObject({ code: 'starttls-missing' })
      expect(server.log()).not.toContain('alice')
    } finally {
      await server.stop()
    }
  })

  test.each(['expired', 'wronghost', 'selfsigned'] as const)(
    'a certificate that is %s is refused',
    async certificate => {
      const server = await startProsody({ certificate })
      try {
        const here = profile()
        for (const security of ['tls', 'starttls'] as const) {
          const id = here.add(
            { ...serviceAt(server, security), userName: `${security}@rig.test` },
            'alice-pw',
          )
          await expect(here.control.test(id)).rejects.toMatchObject({ code: 'certificate-refused' })
        }
        expect(server.log()).not.toContain('Authenticated')
      } finally {
        await server.stop()
      }
    },
  )
})

describe('a stream over cuts', () => {
  let server: ProsodyServer
  beforeAll(async () => {
    server = await startProsody()
  })
  afterAll(() => server.stop())

  test('both sides find the stream again after a cut, and nothing is lost or doubled', async () => {
    const [alices, bobs] = [testGate(), testGate()]
    const alice = profile(alices.gate)
    const bob = profile(bobs.gate)
    const [aliceId, bobId] = [
      alice.add(serviceAt(server), 'alice-pw'),
      bob.add(serviceAt(server, 'starttls', 'bob'), 'bob-pw'),
    ]
    alice.control.start(aliceId)
    bob.control.start(bobId)
    await until(isOnline(alice, aliceId), 'alice is there')
    await until(isOnline(bob, bobId), 'bob is there')
    alice.control.session(aliceId)?.tell(el('presence', client))
    bob.control.session(bobId)?.tell(el('presence', client))
    const said: string[] = []
    for (let round = 0; round < 4; round++) {
      const id = `m${round}`
      said.push(id)
      await until(
        () => alice.control.session(aliceId)?.send(message('bob@rig.test', id, id), { id }) === true,
        'sent',
      )
      // In the middle of it, at one end or both.
      if (round % 2 === 0) alices.gate.closeAll(null)
      if (round > 0) bobs.gate.closeAll(null)
      alice.control.wake()
      bob.control.wake()
      await until(() => bodies(bob.heard.stanzas).includes(id), `bob has ${id}`)
      await until(() => alice.heard.acked.includes(id), `the server has ${id}`)
    }
    expect(bodies(bob.heard.stanzas)).toEqual(said)
    expect(alice.heard.acked).toEqual(said)
    expect(alice.heard.unsent).toEqual([])
    expect(alice.heard.bounds.slice(1).every(({ resumed }) => resumed)).toBe(true)
    expect(alice.heard.bounds.length).toBeGreaterThan(1)
    expect(alice.store.streams.unacked(aliceId)).toEqual([])
  })

  test('what was not handled comes again after a kill, on the same stream', async () => {
    const bob = profile()
    const bobId = bob.add(serviceAt(server, 'tls', 'bob'), 'bob-pw')
    bob.control.start(bobId)
    await until(isOnline(bob, bobId), 'bob is there')
    bob.control.session(bobId)?.tell(el('presence', client))
    // One that is killed while it takes in a message, before it stored anything of it.
    const gate = testGate()
    let isKilled = false
    const first = openChatProfile(gate.gate, {
      directory: bob.directory.replace(/$/, '-alice'),
      handler: {
        stanza: (_session, stanza) => {
          if (bodies([stanza]).includes('in the middle')) {
            isKilled = true
            return new Promise(() => undefined)
          }
          return Promise.resolve()
        },
      },
    })
    const aliceId = first.add(serviceAt(server), 'alice-pw')
    first.control.start(aliceId)
    await until(isOnline(first, aliceId), 'alice is there')
    first.control.session(aliceId)?.tell(el('presence', client))
    const was = first.control.session(aliceId)?.bound()?.jid ?? ''
    await until(
      () => bob.control.session(bobId)?.send(message(was, 'k1', 'in the middle'), { id: 'k1' }) === true,
      'sent',
    )
    await until(() => isKilled, 'alice was killed in it')
    gate.gate.setOffline(true)
    gate.gate.closeAll(null)
    await first.control.close()
    first.store.close()

    const again = openChatProfile(testGate().gate, { directory: first.directory, key: first.key })
    open.push(again)
    again.control.start(aliceId)
    await until(() => bodies(again.heard.stanzas).includes('in the middle'), 'it comes again')
    expect(again.heard.bounds[0]).toMatchObject({ resumed: true, jid: was })
  })

  test('a stream that the server forgot is told as such, and what was not acknowledged is given back', async () => {
    const gate = testGate()
    const alice = profile(gate.gate)
    const id = alice.add(serviceAt(server), 'alice-pw')
    alice.control.start(id)
    await until(isOnline(alice, id), 'alice is there')
    // Written into the queue and not on the wire any more, as a cut does it.
    gate.gate.setOffline(true)
    gate.gate.closeAll(null)
    const queue = (name: string, counter: number) =>
      alice.store.streams.push(id, { id: name, counter, stanza: message('bob@rig.test', name, name) })
    queue('had', 1)
    queue('lost', 150)
    await server.restart()
    gate.gate.setOffline(false)
    alice.control.wake()
    await until(() => alice.heard.bounds.length === 2 && isOnline(alice, id)(), 'alice is back')
    expect(alice.heard.bounds[1]?.resumed).toBe(false)
    // Prosody remembers how far it had come, over its own end.
    expect(alice.heard.acked).toEqual(['had'])
    expect(alice.heard.unsent).toEqual(['lost'])
    expect(alice.store.streams.unacked(id)).toEqual([])
  })

  test('an account that is switched off or stopped says goodbye, and the server knows it', async () => {
    const alice = profile()
    const id = alice.add(serviceAt(server), 'alice-pw')
    alice.control.start(id)
    await until(isOnline(alice, id), 'alice is there')
    const jid = alice.control.session(id)?.bound()?.jid ?? ''
    await alice.control.stop(id)
    const [, resource = ''] = jid.split('/')
    await until(
      () => /Client disconnected: connection closed|stream closed/i.test(server.log()),
      `${resource} has left`,
    )
  })

  test('what the server and the account are able to do is known when the stream is told', async () => {
    const alice = profile()
    const id = alice.add(serviceAt(server), 'alice-pw')
    const found = await alice.control.withSession(id, async session => {
      const answer = await session.iq(el('query', 'jabber:iq:roster'))
      const error = await session
        .iq(el('query', 'urn:nobody:knows'), { to: 'rig.test' })
        .catch((thrown: unknown) => thrown)
      return { answer, error, bound: session.bound() }
    })
    expect(found.bound?.features.account.has('urn:xmpp:mam:2')).toBe(true)
    expect(found.bound?.features.server.has('urn:xmpp:carbons:2')).toBe(true)
    expect(childOf(found.answer, 'query', 'jabber:iq:roster')?.children).toHaveLength(1)
    expect(found.error).toMatchObject({
      code: 'server-refused',
      params: { serverCode: 'service-unavailable' },
    })
  })
})
