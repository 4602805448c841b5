import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DesktopSession, startDesktopSession } from '../e2e/support/desktop-session'
import { electronForTests } from '../support/electron'

/** Packets show what left; this shows what was only tried: a socket that is connected to an address tells the kernel of it. */
const strace = ['/usr/bin/strace', '/bin/strace'].find(existsSync)
const why = strace ? null : '(skipped: needs strace)'

let desktop: DesktopSession
beforeAll(async () => {
  if (!strace) return
  desktop = await startDesktopSession({ keyring: 'absent', screen: true })
})
afterAll(() => desktop?.stop())

/** Every address of a call, with the line that names it. Addresses are written by strace as inet_addr or inet_pton. */
function calledAddresses(lines: string): { address: string; line: string }[] {
  return lines.split('\n').flatMap(line => {
    const [, four, six] = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line) ?? []
    const address = four ?? six
    return address === undefined ? [] : [{ address, line }]
  })
}
const isLoopback = (address: string) => /^(127\.|::1$|0\.0\.0\.0$|::$|::ffff:127\.)/.test(address)

test.skipIf(why !== null)(
  `no process connects a socket to any place outside this machine ${why ?? ''}`,
  async () => {
    const { executablePath, args } = await electronForTests()
    const trace = join(desktop.directory, 'system-calls')
    const profile = mkdtempSync(join(desktop.directory, 'profile-'))
    // Chromium's zygote does not take being traced; without it the same processes are started one by one.
    const child = spawn(
      strace ?? '',
      [
        ...['-f', '-qq', '-s', '200', '-e', 'signal=none', '-o', trace],
        ...[
          '-e',
          'trace=connect,sendto,sendmsg,sendmmsg,bind',
          executablePath,
          '--no-sandbox',
          '--no-zygote',
        ],
        ...[
          '--remote-debugging-port=0',
          ...args.filter(each => each !== '--no-sandbox'),
          '--profile',
          profile,
        ],
      ],
      { env: desktop.env, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const ended = once(child, 'exit')
    const door = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', line => {
        const [, found] = /DevTools listening on (ws:\S+)/.exec(line) ?? []
        if (found !== undefined) resolve(found)
      })
      void ended.then(() => reject(new Error('the program ended')))
    })
    try {
      const browser = await chromium.connectOverCDP(door)
      const [context] = browser.contexts()
      if (!context) throw new Error('no window')
      const page = context.pages()[0] ?? (await context.waitForEvent('page'))
      await page.getByRole('radio', { name: /Under a passphrase/ }).check({ force: true, timeout: 120_000 })
      await page.getByLabel('Passphrase', { exact: true }).fill('harbour lamp seven oars')
      await page.getByLabel('Once more', { exact: true }).fill('harbour lamp seven oars')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByRole('button', { name: /Try with a sample mailbox/ }).click({ timeout: 60_000 })
      await page.locator('#pane-list').getByRole('option').first().click({ timeout: 60_000 })
      // What a compromised page would try: Chromium's own look-ups begin with whom it can reach at all.
      await page.evaluate(async () => {
        await fetch('https://example.org/x').catch(() => undefined)
        new Image().src = 'https://example.org/y.png'
        for (const rel of ['preconnect', 'dns-prefetch'])
          document.head.append(
            Object.assign(document.createElement('link'), { rel, href: 'https://example.org' }),
          )
      })
      await page.reload()
      await page.locator('#pane-list').getByRole('option').first().waitFor({ timeout: 60_000 })
      await browser.close()
    } finally {
      child.kill('SIGTERM')
      await ended
    }
    const called = calledAddresses(readFileSync(trace, 'utf8'))
    // The door of the test is on this machine; without it the trace would show that nothing was traced.
    expect(called.filter(({ address }) => isLoopback(address)).length).toBeGreaterThan(0)
    expect(called.filter(({ address }) => !isLoopback(address)).map(({ line }) => line)).toEqual([])
  },
  240_000,
)

test.skipIf(why !== null)(
  `a connected datagram socket would be seen, though it sends nothing ${why ?? ''}`,
  () => {
    const out = join(desktop.directory, 'example-calls')
    const script =
      "const s=require('dgram').createSocket('udp6');s.on('error',()=>process.exit(0));s.connect(53,'2001:db8::53',()=>process.exit(0))"
    execFileSync(strace ?? '', [
      '-f',
      '-qq',
      '-e',
      'trace=connect',
      '-o',
      out,
      process.execPath,
      '-e',
      script,
    ])
    expect(calledAddresses(readFileSync(out, 'utf8')).map(({ address }) => address)).toContain('2001:db8::53')
  },
)
