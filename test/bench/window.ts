import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../build/paths.mjs'
import type { DesktopSession } from '../e2e/support/desktop-session'
import { type Launched, launchOn } from '../e2e/support/launch'
import { rawCall } from '../e2e/support/page-calls'
import { timed } from './measure'

/** A call as the page makes it; throws when it fails. */
export async function callFromPage<T>({ page }: Launched, name: string, input: unknown): Promise<T> {
  const answer = (await rawCall(page, name, input)) as { ok: boolean; value: T; error?: { code: string } }
  if (!answer.ok) throw new Error(`${name}: ${answer.error?.code}`)
  return answer.value
}

/** Fills a new profile under the keychain of a desktop, in a process of its own. */
export async function fillProfile(
  desktop: DesktopSession,
  profile: string,
  count: number,
  source: string,
): Promise<void> {
  await timed(
    process.execPath,
    [
      '--import',
      inProject('test', 'support', 'resolve-typescript.mjs'),
      inProject('test', 'bench', 'fill-profile.ts'),
      profile,
      String(count),
      source,
    ],
    { env: desktop.env },
  )
}

/** Starts the program; answers it with the time from the start of its process to the first message in the list. */
export async function launchToInbox(
  desktop: DesktopSession,
  profile: string,
): Promise<{ launched: Launched; ms: number }> {
  // Under load Playwright now and then loses a program that it has started; that start does not count.
  const launched = await launchOn(desktop, { profile }).catch(() => launchOn(desktop, { profile }))
  const shownAt = await launched.page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const until = Date.now() + 60_000
        const look = () => {
          const row = document.querySelector('[role="option"]:not(.row-waiting)')
          // The second frame after the row is in the page is the first that surely shows it.
          if (row) requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())))
          else if (Date.now() > until) reject(new Error('no message was shown'))
          else setTimeout(look, 2)
        }
        look()
      }),
  )
  const startedAt = await launched.app.evaluate(() => process.getCreationTime() ?? 0)
  return { launched, ms: shownAt - startedAt }
}

/** Every process below and with this one. */
function family(pid: number): number[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter(each => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(join('/proc', name, 'stat'), 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
    } catch {
      // It ended meanwhile.
    }
  }
  const found = [pid]
  for (const each of found) found.push(...(parents.get(each) ?? []))
  return found
}

type ProcessMemory = Readonly<{ role: string; residentBytes: number; shareBytes: number }>

/** Memory of every process of the program: resident, and with shared pages divided among those who share them. */
export async function memoryOf({ app }: Launched): Promise<ProcessMemory[]> {
  const roles = new Map(
    await app.evaluate(({ app: electron }) =>
      electron.getAppMetrics().map(each => [each.pid, each.name ?? each.serviceName ?? each.type] as const),
    ),
  )
  const main = app.process().pid ?? 0
  return family(main).flatMap(each => {
    try {
      const rollup = readFileSync(join('/proc', String(each), 'smaps_rollup'), 'utf8')
      const kilobytes = (name: string): number =>
        Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0)
      return [
        {
          role: each === main ? 'main' : (roles.get(each) ?? 'helper (zygote)'),
          residentBytes: kilobytes('Rss') * 1024,
          shareBytes: kilobytes('Pss') * 1024,
        },
      ]
    } catch {
      return []
    }
  })
}
