import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ThunderbirdProfile } from '../../support/thunderbird-profile'
import { answerDialogs, askedDialogs, collectComplaints } from '../support/drive'
import { type Launched, launch, showTheme } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** The keys room in the real window, with keys of GnuPG; the system's own dialogs are answered in main. */
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('accounts.add', {
    config: {
      address: 'anna@example.org',
      displayName: 'Anna Winter',
      services: {
        mail: {
          userName: 'anna@example.org',
          imap: { host: '127.0.0.1', port: 1, security: 'tls' },
          smtp: { host: '127.0.0.1', port: 1, security: 'tls' },
          caPem: null,
        },
      },
    },
    password: 'none',
  })
  await siegel.page.getByRole('button', { name: 'Settings' }).click()
  await siegel.page.getByRole('tab', { name: 'Keys' }).click()
})
afterAll(() => siegel?.stop())

const at = (name: string) => join(siegel.desktop.directory, name)

/** The public key of a new Bob, as GnuPG exports it. */
function bobsKey(name: string): string {
  const home = at(`gpg-${name}`)
  mkdirSync(home, { mode: 0o700 })
  const gpg = (...args: string[]) =>
    execFileSync(
      'gpg',
      ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...args],
      { stdio: 'pipe' },
    )
  gpg('--quick-generate-key', 'Bob Sommer <bob@example.net>', 'future-default', 'default', '1y')
  gpg('--armor', '--output', at(`${name}.asc`), '--export')
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'])
  return at(`${name}.asc`)
}

const inBothThemes = async (name: string) => {
  for (const value of ['light', 'dark'] as const) {
    await showTheme(siegel.page, value)
    await siegel.screenshot(`${name}-${value}`)
  }
}

test('without a key the room says what one is good for, and makes one', async () => {
  const { page } = siegel
  await page.getByText('No key yet').waitFor()
  await inBothThemes('keys-empty')
  await page.getByRole('button', { name: 'New key …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click()
  await page.getByText('Key of anna@example.org').waitFor()
  await page.getByText('Back up your key').waitFor()
})

test('the backup is asked about in main, goes to a file of its owner alone, and is never written over another', async () => {
  const { page } = siegel
  const path = at('backup.asc')
  const backUp = async () => {
    await page.getByRole('button', { name: 'Save a backup …' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Passphrase', { exact: true }).fill('harbour lamp seven oars')
    await sheet.getByLabel('Repeat the passphrase').fill('harbour lamp seven oars')
    await sheet.getByRole('button', { name: 'Save the file …' }).click()
  }
  await answerDialogs(siegel.app, { save: path, button: 0 })
  await backUp()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  expect(() => statSync(path)).toThrow('ENOENT')
  const [question] = await askedDialogs(siegel.app)
  expect(question?.options['message']).toBe('Save the secret key to a file?')
  expect(String(question?.options['detail'])).toContain('anna@example.org')
  await answerDialogs(siegel.app, { save: path, button: 1 })
  await backUp()
  await page.getByText(/^Backed up on/).waitFor()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8')).toContain('BEGIN PGP PRIVATE KEY BLOCK')
  const again = pageCalls(page)('keys.list', {}).then(([key]) =>
    pageCalls(page)('keys.exportSecret', {
      fingerprint: key!.facts.fingerprint,
      passphrase: 'harbour lamp seven oars',
    }),
  )
  await expect(again).rejects.toThrow('file-exists')
})

test('a key from a file is unconfirmed until it is compared by number and code', async () => {
  const { page } = siegel
  await answerDialogs(siegel.app, { open: [bobsKey('first')] })
  await page.getByRole('button', { name: 'Import from a file …' }).click()
  await page.getByText('Unconfirmed').waitFor()
  await page.getByRole('button', { name: 'Verify …' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('img', { name: /QR code/ }).waitFor()
  await inBothThemes('keys-verify')
  await sheet.getByLabel('Their code').fill('SIEGEL-KEYS:1:SOMETHING:ELSE')
  await sheet.getByText(/The codes differ/).waitFor()
  expect(await sheet.getByRole('button', { name: 'The numbers are the same' }).isDisabled()).toBe(true)
  await sheet.getByLabel('Their code').fill('')
  await sheet.getByRole('button', { name: 'The numbers are the same' }).click()
  await page.getByText('Verified by you').waitFor()
})

test('another key of the same person raises a question that stays until it is answered', async () => {
  const { page } = siegel
  await answerDialogs(siegel.app, { open: [bobsKey('second')] })
  await page.getByRole('button', { name: 'Import from a file …' }).click()
  await page.getByText('A different key for bob@example.net').waitFor()
  await inBothThemes('keys-conflict')
  const contacts = await pageCalls(page)('keys.contacts', { address: 'bob@example.net' })
  expect(contacts.keys.find(key => key.inUse)?.trust).toBe('verified')
  await page.getByRole('button', { name: 'Keep the old key' }).click()
  await page.getByText('A different key for bob@example.net').waitFor({ state: 'detached' })
  await page.getByText('Rejected').waitFor()
})

test('the keys of a Thunderbird profile come in with its primary password', async () => {
  const { page } = siegel
  const thunderbird = new ThunderbirdProfile('Hauptpaßwort 7')
  onTestFinished(() => thunderbird.remove())
  const own = await thunderbird.generateOwn('anna@work.example')
  const carol = await thunderbird.generate('carol@example.net')
  await thunderbird.writePublicKeys(own, carol)
  thunderbird.writeDecisions([
    { fingerprint: carol, decision: 'unverified', addresses: ['carol@example.net'] },
  ])

  await answerDialogs(siegel.app, { open: [thunderbird.folder] })
  await page.getByRole('button', { name: 'Import …', exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'From a Thunderbird profile …' }).click()
  await sheet.getByText('Thunderbird has a primary password').waitFor()
  await inBothThemes('keys-thunderbird')
  const [asked] = await askedDialogs(siegel.app)
  expect(asked?.options['properties']).toContain('openDirectory')

  await sheet.getByLabel('Passphrase of the file').fill('Hauptpaßwort 7')
  await sheet.getByRole('button', { name: 'Try the same profile again' }).click()
  await page.getByText('1 key of your own and 1 of other people imported from Thunderbird').waitFor()
  await page.getByText('anna@work.example', { exact: true }).waitFor()
  const { keys } = await pageCalls(page)('keys.contacts', { address: 'carol@example.net' })
  expect(keys).toMatchObject([{ inUse: true, trust: 'none', facts: { fingerprint: carol } }])
})

test('the room speaks German, and the page saw nothing secret and had nothing to complain of', async () => {
  const { page } = siegel
  await pageCalls(page)('prefs.set', { language: 'de' })
  await page.getByText('Schlüssel von anna@example.org').waitFor()
  await inBothThemes('keys-full-de')
  await page.getByRole('heading', { name: 'Für jedes Konto' }).scrollIntoViewIfNeeded()
  await siegel.screenshot('keys-account-de')
  expect(await page.content()).not.toMatch(/PRIVATE KEY/)
  expect(complaints).toEqual([])
})
