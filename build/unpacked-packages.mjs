import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { runQuietly } from './child.mjs'
import { withLock } from './lock.mjs'
import { inCache } from './paths.mjs'
import { Failure, say } from './say.mjs'

/**
 * Servers that the tests talk to and that Debian lets nobody install beside Dovecot: each would remove it. Their
 * programs run from where they are unpacked.
 */
const packages = [
  'courier-imap',
  'courier-authlib',
  'cyrus-imapd',
  'cyrus-common',
  'cyrus-caldav',
  'sasl2-bin',
]

const unpackedAt = inCache('debian-servers')
/** Names what was unpacked, so that a longer list is noticed. */
const listAt = join(unpackedAt, 'packages')

const isUnpacked = () => existsSync(listAt) && readFileSync(listAt, 'utf8') === packages.join(' ')

/** Libraries that these packages want and this machine lacks. */
const missingLibraries = async () => {
  const { output } = await runQuietly('apt-cache', [
    'depends',
    '--no-recommends',
    '--no-suggests',
    ...packages,
  ])
  const wanted = new Set(
    [...output.matchAll(/^ *\|?Depends: (lib[a-z0-9.+-]+)$/gm)].map(match => match[1] ?? ''),
  )
  const { output: installed } = await runQuietly('dpkg-query', [
    '-W',
    '-f',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
    '${Package} ${db:Status-Abbrev}\n',
    ...wanted,
  ])
  const there = new Set(
    output === ''
      ? []
      : installed
          .split('\n')
          .filter(line => / ii/.test(line))
          .map(line => line.split(' ')[0]),
  )
  return [...wanted].filter(name => !there.has(name))
}

/** @param {string} folder @param {readonly string[]} names */
const download = (folder, names) =>
  runQuietly('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', ...names], {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
  })

/** Fetches and unpacks them into .cache once; needs no root. Elsewhere than on Debian there is nothing to do. */
export const unpackedPackages = async () => {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version') || isUnpacked()) return
  await withLock('debian-servers', async () => {
    if (isUnpacked()) return
    say(`unpacking mail servers for the tests: ${packages.join(' ')}`)
    mkdirSync(dirname(unpackedAt), { recursive: true })
    const folder = mkdtempSync(`${unpackedAt}.`)
    try {
      const names = [...packages, ...(await missingLibraries())]
      let { code, output } = await download(folder, names)
      // Package lists that are old, or not there at all (a fresh container).
      if (code !== 0 && process.getuid?.() === 0) {
        await runQuietly('apt-get', ['-q', 'update'])
        ;({ code, output } = await download(folder, [...packages, ...(await missingLibraries())]))
      }
      if (code !== 0)
        throw new Failure('Mail servers for the tests could not be downloaded.', {
          why: output.trim().split('\n').slice(-6).join('\n       '),
          todo: `Run this in an empty folder and see what it says: apt-get download ${names.join(' ')}`,
        })
      const root = join(folder, 'root')
      for (const name of readdirSync(folder).filter(each => each.endsWith('.deb'))) {
        const unpacked = await runQuietly('dpkg-deb', ['-x', join(folder, name), root])
        if (unpacked.code !== 0)
          throw new Failure(`${name} could not be unpacked.`, { why: unpacked.output.trim() })
      }
      writeFileSync(join(root, 'packages'), packages.join(' '))
      rmSync(unpackedAt, { recursive: true, force: true })
      renameSync(root, unpackedAt)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
