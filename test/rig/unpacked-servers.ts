import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceUser } from './service-user'

/** Where build/unpacked-packages.mjs puts the servers that cannot be installed beside Dovecot. */
const source = fileURLToPath(new URL('../../.cache/debian-servers', import.meta.url))

/** The programs of one instance, in a folder that the user of the servers may read wherever the project lies. */
export interface UnpackedServers {
  /** A path inside, as it would be below `/`. */
  at(path: string): string
  /** The command line that runs one of the programs with its own libraries, as the user of the servers. */
  command(environment: Readonly<Record<string, string>>, command: readonly string[]): string[]
}

export function unpackedServers(folder: string, user: ServiceUser): UnpackedServers {
  if (!existsSync(source))
    throw new Error(
      'the unpacked mail servers are not here; `npm test` fetches them (build/unpacked-packages.mjs)',
    )
  const root = join(folder, 'programs')
  mkdirSync(root)
  for (const part of ['usr/bin', 'usr/sbin', 'usr/lib', 'lib'])
    if (existsSync(join(source, part)))
      cpSync(join(source, part), join(root, part), { recursive: true, verbatimSymlinks: true })
  const libraries = [
    'usr/lib',
    'usr/lib/x86_64-linux-gnu',
    'usr/lib/aarch64-linux-gnu',
    'lib/x86_64-linux-gnu',
  ]
    .map(part => join(root, part))
    .join(':')
  return {
    at: path => join(root, path),
    command: (environment, command) =>
      user.command([
        '/usr/bin/env',
        `LD_LIBRARY_PATH=${libraries}`,
        ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
        ...command,
      ]),
  }
}
