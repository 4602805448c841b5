import { join } from 'node:path'
import { startDesktopSession } from '../e2e/support/desktop-session'
import { generatedMaildir } from './mailbox'
import { median, readable } from './measure'
import { type BenchOptions, type BenchTable, ratio, type Scenario, verdict } from './scenario'
import { fillProfile, launchToInbox } from './window'

async function run({ quick, messages, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const sizes = quick ? [1000, 5000] : [1000, 100_000]
  const desktop = await startDesktopSession({ keyring: 'unlocked', screen: true })
  const times = new Map<number, number[]>(sizes.map(size => [size, []]))
  try {
    const profileOf = (size: number) => join(desktop.directory, `profile-${size}`)
    for (const size of sizes) {
      say(`cold start: filling a profile with ${size} messages`)
      await fillProfile(desktop, profileOf(size), size, generatedMaildir(messages))
    }
    // The first start of each is not counted: it makes what Chromium keeps beside a profile.
    for (let round = 0; round <= rounds + 4; round++)
      for (const size of round % 2 === 0 ? sizes : [...sizes].reverse()) {
        say(`cold start ${round} with ${size} messages`)
        const { launched, ms } = await launchToInbox(desktop, profileOf(size))
        await launched.quit()
        if (round > 0) times.get(size)?.push(ms)
      }
  } finally {
    await desktop.stop()
  }
  const [small = 0, large = 0] = sizes.map(size => median(times.get(size) ?? []))
  return [
    {
      title: 'Start to a usable inbox',
      about: `The real program on an invisible screen, key from the keychain: from the start of its process until the newest messages of the inbox stand in the window. Median of ${rounds + 4} starts each, in turns; the files are in the system's memory. The mail has real headers and short texts.`,
      head: ['messages in the inbox', 'median', 'all starts'],
      rows: sizes.map(size => [
        size.toLocaleString('en'),
        readable(median(times.get(size) ?? [])),
        (times.get(size) ?? []).map(readable).join(', '),
      ]),
      verdicts: [verdict('Large to small', large / small, 1.1, ratio)],
    },
  ]
}

export const coldStart: Scenario = { name: 'cold-start', run }
