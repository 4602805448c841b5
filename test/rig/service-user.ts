import { execFileSync } from 'node:child_process'
import { lchownSync } from 'node:fs'

/** The system user the servers run as. */
export interface ServiceUser {
  readonly name: string
  readonly group: string
  /** The command line that runs `command` as this user. */
  command(command: readonly string[]): string[]
  /** Gives one file or folder to this user. */
  own(path: string): void
  /** Gives a whole folder tree to this user. */
  ownTree(path: string): void
}

const systemUserName = 'rig'

/**
 * Servers never run as root: for root this is a system user `rig`, made on first use; otherwise it is the current user.
 */
export function serviceUser(): ServiceUser {
  const me = text('id', ['-un'])
  if (process.getuid?.() !== 0) {
    const group = text('id', ['-gn'])
    return { name: me, group, command: command => [...command], own: () => {}, ownTree: () => {} }
  }
  const name = systemUserName
  if (!exists(name)) createSystemUser(name)
  const uid = Number(text('id', ['-u', name]))
  const gid = Number(text('id', ['-g', name]))
  return {
    name,
    group: text('id', ['-gn', name]),
    command: command => [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--inh-caps=-all',
      ...command,
    ],
    own: path => lchownSync(path, uid, gid),
    ownTree: path => {
      execFileSync('chown', ['-R', `${uid}:${gid}`, path])
    },
  }
}

function text(file: string, args: string[]): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

function exists(name: string): boolean {
  try {
    text('id', ['-u', name])
    return true
  } catch {
    return false
  }
}

function createSystemUser(name: string): void {
  try {
    text('useradd', [
      '--system',
      '--user-group',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      name,
    ])
  } catch (error) {
    // Two suites may start at once; only one of them creates the user.
    if (!exists(name)) throw error
  }
}
