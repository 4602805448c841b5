import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DavServerOnDisk, startRadicale } from '../rig/dav-servers'
import { inLeakBox, whyNoLeakBox } from '../rig/leak-box'
import { commandLine, TestProfile } from '../support/command-line'
import { says, startRewritingDav } from '../wire/support/rewriting-dav'
import { granted, startSocksServer } from '../wire/support/scripted-socks-server'

const why = whyNoLeakBox()
/** Where Tor is looked for on this machine. */
const torPorts = new Set([9050, 9150, 9051, 9151])

describe.skipIf(why !== null)(`calendars and contacts of an account on Tor ${why ?? ''}`, () => {
  let server: DavServerOnDisk
  let between: Awaited<ReturnType<typeof startRewritingDav>>
  beforeAll(async () => {
    server = await startRadicale()
    between = await startRewritingDav(server)
    const answer = await between.pass({
      ...{ method: 'MKCALENDAR', path: '/alice%40rig.test/work/', body: Buffer.alloc(0) },
      headers: { authorization: `Basic ${Buffer.from('alice@rig.test:alice-pw').toString('base64')}` },
    })
    expect(answer.status).toBe(201)
  })
  afterAll(async () => {
    await between?.stop()
    await server?.stop()
  })

  test('nothing but the port of Tor is touched: finding, trying, both directions, strangers, and Tor gone', async () => {
    const resolved = Uint8Array.of(5, 0, 0, 1, 192, 0, 2, 1, 0, 0)
    const refused = Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0)
    const tor = await startSocksServer({
      answer: ({ command, host }) =>
        command === 0xf0 ? resolved : host === 'cloud.rig.test' ? granted : refused,
      target: ({ port }) => port,
    })
    const profile = new TestProfile()
    const calls = (list: readonly (readonly string[])[]) =>
      list.map(call => {
        const words = [process.execPath, commandLine, ...call, ...profile.common(), '--json']
        const name = call.slice(0, 2).join(' ')
        return `${words.map(word => `'${word}'`).join(' ')} && echo '# ok ${name}' || echo '# failed ${name}'`
      })
    const outside = (sent: readonly { protocol: string; address: string; port: number }[]) =>
      sent
        .filter(({ address, port }) => !(/^(127\.|::1$)/.test(address) && torPorts.has(port)))
        .map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)
    // Without a name of its own Radicale calls it by its path.
    const work = 'alice@rig.test/alice@rig.test/work'
    try {
      const made = await inLeakBox(
        calls([
          ['profile', 'create'],
          ['tor', 'on', '--mode', 'running'],
          ['tor', 'status'],
          [
            ...['account', 'add-dav', '--url', `https://cloud.rig.test:${between.port}/`],
            ...['--user', 'alice@rig.test', '--tor'],
            ...['--password-file', profile.file('password', 'alice-pw\n')],
            ...['--ca', profile.file('ca.pem', between.ca)],
          ],
          ['account', 'service', 'test', '--account', 'alice@rig.test', '--kind', 'dav'],
          ['calendar', 'sync'],
          [
            ...['calendar', 'add', '--calendar', work, '--title', 'quiet', '--start', '2026-03-10T09:00'],
            ...['--duration', 'PT1H', '--zone', 'UTC'],
          ],
          ['calendar', 'sync'],
        ]),
        [{ inside: 9050, outside: tor.port }],
      )
      expect(made.output).not.toContain('# failed')
      expect(made.output).toContain('"sent":1')
      expect(outside(made.sent)).toEqual([])

      // Found in the order of RFC 6764, which begins with names: by Tor or not at all.
      const found = await inLeakBox(calls([['account', 'discover-dav', 'dora@nowhere.example', '--tor']]), [
        { inside: 9050, outside: tor.port },
      ])
      expect(outside(found.sent)).toEqual([])

      // A server that leads elsewhere: by name and by address.
      for (const place of ['https://evil.example/', 'https://192.0.2.9/']) {
        between.rewrite({ request: () => says(308, '', { Location: place }) })
        const led = await inLeakBox(calls([['calendar', 'sync']]), [{ inside: 9050, outside: tor.port }])
        expect(led.output).toContain('# failed calendar sync')
        expect(outside(led.sent)).toEqual([])
      }
      between.rewrite()
      const hosts = new Set(tor.asked.map(({ host }) => host))
      expect([...hosts]).toContain('cloud.rig.test')
      for (const host of ['evil.example', '192.0.2.9']) expect([...hosts]).not.toContain(host)
      expect(tor.asked.every(({ addressType }) => addressType === 3)).toBe(true)

      const gone = await inLeakBox(calls([['calendar', 'sync']]), [])
      expect(gone.output).toContain('# failed calendar sync')
      expect(gone.output).toContain('proxy-failed')
      expect(outside(gone.sent)).toEqual([])
    } finally {
      await tor.stop()
      await profile.remove()
    }
  })
})
