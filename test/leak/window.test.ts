import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DesktopSession, startDesktopSession } from '../e2e/support/desktop-session'
import { createTestAuthority } from '../rig/certificates'
import { type KeyDirectory, startKeyDirectory, whyNoKeyDirectory } from '../rig/key-directory'
import { type SentPacket, whyNoLeakBox } from '../rig/leak-box'
import { type MailServers, missingServerPrograms, startMailServers } from '../rig/mail-servers'
import { missingTorPrograms, startTorNetwork, type TorNetwork } from '../rig/tor-network'
import { Gnupg } from '../support/gnupg'
import { type DriverTask, driveInBox } from './support/boxed-desktop'
import { hostileMails, hostileSubjects } from './support/hostile-mail'

const missing = [...missingServerPrograms(), ...missingTorPrograms()]
const why = whyNoLeakBox() ?? (missing.length > 0 ? `not installed: ${missing.join(' ')}` : null)

/** Where a running Tor may be on this machine: looked at to find it, and never left. */
const torPorts = new Set([9050, 9150, 9051, 9151])
/** Minutes of a real wait are for a longer run by hand. */
const idleMs = Number(process.env.SIEGEL_LEAK_IDLE_SECONDS ?? 5) * 1000

type Day = Awaited<ReturnType<typeof driveInBox>>

const outside = (sent: readonly SentPacket[], ports: ReadonlySet<number>): string[] =>
  sent
    .filter(({ address, port }) => !(address === '127.0.0.1' && ports.has(port)))
    .map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)

/** Steps that touched more than these loopback ports, with what they touched. */
const strays = (day: Day, ports: ReadonlySet<number>): [string, string[]][] =>
  day.steps
    .map(({ name, sent }): [string, string[]] => [name, outside(sent, ports)])
    .filter(([, places]) => places.length > 0)

/** The window came through everything it was to do; otherwise that it sent nothing would say nothing. */
const expectWholeDay = ({ output }: Day, mails: number): void => {
  expect(output).toContain('# done')
  expect(output).toContain(`# opened ${mails}`)
  expect(output).toMatch(/# printed [1-9]\d{3,}/)
}

describe.skipIf(why !== null)(`what the window sends ${why ?? ''}`, () => {
  let servers: MailServers
  let desktop: DesktopSession
  beforeAll(async () => {
    servers = await startMailServers()
    for (const mailbox of ['Drafts', 'Sent', 'Trash']) servers.maildir('alice@rig.test', mailbox)
    for (const mail of hostileMails()) await servers.deliver('alice@rig.test', mail)
    desktop = await startDesktopSession({ keyring: 'absent', screen: true })
  })
  afterAll(async () => {
    await desktop?.stop()
    await servers?.stop()
  })
  const newTask = (): Omit<DriverTask, 'program' | 'directory'> => ({
    profile: mkdtempSync(join(desktop.directory, 'profile-')),
    imapPort: servers.imapsPort,
    smtpPort: servers.smtpsPort,
    idleMs,
  })

  describe('with its account on Tor', () => {
    let network: TorNetwork
    let directory: KeyDirectory | null = null
    const gnupg = new Gnupg()
    let task: ReturnType<typeof newTask>
    beforeAll(async () => {
      network = await startTorNetwork([servers.imapsPort])
      if (whyNoKeyDirectory() !== null) return
      gnupg.generate('Dora <dora@rig.test>')
      const files = await (await createTestAuthority(join(desktop.directory, 'ca'))).certificate('server')
      directory = await startKeyDirectory(files, gnupg.publicKey('dora@rig.test'))
    }, 330_000)
    afterAll(async () => {
      await directory?.stop()
      gnupg.close()
      await network?.stop()
    })

    test('nothing but the SOCKS port is touched, from the first start until Tor is gone', async () => {
      task = { ...newTask(), directoryFingerprint256: directory?.fingerprint256 ?? null }
      const killed: Promise<void>[] = []
      let askedBeforeImages: readonly string[] = []
      const socks = [{ inside: 9050, outside: network.socksPort }]
      const first = await driveInBox('drive-through-tor', desktop, task, socks, {
        onLine: line => {
          if (line === '# load images') askedBeforeImages = [...network.asked]
          if (line === '# kill tor') killed.push(network.killClient())
        },
      })
      await Promise.all(killed)
      expectWholeDay(first, hostileSubjects.length)
      expect(strays(first, torPorts)).toEqual([])
      expect(askedBeforeImages).toEqual(expect.arrayContaining(['autoconfig.rig.test', 'mail.rig.test']))
      // Only for the recipient who has no key yet, and by the way of the account.
      if (directory !== null) {
        expect(directory.asked).toEqual([expect.stringMatching(/^openpgpkey\.rig\.test\/.*[?&]l=dora$/)])
        expect(network.asked).toContain('openpgpkey.rig.test')
      }
      // Not even through Tor, before the user agreed; and then by no other way.
      expect(askedBeforeImages.filter(name => name.includes('tracker'))).toEqual([])
      expect(network.asked).toContain('tracker.example.net')
    }, 900_000)

    test('on a day without Tor the account waits, and nothing is touched but the places where Tor might be', async () => {
      const log = servers.log().length
      const again = await driveInBox('drive-tor-gone', desktop, task, [])
      expect(again.output).toContain('# done')
      expect(strays(again, torPorts)).toEqual([])
      expect(servers.log().slice(log)).not.toMatch(/Login: user=|SMTP connection from/)
    }, 900_000)
  })

  test('with its account direct nothing but the configured servers is touched', async () => {
    const task = newTask()
    const ports = new Set([servers.imapsPort, servers.smtpsPort])
    const bridges = [...ports].map(port => ({ inside: port, outside: port }))
    const day = await driveInBox('drive-without-tor', desktop, task, bridges)
    expectWholeDay(day, 6)
    const all = day.steps.flatMap(({ sent }) => sent.map(({ port }) => port))
    expect(all).toEqual(expect.arrayContaining([...ports]))
    const found = strays(day, ports)
    expect(found.filter(([name]) => !name.endsWith('with look-ups'))).toEqual([])
    // Not a leak but a feature with a switch: how well the way to a recipient is protected is asked of the resolver.
    for (const [, places] of found) expect(places).toEqual([expect.stringMatching(/ 10\.99\.0\.53 53$/)])
  }, 900_000)
})
