import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DesktopSession, startDesktopSession } from '../e2e/support/desktop-session'
import { reader } from '../e2e/support/drive'
import { launchOn } from '../e2e/support/launch'
import { electronForTests } from '../support/electron'
import { type CalledAddress, calledAddresses, isOfThisMachine } from './support/called-addresses'
import { chooseKey } from './support/window-steps'

/** Packets show what left; this shows what was only tried: a datagram socket that is connected sends nothing. */
const strace = ['/usr/bin/strace', '/bin/strace'].find(existsSync)
const why = !strace ? '(skipped: needs strace)' : mayTrace(strace) ? null : '(skipped: needs ptrace)'

/** Some containers forbid to look at other processes. */
function mayTrace(program: string): boolean {
  try {
    execFileSync(program, ['-f', '-o', '/dev/null', '/bin/true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

let desktop: DesktopSession
beforeAll(async () => {
  if (why === null) desktop = await startDesktopSession({ keyring: 'absent', screen: true })
})
afterAll(() => desktop?.stop())

/** A stand-in for a program under which every address that it or a child of it names to the kernel is written down. */
function traced(executable: string): { executablePath: string; called: () => CalledAddress[] } {
  const trace = join(desktop.directory, 'system-calls')
  const executablePath = join(desktop.directory, 'traced.sh')
  const options = `-f -qq -s 64 -e signal=none -e trace=connect,sendto,sendmsg,sendmmsg -o '${trace}'`
  writeFileSync(executablePath, `#!/bin/sh\nexec '${strace}' ${options} '${executable}' "$@"\n`)
  chmodSync(executablePath, 0o755)
  return {
    executablePath,
    called: () => calledAddresses(readFileSync(trace, 'utf8')).filter(each => !isOfThisMachine(each.address)),
  }
}

test.skipIf(why !== null)(
  `no process of the program names a place outside this machine to the kernel ${why ?? ''}`,
  async () => {
    const { executablePath, args } = await electronForTests()
    const program = traced(executablePath)
    const siegel = await launchOn(desktop, { program: { executablePath: program.executablePath, args } })
    const { page } = siegel
    await chooseKey(page)
    await page.getByRole('button', { name: /Try with a sample mailbox/ }).click()
    await page.locator('#pane-list').getByRole('option').first().click()
    await reader(page).getByRole('heading').first().waitFor()
    expect(program.called()).toEqual([])
    // Each of these has Chromium look up or dial, and before it does, find out whether there is IPv6.
    await page.evaluate(async () => {
      for (const rel of ['dns-prefetch', 'preconnect', 'prefetch'])
        document.head.append(
          Object.assign(document.createElement('link'), { rel, href: 'https://example.org' }),
        )
      await fetch('https://example.org/x').catch(() => undefined)
    })
    // Nothing in the program asks for this: it has Chromium connect to two public resolvers, so it shows that such is seen.
    await page.evaluate(async () => {
      const peer = new RTCPeerConnection()
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
    })
    const isProvoked = ({ address, port }: CalledAddress) =>
      port === 53 && ['8.8.8.8', '2001:4860:4860::8888'].includes(address)
    await expect
      .poll(() => program.called().filter(isProvoked).length, { timeout: 60_000 })
      .toBeGreaterThan(0)
    await siegel.quit()
    expect(program.called().filter(each => !isProvoked(each))).toEqual([])
  },
  180_000,
)
