import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DesktopSession, startDesktopSession } from '../e2e/support/desktop-session'
import { type SentPacket, whyNoLeakBox } from '../rig/leak-box'
import { attempts, targetsOf } from './support/attempts'
import { driveInBox } from './support/boxed-desktop'

const why = whyNoLeakBox()

type Facts = {
  proxies: readonly string[]
  spelling: readonly unknown[]
  lastCrash: unknown
  missingSwitches: readonly string[]
}

/** The dead proxy: a knock on its port, which nobody answers, is how the walls look from inside. */
const isDeadProxy = ({ address, port }: SentPacket) => address === '127.0.0.1' && port === 9
const places = (sent: readonly SentPacket[]) =>
  sent
    .filter(packet => !isDeadProxy(packet))
    .map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)

/** Chromium itself, in pages that may run anything, with nothing before it but what is set up for every session. */
describe.skipIf(why !== null)(`Chromium sends nothing ${why ?? ''}`, () => {
  let desktop: DesktopSession
  let day: Awaited<ReturnType<typeof driveInBox>>
  beforeAll(async () => {
    desktop = await startDesktopSession({ keyring: 'absent', screen: true })
    const profile = mkdtempSync(join(desktop.directory, 'profile-'))
    day = await driveInBox('drive-chromium', desktop, { profile, imapPort: 0, smtpPort: 0, idleMs: 0 }, [], {
      timeoutMs: 400_000,
    })
    expect(day.output).toContain('# done')
  }, 480_000)
  afterAll(() => desktop?.stop())

  const sentDuring = (name: string): readonly SentPacket[] => {
    const step = day.steps.find(each => each.name === name)
    if (!step) throw new Error(`there was no step ${name}`)
    return step.sent
  }
  const sentTo = (step: string, at: number): readonly string[] => {
    const { port, address } = targetsOf(at)
    return places(sentDuring(step).filter(packet => packet.port === port || packet.address === address))
  }
  const facts = (): Facts => JSON.parse(/^# facts (.*)$/m.exec(day.output)?.[1] ?? '{}') as Facts

  test('when it starts and idles: no component updates, field trials, metrics or crash reports', () => {
    expect(places([...sentDuring('start'), ...sentDuring('idle')])).toEqual([])
    expect(facts()).toMatchObject({ missingSwitches: [], lastCrash: null })
  })

  test('through any session: the dead proxy is in each, loopback included', () => {
    expect(new Set(facts().proxies)).toEqual(new Set(['SOCKS5 127.0.0.1:9']))
  })

  test('for spelling: it is off in every session and wants no dictionary', () => {
    expect(facts().spelling).toEqual([false, false, false])
  })

  test.each(attempts.map((attempt, at) => [attempt.name, at] as const))('for %s', (_name, at) => {
    expect(sentTo('with walls', at)).toEqual([])
  })

  test('to anybody else meanwhile: no name is asked, nobody is told by multicast', () => {
    expect(places(sentDuring('with walls'))).toEqual([])
  })

  test('for hostile mail that nobody cleaned', () => {
    expect(places(sentDuring('hostile mail'))).toEqual([])
  })

  test.each(
    attempts.flatMap(({ name, isHeardWithoutWalls }, at) =>
      isHeardWithoutWalls ? [[name, at] as const] : [],
    ),
  )('because of the walls: without them the box hears %s', (_name, at) => {
    expect(sentTo('without walls', at)).not.toEqual([])
  })
})
