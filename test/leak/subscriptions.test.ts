import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestAuthority, readCertificate } from '../rig/certificates'
import { inLeakBox, whyNoLeakBox } from '../rig/leak-box'
import { commandLine, TestProfile } from '../support/command-line'
import { granted, startSocksServer } from '../wire/support/scripted-socks-server'

const why = whyNoLeakBox()
/** Where Tor is looked for on this machine. */
const torPorts = new Set([9050, 9150, 9051, 9151])

describe.skipIf(why !== null)(`a calendar that is subscribed to through Tor ${why ?? ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-leak-subscribe-'))
  let server: Server
  let port: number
  let ca: string
  const seen: string[] = []
  beforeAll(async () => {
    const authority = await createTestAuthority(folder)
    ca = readFileSync(authority.caFile, 'utf8')
    server = createServer(
      await readCertificate(await authority.certificate('server')),
      (request, response) => {
        seen.push(`${request.url} ${request.rawHeaders.join('|')}`)
        if (request.url?.startsWith('/moved')) {
          response.writeHead(302, { Location: 'https://elsewhere.rig.test/x.ics' })
          response.end()
          return
        }
        response.writeHead(200, { 'Content-Type': 'text/calendar' })
        const day = 'DTSTART;VALUE=DATE:20260310\r\nSUMMARY:Quiet\r\nATTACH:https://fetch.rig.test/x\r\n'
        response.end(
          `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n${day}END:VEVENT\r\nEND:VCALENDAR\r\n`,
        )
      },
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => {
    server?.closeAllConnections()
    server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('nothing but the port of Tor is touched: subscribing, asking again, a redirect, and Tor gone', async () => {
    const resolved = Uint8Array.of(5, 0, 0, 1, 192, 0, 2, 1, 0, 0)
    const refused = Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0)
    const tor = await startSocksServer({
      answer: ({ command, host }) =>
        command === 0xf0 ? resolved : host === 'club.rig.test' ? granted : refused,
      target: ({ port: asked }) => asked,
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
        .filter(({ address, port: each }) => !(/^(127\.|::1$)/.test(address) && torPorts.has(each)))
        .map(({ protocol, address, port: each }) => `${protocol} ${address} ${each}`)
    const asking = ['--tor', '--ca', profile.file('ca.pem', ca)]
    try {
      const made = await inLeakBox(
        calls([
          ['profile', 'create'],
          ['tor', 'set', '--mode', 'running'],
          ['calendar', 'subscribe', `webcal://club.rig.test:${port}/a.ics`, '--name', 'Club', ...asking],
          ['calendar', 'refresh', 'Club'],
          ['calendar', 'events', '--from', '2026-03-01', '--to', '2026-04-01'],
        ]),
        [{ inside: 9050, outside: tor.port }],
      )
      expect(made.output).not.toContain('# failed')
      expect(made.output).toContain('"title":"Quiet"')
      expect(outside(made.sent)).toEqual([])
      expect(seen).toHaveLength(2)
      expect(seen.join()).not.toMatch(/user-agent|cookie|authorization|referer|language/i)

      const moved = await inLeakBox(
        calls([['calendar', 'subscribe', `https://club.rig.test:${port}/moved.ics`, ...asking]]),
        [{ inside: 9050, outside: tor.port }],
      )
      expect(moved.output).toContain('subscription-moved')
      expect(outside(moved.sent)).toEqual([])

      // Without Tor it waits; nothing goes another way.
      const gone = await inLeakBox(calls([['calendar', 'refresh', 'Club']]), [])
      expect(gone.output).toContain('proxy-failed')
      expect(outside(gone.sent)).toEqual([])
    } finally {
      await tor.stop()
      await profile.remove()
    }
  })
})
