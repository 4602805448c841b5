import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { el } from '../../../electron/engine/ports/chat/element'
import { serialize } from '../../../electron/engine/ports/chat/serialize'
import type { XmppService } from '../../../shared/features/accounts/model'
import type { AccountId } from '../../../shared/kit/ids'
import { createTestAuthority, readCertificate } from '../../rig/certificates'
import { openChatProfile } from '../../support/chat-account'
import { turnsOfTheLoop, until } from '../../support/until'
import { testGate } from '../gate/gate-places'
import { type ScriptedXmppServer, startScriptedXmppServer } from '../support/scripted-xmpp-server'
import type { ServerScript } from '../support/xmpp-server-side'

let files: { cert: string; key: string }
let caPem: string
const folder = mkdtempSync(join(tmpdir(), 'siegel-xmpp-'))
beforeAll(async () => {
  const authority = await createTestAuthority(folder)
  files = await readCertificate(await authority.certificate('server'))
  caPem = (await readCertificate({ certificate: authority.caFile, key: authority.caFile })).cert
})
afterAll(() => rmSync(folder, { recursive: true }))

const open: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.stop()
})

const sasl2: ServerScript = {
  ...{ profile: 'sasl2', mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'] },
  ...{ bindingTypes: ['tls-exporter'], hash: true, hasFast: true },
}

async function here(
  script: ServerScript & { tls?: 'TLSv1.2' | 'TLSv1.3' } = {},
  more: Partial<XmppService> = {},
) {
  const server: ScriptedXmppServer = await startScriptedXmppServer(files, script)
  open.push(server)
  const gate = testGate()
  const profile = openChatProfile(gate.gate)
  open.push({ stop: profile.close })
  const security = script.isClear ? 'starttls' : 'tls'
  const id: AccountId = profile.add(
    {
      userName: 'alice@rig.test',
      caPem,
      server: { host: 'localhost', port: server.port, security },
      ...more,
    },
    'alice-pw',
  )
  const session = () => {
    const found = profile.control.session(id)
    if (!found) throw new Error('no session')
    return found
  }
  return {
    ...{ server, gate, profile, id, session },
    online: async () => {
      profile.control.start(id)
      await until(() => session().state().kind === 'online', 'online')
    },
  }
}
const message = (id: string) =>
  Buffer.from(
    serialize(
      el('message', 'jabber:client', { to: 'bob@rig.test', id }, el('body', 'jabber:client', {}, id)),
    ),
  )

describe('a login over real TLS', () => {
  test.each([
    ['SASL2 bound by the exporter, on TLS 1.3', { ...sasl2, tls: 'TLSv1.3' }],
    [
      'SASL bound by tls-unique, on TLS 1.2',
      { mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1'], tls: 'TLSv1.2' },
    ],
    ['STARTTLS first', { isClear: true }],
  ] as const)('%s', async (_name, script) => {
    const { online, session, server } = await here(script)
    await online()
    expect(session().bound()?.jid).toBe('alice@rig.test/x1')
    expect(server.connections()).toBe(1)
  })

  test('a token signs in after the first time, and the same UUID is told to that server alone', async () => {
    const { online, session, server, profile, id } = await here(sasl2)
    await online()
    expect(profile.store.streams.token(id)).toMatchObject({ mechanism: 'HT-SHA-256-EXPR', count: 1 })
    server.peers.at(-1)?.cut()
    profile.control.wake()
    await until(() => session().bound()?.resumed === true, 'resumed')
    expect(profile.store.streams.token(id)).toMatchObject({ count: 2 })
    expect(new Set(server.memory.userAgents).size).toBe(1)
    expect(server.memory.userAgents[0]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    const other = await here(sasl2)
    await other.online()
    expect(other.server.memory.userAgents[0]).not.toBe(server.memory.userAgents[0])
  })

  test('SCRAM that was there once and is gone: nothing is sent, and the person is asked', async () => {
    const { online, session, server, profile } = await here({}, { allowsPlain: true })
    await online()
    const before = server.memory.heard.length
    server.script({ mechanisms: ['PLAIN'] })
    server.peers.at(-1)?.cut()
    profile.control.wake()
    await until(() => session().state().kind === 'refused', 'refused')
    expect(session().state()).toMatchObject({ problem: { code: 'login-downgraded' } })
    expect(server.memory.heard.slice(before)).not.toContain('auth')
  })
})

describe('whether somebody can see the window (XEP-0352)', () => {
  const told = ({ memory }: ScriptedXmppServer) =>
    memory.heard.filter(name => name === 'active' || name === 'inactive')

  test('is told once a change, and on the streams to come', async () => {
    const { online, session, server, profile } = await here({
      alter: (stage, usual) =>
        stage === 'second-features'
          ? usual.replace('</stream:features>', "<csi xmlns='urn:xmpp:csi:0'/></stream:features>")
          : usual,
    })
    await online()
    profile.control.setActive(false)
    profile.control.setActive(false)
    await until(() => told(server).length === 1, 'told')
    server.peers.at(-1)?.cut()
    profile.control.wake()
    await until(() => session().bound() !== null && told(server).length === 2, 'told again')
    profile.control.setActive(true)
    await until(() => told(server).length === 3, 'told of the change')
    expect(told(server)).toEqual(['inactive', 'inactive', 'active'])
  })

  test('is not told to a server that does not want to know', async () => {
    const { online, server, profile, session } = await here()
    await online()
    profile.control.setActive(false)
    await session()
      .iq(el('ping', 'urn:xmpp:ping'))
      .catch(() => undefined)
    expect(told(server)).toEqual([])
  })
})

describe('a stream that is hostile', () => {
  test.each([
    ['an entity', '<message>&lol;</message>'],
    ['a comment', '<!-- x -->'],
    ['a document type', '<!DOCTYPE x>'],
    ['65 levels', `<message>${'<a>'.repeat(70)}`],
    ['a megabyte', `<message><body>${'x'.repeat(1_100_000)}</body></message>`],
    ['bytes that are no text', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe])],
    ['acknowledgements of what was never sent', "<a xmlns='urn:xmpp:sm:3' h='4000000'/>"],
    ['text between stanzas', 'hello<message/>'],
  ])('%s ends it, and the next one is another', async (_name, text) => {
    const { online, session, server, profile } = await here()
    await online()
    server.peers.at(-1)?.write(text)
    await until(() => session().bound() === null, 'ended')
    profile.control.wake()
    await until(() => session().state().kind === 'online' && server.connections() > 1, 'there again')
  })

  test('sends nobody to this machine', async () => {
    const lure = await startScriptedXmppServer(files)
    open.push(lure)
    const away = `<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:${lure.port}</see-other-host></stream:error>`
    const { profile, id, gate } = await here({
      alter: (stage, usual) => (stage === 'second-features' ? away : usual),
    })
    await expect(profile.control.test(id)).rejects.toMatchObject({ code: expect.stringMatching(/./) })
    expect(lure.connections()).toBe(0)
    expect(gate.log.lines.join('\n')).toContain('private-address')
  })

  test('a flood of presence and questions is taken in at its own pace, and not answered with a flood', async () => {
    const { online, server, profile } = await here()
    await online()
    const peer = server.peers.at(-1)
    for (let at = 0; at < 3_000; at++) peer?.push(`<presence from='x${at}@rig.test/a'/>`)
    const before = server.memory.heard.filter(name => name.startsWith('iq:')).length
    for (let at = 0; at < 500; at++)
      peer?.push(`<iq type='get' from='eve@rig.test/x' id='q${at}'><query xmlns='jabber:iq:version'/></iq>`)
    peer?.push("<message from='bob@rig.test'><body>last</body></message>")
    await until(() => profile.heard.stanzas.at(-1)?.name === 'message', 'all of it')
    expect(profile.heard.stanzas).toHaveLength(3_001)
    peer?.write("<r xmlns='urn:xmpp:sm:3'/>")
    await until(() => (server.memory.streams.get('stream-1')?.acked ?? 0) >= 3_501, 'all is acknowledged')
    const answers = server.memory.heard.filter(name => name.startsWith('iq:')).length - before
    expect(answers).toBeGreaterThan(0)
    expect(answers).toBeLessThanOrEqual(60)
  })

  test('an answer of somebody else is none', async () => {
    const { online, server, session } = await here({
      alter: (stage, usual, asked) =>
        stage === 'answer' && asked?.attributes.get('to') === 'peer@rig.test/a'
          ? usual.replace('peer@rig.test/a', 'eve@rig.test/a')
          : usual,
    })
    await online()
    const asked = session().iq(el('query', 'urn:x'), { to: 'peer@rig.test/a' })
    await until(() => server.memory.heard.includes('iq:query'), 'asked')
    await turnsOfTheLoop()
    server.peers.at(-1)?.cut()
    await expect(asked).rejects.toMatchObject({ code: 'connection-lost' })
  })
})

describe('messages over cuts', () => {
  test('each is at the server once, whichever acknowledgements were lost', async () => {
    const { online, server, session, profile } = await here({
      // It takes stanzas and never says so, until it is asked on the next stream.
      alter: (stage, usual) => (stage === 'ack' ? null : usual),
    })
    await online()
    for (const id of ['a', 'b', 'c']) expect(session().send(message(id), { id })).toBe(true)
    expect(session().send(message('c'), { id: 'c' })).toBe(true)
    await until(() => server.memory.messages.length === 3, 'they are there')
    expect(session().unacked()).toEqual(['a', 'b', 'c'])
    server.script({})
    server.peers.at(-1)?.cut()
    profile.control.wake()
    await until(() => profile.heard.acked.length === 3, 'told')
    expect(profile.heard.acked).toEqual(['a', 'b', 'c'])
    expect(server.memory.messages).toEqual(['a', 'b', 'c'])
    expect(profile.heard.bounds.at(-1)?.resumed).toBe(true)
  })

  test('whoever leaves says what it has and goodbye', async () => {
    const { online, server, profile, id } = await here()
    await online()
    server.peers.at(-1)?.push("<message from='bob@rig.test'><body>hi</body></message>")
    await until(() => profile.heard.stanzas.length === 1, 'it is here')
    await profile.control.stop(id)
    await until(() => server.memory.heard.includes('end'), 'goodbye')
    expect(server.memory.heard.slice(-2)).toEqual(['a', 'end'])
    expect(server.memory.streams.get('stream-1')?.acked).toBe(
      server.memory.streams.get('stream-1')?.out.length,
    )
  })

  test('a server without stream management is asked in its own words', async () => {
    const { online, server, session, profile } = await here({ hasManagement: false })
    await online()
    session().send(message('a'), { id: 'a' })
    await until(() => profile.heard.acked.includes('a'), 'told')
    expect(server.memory.messages).toEqual(['a'])
  })

  test('what the server would end the stream for is not sent', async () => {
    const { online, session } = await here()
    await online()
    const large = Buffer.concat([message('a'), Buffer.alloc(300_000, 0x20)])
    expect(() => session().send(large, { id: 'a' })).toThrowError(
      expect.objectContaining({ code: 'too-large' }),
    )
    expect(session().unacked()).toEqual([])
  })

  test('thrown out twice by another connection of the account, it says so and waits for the person', async () => {
    const { online, server, session, profile } = await here()
    await online()
    const conflict = "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
    server.peers.at(-1)?.write(conflict)
    await until(() => session().state().kind === 'waiting', 'waits')
    profile.control.syncNow(null)
    await until(() => session().state().kind === 'online', 'there again')
    server.peers.at(-1)?.write(conflict)
    await until(() => session().state().kind === 'refused', 'refused')
    expect(session().state()).toMatchObject({ problem: { code: 'chat-elsewhere' } })
  })
})
