import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { electronForTests } from '../support/electron'

const firstLine = (file: string, ...args: string[]): string => {
  try {
    return (
      execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0] ?? ''
    ).trim()
  } catch {
    return 'not there'
  }
}

const version = (text: string): string => /\d+(?:\.\d+)+/.exec(text)?.[0] ?? text

/** CPU time of every process since the start of the machine, busy and idle, in ticks. */
function ticks(): { busy: number; all: number } {
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, ...rest] = (
    readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  )
    .split(/\s+/)
    .slice(1)
    .map(Number)
  const busy = user + nice + system + rest.reduce((sum, each) => sum + each, 0)
  return { busy, all: busy + idle + wait }
}

/** How busy other programs keep the processors, while this one waits for two seconds. */
export async function othersShare(): Promise<number> {
  const before = ticks()
  await new Promise(resolve => setTimeout(resolve, 2000))
  const after = ticks()
  return (after.busy - before.busy) / Math.max(1, after.all - before.all)
}

/** The facts that numbers mean nothing without; nothing that names the machine. */
export async function machineFacts(busyShares: readonly number[]): Promise<readonly string[]> {
  const { version: electron } = await electronForTests()
  const busy = busyShares.map(share => `${(share * 100).toFixed(0)} %`).join(', ')
  return [
    `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB memory, Linux ${release().split('.', 2).join('.')}`,
    `Node ${process.versions.node}, Electron ${electron}`,
    `mbsync ${version(firstLine('mbsync', '--version'))}, mu ${version(firstLine('mu', '--version'))}, notmuch ${version(firstLine('notmuch', '--version'))}, Dovecot ${version(firstLine('/usr/sbin/dovecot', '--version'))} on the same machine`,
    `Processors already busy with other programs before each measurement: ${busy}; load of the last 15 minutes at the end: ${loadavg()[2]?.toFixed(1)}`,
  ]
}
