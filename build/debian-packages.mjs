import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { runQuietly } from './child.mjs'
import { withLock } from './lock.mjs'
import { Failure, say } from './say.mjs'

/**
 * What each purpose needs. An entry with several names is one library that releases name differently; any of
 * them will do.
 * @type {Record<'window' | 'test' | 'bench' | 'package', readonly (readonly [string, ...string[]])[]>}
 */
const debianPackages = {
  window: [
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libnss3'],
    ['libasound2', 'libasound2t64'],
    ['libgbm1'],
    ['libsecret-1-0'],
    ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
    ['libcups2', 'libcups2t64'],
    ['libdrm2'],
    ['libxkbcommon0'],
    ['libxss1'],
    ['libxtst6'],
  ],
  test: [
    ['xvfb'],
    ['xauth'],
    ['dbus'],
    ['gnome-keyring'],
    ['gnupg'],
    ['sq'],
    ['sqop'],
    ['gosop'],
    ['rnp'],
    ['dovecot-core'],
    ['dovecot-imapd'],
    ['dovecot-lmtpd'],
    ['dovecot-managesieved'],
    ['dovecot-sieve'],
    ['dovecot-submissiond'],
    ['exim4-daemon-light'],
    ['knot'],
    ['openssl'],
    ['python3-minimal'],
    ['python3-dateutil'],
    ['python3-gi'],
    ['python3-oldmemo'],
    ['python3-slixmpp'],
    ['python3-twomemo'],
    ['python3-xmlschema'],
    ['gir1.2-ical-3.0'],
    ['libpython3-stdlib'],
    ['libnss3'],
    ['tor'],
    ['nftables'],
    ['obfs4proxy'],
    ['iproute2'],
    ['unbound'],
    ['strace'],
    ['zip'],
    ['radicale'],
    ['xandikos'],
    ['vdirsyncer'],
    ['prosody'],
  ],
  bench: [['isync'], ['maildir-utils'], ['notmuch'], ['netcat-openbsd']],
  package: [['dpkg'], ['fakeroot'], ['xz-utils'], ['zip']],
}

/** Packages whose daemons must stay silent on this machine; the tests start their own, on ports of their own. */
const daemons = ['dovecot', 'exim4', 'knot', 'prosody', 'radicale', 'tor', 'unbound', 'xandikos']

/** @param {readonly (readonly [string, ...string[]])[]} wanted */
const missingOf = async wanted => {
  const { output } = await runQuietly('dpkg-query', [
    '-W',
    '-f',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
    '${Package} ${db:Status-Abbrev}\n',
    ...wanted.flat(),
  ])
  const installed = new Set(
    output
      .split('\n')
      .filter(line => / ii/.test(line))
      .map(line => line.split(' ')[0]),
  )
  return wanted.filter(names => !names.some(name => installed.has(name)))
}

/** @param {readonly [string, ...string[]]} names */
const nameHere = async names => {
  for (const name of names) {
    const { code, output } = await runQuietly('apt-cache', ['policy', name])
    if (code === 0 && /Candidate: (?!\(none\))\S/.test(output)) return name
  }
  return names[0]
}

const aptEnvironment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }

/** @param {readonly string[]} args */
const apt = args =>
  runQuietly('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], { env: aptEnvironment })

const hasPackageLists = () => {
  try {
    return readdirSync('/var/lib/apt/lists').some(
      name => name.endsWith('Packages') || name.includes('Packages.'),
    )
  } catch {
    return false
  }
}

/** Installs, while no service may start. @param {readonly string[]} names */
const install = async names => {
  const policy = '/usr/sbin/policy-rc.d'
  const isOurs = !existsSync(policy)
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    if (!hasPackageLists()) await apt(['update'])
    // --no-remove: never at the price of what the person has (another mail server, for one).
    const args = ['install', '--no-install-recommends', '--no-remove', ...names]
    let result = await apt(args)
    if (result.code !== 0) {
      await apt(['update'])
      result = await apt(args)
    }
    if (result.code === 0)
      for (const daemon of daemons)
        if (names.some(name => name.startsWith(daemon))) await runQuietly('systemctl', ['disable', daemon])
    return result
  } finally {
    if (isOurs) rmSync(policy, { force: true })
  }
}

/**
 * Makes sure of the system's part. On Debian as root what is missing is installed; otherwise the person is told
 * the one command to run.
 * @param {readonly ('window' | 'test' | 'bench' | 'package')[]} purposes
 * @param {{ isEssential: boolean }} options whether to stop where something is missing and cannot be installed
 */
export const systemPackages = async (purposes, { isEssential }) => {
  if (process.platform !== 'linux') return
  const wanted = purposes.flatMap(purpose => debianPackages[purpose])
  if (!existsSync('/etc/debian_version')) {
    if (isEssential)
      say(
        `this is not Debian; make sure that what these packages hold is there: ${wanted.map(names => names[0]).join(' ')}`,
      )
    return
  }
  const missing = await missingOf(wanted)
  if (missing.length === 0) return
  const names = await Promise.all(missing.map(nameHere))
  const command = `apt-get install --no-install-recommends ${names.join(' ')}`
  if (process.getuid?.() !== 0) {
    const details = { why: 'they are missing, and only root may install them', todo: `sudo ${command}` }
    if (isEssential) throw new Failure('Some Debian packages are needed.', details)
    say(`some Debian packages are missing; if the window does not open, run: sudo ${command}`)
    return
  }
  await withLock('debian', async () => {
    say(`installing Debian packages: ${names.join(' ')}`)
    const { code, output } = await install(names)
    if (code === 0) return
    throw new Failure('The Debian packages could not be installed.', {
      why: output.trim().split('\n').slice(-6).join('\n       '),
      todo: `Run this by hand and see what it says: ${command}`,
    })
  })
}
