import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './paths.mjs'
import { Failure } from './say.mjs'

/** Never bundled: packages that find a native part by their own place on disk. */
export const nativePackages = /** @type {const} */ ([
  'better-sqlite3-multiple-ciphers',
  '@napi-rs/keyring',
  '@node-rs/argon2',
])

/** What a package's native part is for. @param {string} folder */
const platformOf = folder => {
  const { os = [], cpu = [] } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { os: [os].flat(), cpu: [cpu].flat() }
}

/** The installed packages that carry the native part of `name` for one platform. @param {string} name @param {string} os @param {string} cpu */
const platformParts = (name, os, cpu) => {
  const [scope = '', base = ''] = name.split('/')
  return readdirSync(inProject('node_modules', scope))
    .filter(sibling => sibling.startsWith(`${base}-`))
    .map(sibling => `${scope}/${sibling}`)
    .filter(sibling => {
      const wanted = platformOf(inProject('node_modules', sibling))
      return wanted.os.includes(os) && wanted.cpu.includes(cpu)
    })
}

/** @param {string} name @param {string} destination @param {(path: string) => boolean} [isWanted] */
const copyPackage = (name, destination, isWanted = () => true) => {
  const to = join(destination, 'node_modules', name)
  mkdirSync(to, { recursive: true })
  cpSync(inProject('node_modules', name), to, { recursive: true, filter: isWanted })
}

/**
 * Puts the native packages beside a packaged app: what runs, for one platform, without sources and other platforms.
 * @param {string} destination the packaged app's folder
 * @param {string} os such as `linux`
 * @param {string} cpu such as `x64`
 */
export const copyNativePackages = (destination, os, cpu) => {
  const database = 'better-sqlite3-multiple-ciphers'
  const prebuild = inProject('node_modules', database, 'prebuilds', `${os}-${cpu}.node`)
  if (!existsSync(prebuild)) throw new Failure(`The encrypted store has no native part for ${os} ${cpu}.`)
  copyPackage(
    database,
    destination,
    path =>
      !/[\\/](src|deps|binding\.gyp)([\\/]|$)/.test(path.slice(inProject('node_modules', database).length)) &&
      (!path.endsWith('.node') || path === prebuild),
  )
  for (const name of nativePackages.filter(name => name !== database)) {
    const parts = platformParts(name, os, cpu)
    if (parts.length === 0)
      throw new Failure(`${name} has no native part for ${os} ${cpu} here.`, {
        todo: 'Package on the platform itself; npm installs the parts of that platform only.',
      })
    for (const part of [name, ...parts]) copyPackage(part, destination)
  }
}
