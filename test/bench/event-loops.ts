import type { Launched } from '../e2e/support/launch'

/** A stretch in which a loop did nothing else, in milliseconds: by the clock, and what its thread really worked (-1: unknown). */
type Block = Readonly<{ wallMs: number; workMs: number }>

export type Blocks = Readonly<{ longest: Block; longestWorkMs: number; over50: number }>

type Probe = { wallMs: number; workMs: number; over50: number; longestWorkMs: number; stop: () => void }
type Probed = { benchLoop?: Probe }

/** Begins to watch main and the page. A timer that should come every 5 ms tells how late it is. */
export async function watchLoops({ app, page }: Launched): Promise<void> {
  await app.evaluate(() => {
    const cpu = () => {
      const { user, system } = process.threadCpuUsage()
      return (user + system) / 1000
    }
    const place = globalThis as unknown as Probed
    place.benchLoop?.stop()
    let last = performance.now()
    let lastCpu = cpu()
    const timer = setInterval(() => {
      const now = performance.now()
      const nowCpu = cpu()
      const late = now - last - 5
      const worked = nowCpu - lastCpu
      if (late > probe.wallMs) {
        probe.wallMs = late
        probe.workMs = worked
      }
      probe.longestWorkMs = Math.max(probe.longestWorkMs, worked)
      if (late > 50) probe.over50++
      last = now
      lastCpu = nowCpu
    }, 5)
    const probe: Probe = {
      wallMs: 0,
      workMs: 0,
      over50: 0,
      longestWorkMs: 0,
      stop: () => clearInterval(timer),
    }
    place.benchLoop = probe
  })
  await page.evaluate(() => {
    const place = window as unknown as Probed
    place.benchLoop?.stop()
    let last = performance.now()
    // A message to oneself is not slowed down as nested timers are.
    const channel = new MessageChannel()
    let going = true
    channel.port1.onmessage = () => {
      const now = performance.now()
      const late = now - last - 4
      probe.wallMs = Math.max(probe.wallMs, late)
      if (late > 50) probe.over50++
      last = now
      if (going) setTimeout(() => channel.port2.postMessage(null), 4)
    }
    const tasks = new PerformanceObserver(list => {
      for (const entry of list.getEntries())
        probe.longestWorkMs = Math.max(probe.longestWorkMs, entry.duration)
    })
    tasks.observe({ type: 'longtask' })
    const probe: Probe = {
      wallMs: 0,
      workMs: -1,
      over50: 0,
      longestWorkMs: 0,
      stop: () => {
        going = false
        tasks.disconnect()
      },
    }
    place.benchLoop = probe
    channel.port2.postMessage(null)
  })
}

const read = (place: unknown): Blocks => {
  const probe = place as Probe
  return {
    longest: { wallMs: probe.wallMs, workMs: probe.workMs },
    longestWorkMs: probe.longestWorkMs,
    over50: probe.over50,
  }
}

/** What was seen since `watchLoops`. */
export async function readLoops({ app, page }: Launched): Promise<{ main: Blocks; page: Blocks }> {
  return {
    main: read(
      await app.evaluate(() => {
        const { stop: _stop, ...seen } = (globalThis as unknown as Required<Probed>).benchLoop
        return seen
      }),
    ),
    page: read(
      await page.evaluate(() => {
        const { stop: _stop, ...seen } = (window as unknown as Required<Probed>).benchLoop
        return seen
      }),
    ),
  }
}
