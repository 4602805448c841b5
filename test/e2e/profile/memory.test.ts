import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readProfileFile } from '../../../electron/keychain/profile-file'
import { deriveKey, openKey } from '../../../electron/vault/key-wrap'
import type { CallInput } from '../../../shared/ipc/contract'
import { Gnupg } from '../../support/gnupg'
import { encryptedMime, entity, textPart } from '../../support/protected-mail'
import { type DesktopSession, startDesktopSession } from '../support/desktop-session'
import { answerDialogs, bodyDocument, composer, pressMenu } from '../support/drive'
import { importMail } from '../support/encrypted-mail'
import { type Launched, launchOn } from '../support/launch'
import { pageCalls } from '../support/page-calls'
import {
  canReadMemory,
  isAlive,
  isOmittedFromCoreDumps,
  processesBelow,
  tracesIn,
} from '../support/process-memory'
import { type Needle, secretsOf } from '../support/secret-traces'
import { typeKeys, untilShown, veiledCall } from '../support/veiled-calls'

/** Words that occur nowhere else; each stands for one kind of what a locked program must not know. */
const words = {
  passphrase: 'Wolkenbruch9 Haferschleim',
  'account password': 'Wellblechpalast-77',
  subject: 'Zwergkaninchenzucht',
  'text of mail': 'Nebelhornkonzert',
  'HTML of mail': 'Lampionverkleidung',
  'decrypted text': 'Geysirbeobachtung',
  'subject written': 'Sockenwettlauf',
  'text written': 'Quittenmarmelade',
  search: 'Mondscheintarif',
} as const
const exportPassphrase = 'harbour lamp seven oars'
/** The secret key of RSA that the person picks while the program is looked at. */
const pickedFile = () => join(outside, 'rsa.asc')

let desktop: DesktopSession
let gpg: Gnupg
let outside = ''
const needles: Needle[] = []

const add = (what: string, bytes: Uint8Array): void => {
  needles.push({ what, bytes: Buffer.from(bytes) })
}
const addKey = (what: string, key: Uint8Array): void => {
  const hex = Buffer.from(key).toString('hex')
  add(what, key)
  add(`${what}, turned round`, Buffer.from(key).reverse())
  add(`${what}, hex`, Buffer.from(hex))
  add(`${what}, hex in UTF-16`, Buffer.from(hex, 'utf16le'))
}

/** A profile under a passphrase with keys, mail of all kinds and an account with a password; made in a program of its own. */
async function makeProfile(): Promise<string> {
  const siegel = await launchOn(desktop)
  const call = pageCalls(siegel.page)
  try {
    await call('app.createProfile', { custody: 'passphrase', passphrase: words.passphrase })
    const account = await call('accounts.add', {
      config: { address: 'local', displayName: '', services: {} },
      password: null,
    })
    const [older, newer] = [
      { name: 'Bert', address: 'bert@example.org', accountId: account.id, version: 4 as const },
      { name: 'Bert', address: 'bert@example.net', accountId: account.id, version: 6 as const },
    ]
    for (const owner of [newer, older]) {
      const key = await call('keys.generate', { ...owner, expiresAtMs: null })
      const { fingerprint } = key.facts
      if (owner === older) gpg.import((await call('keys.exportPublic', { fingerprint })).armored)
      const file = join(outside, `${owner.version}.asc`)
      await answerDialogs(siegel.app, { save: file, button: 1 })
      await call('keys.exportSecret', { fingerprint, passphrase: exportPassphrase })
      const numbers = await secretsOf(readFileSync(file, 'utf8'), exportPassphrase, `v${owner.version}`)
      needles.push(...numbers.filter(({ what }) => /binary|turned round/.test(what)))
    }
    // Without a passphrase of its own, so that the file itself holds its numbers.
    gpg.generate('Rita <rita@example.org>', { algorithm: 'rsa2048' })
    const rsa = gpg.run(['--armor', '--export-secret-keys', 'rita@example.org']).toString('latin1')
    writeFileSync(pickedFile(), rsa)
    const rsaNumbers = await secretsOf(rsa, '', 'RSA')
    needles.push(...rsaNumbers.filter(({ what }) => /binary|turned round/.test(what)))
    add('RSA file', Buffer.from(rsa.split('\n').at(-10) ?? ''))
    const header = { From: 'Anna <anna@example.org>', To: 'Bert <bert@example.org>' }
    const mail = [
      textPart(`Come to the ${words['text of mail']}.`, { ...header, Subject: words.subject }),
      entity(
        { ...header, Subject: 'Drawn', 'Content-Type': 'text/html; charset=utf-8' },
        `<p>What a <b>fine</b> ${words['HTML of mail']} it was.</p>`,
      ),
      encryptedMime(gpg.encrypted(textPart(`A ${words['decrypted text']} at dawn.`), ['bert@example.org']), {
        ...header,
        Subject: 'Closed',
      }),
    ]
    const mailboxes = await call('mailboxes.list', {})

    const mailbox = mailboxes.find(each => each.role === 'inbox')
    if (!mailbox) throw new Error('no mailbox')
    for (const [index, message] of mail.entries()) {
      const path = join(outside, `${index}.eml`)
      writeFileSync(
        path,
        message.replace(
          '\r\n',
          `\r\nMessage-ID: <${index}@a.example>\r\nDate: Mon, 23 Nov 2026 10:0${index}:00 +0000\r\n`,
        ),
      )
      await importMail(siegel, mailbox.id, path)
    }
    return siegel.profile
  } finally {
    await siegel.quit()
  }
}

beforeAll(async () => {
  gpg = new Gnupg()
  outside = mkdtempSync(join(tmpdir(), 'sg-outside-'))
  desktop = await startDesktopSession({ keyring: 'unlocked', screen: true })
}, 120_000)
afterAll(async () => {
  await desktop?.stop()
  gpg?.close()
  rmSync(outside, { recursive: true, force: true })
})

/**
 * By its place: a locator would carry the row's text over the test's own line. Once more where a banner that came
 * meanwhile moved the row away from under the click.
 */
async function clickRow(page: Page, index: number): Promise<void> {
  const rowAt = (number: number) => {
    const row = document.querySelectorAll('#pane-list [role=option]')[number] as Element
    const { left, top, width, height } = row.getBoundingClientRect()
    return {
      x: left + width / 2,
      y: top + height / 2,
      isSelected: row.getAttribute('aria-selected') === 'true',
    }
  }
  await expect
    .poll(async () => {
      const { x, y, isSelected } = await page.evaluate(rowAt, index)
      if (!isSelected) await page.mouse.click(x, y)
      return isSelected
    })
    .toBe(true)
}

/** A short day: read mail of all kinds, search, write, give a password. Nothing of it is said on the test's own line. */
async function use({ app, page }: Launched): Promise<void> {
  await answerDialogs(app, { open: [pickedFile()], button: 1 })
  await veiledCall(page, 'keys.importSecret', { from: { kind: 'file' }, passphrase: null, accountId: null })
  await clickRow(page, 2)
  await untilShown(page, words['text of mail'])
  await clickRow(page, 1)
  await bodyDocument(page).locator('b').waitFor()
  await clickRow(page, 0)
  await untilShown(page, words['decrypted text'])
  const account: CallInput<'accounts.add'> = {
    config: {
      address: 'carl@example.org',
      displayName: 'Carl',
      services: {
        mail: {
          userName: 'carl',
          imap: { host: '127.0.0.1', port: 1, security: 'tls' },
          smtp: { host: '127.0.0.1', port: 1, security: 'tls' },
          caPem: null,
        },
      },
    },
    password: words['account password'],
  }
  await veiledCall(page, 'accounts.add', account)
  await page.getByRole('searchbox').focus()
  await typeKeys(page, words.search)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await composer(page).getByRole('textbox', { name: 'Subject' }).focus()
  await typeKeys(page, words['subject written'])
  await composer(page).getByRole('textbox', { name: 'Text of the message' }).focus()
  await typeKeys(page, words['text written'])
}

/** Of Electron's own list: `Browser`, `Tab`, `GPU`, `Siegel engine`. */
const namesOf = (app: ElectronApplication): Promise<ReadonlyMap<number, string>> =>
  app
    .evaluate(({ app: electron }) =>
      electron.getAppMetrics().map(({ pid, type, name }) => [pid, name ?? type] as const),
    )
    .then(entries => new Map(entries))

const pidOf = async (app: ElectronApplication, name: string): Promise<number> => {
  const [pid] = [...(await namesOf(app))].find(entry => entry[1] === name) ?? []
  if (pid === undefined) throw new Error(`there is no ${name}`)
  return pid
}

const unlockByTyping = async ({ page }: Launched): Promise<void> => {
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).focus()
  await typeKeys(page, words.passphrase)
  await page.keyboard.press('Enter')
  await untilListed(page)
}

/** Asked for as a number: a locator would carry the row's text over the test's own line. */
const untilListed = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.querySelectorAll('#pane-list [role=option]').length))
    .toBeGreaterThan(2)

/** Locks by the menu and waits until the processes that knew something have ended. */
const lock = async ({ app, page }: Launched): Promise<void> => {
  const known = await Promise.all(['Siegel engine', 'Siegel vault', 'Tab'].map(name => pidOf(app, name)))
  await pressMenu(app, 'Lock Siegel')
  await page.getByRole('heading', { name: 'Siegel is locked' }).waitFor()
  await expect.poll(() => known.filter(isAlive)).toEqual([])
}

/** What is found, by process, in words. */
const tracesOf = async (app: ElectronApplication): Promise<string[]> => {
  const names = await namesOf(app)
  return processesBelow(app.process().pid ?? 0).flatMap(pid =>
    [...tracesIn(pid, needles).found].map(
      ([what, times]) => `${names.get(pid) ?? 'another process'}: ${what} (${times})`,
    ),
  )
}

test('a locked program has nothing in the memory of any of its processes, and one that quit has no process', async ({
  skip,
}) => {
  skip(!canReadMemory(process.pid), 'the memory of other processes cannot be read here')
  const profile = await makeProfile()
  const file = readProfileFile(profile)
  const [sealed] = file?.vaults ?? []
  if (!file || !sealed) throw new Error('no sealed key')
  const master = await openKey(sealed, Buffer.from(words.passphrase), file.profileId)
  if (typeof master === 'string') throw new Error(master)
  addKey('master key', master)
  addKey('store key', deriveKey(master, file.profileId, 'siegel/store/v1', 32))
  for (const [what, text] of Object.entries(words)) {
    add(what, Buffer.from(text))
    add(`${what}, UTF-16`, Buffer.from(text, 'utf16le'))
  }

  const siegel = await launchOn(desktop, { profile })
  const { app, page } = siegel
  try {
    await unlockByTyping(siegel)
    await use(siegel)

    // The search sees what is there: the processes that may know things do.
    const [engine, vault, window] = await Promise.all(
      ['Siegel engine', 'Siegel vault', 'Tab'].map(name => pidOf(app, name)),
    )
    const knownBy = (pid = 0) => [...tracesIn(pid, needles).found.keys()]
    expect(knownBy(engine)).toEqual(expect.arrayContaining(['store key', 'text of mail', 'account password']))
    expect(knownBy(vault)).toEqual(
      expect.arrayContaining([
        'master key',
        'passphrase',
        expect.stringMatching(/^v4 .* (d|seed)/),
        expect.stringMatching(/^RSA .* [dpq],/),
      ]),
    )
    expect(knownBy(window)).toEqual(expect.arrayContaining(['decrypted text', 'subject written']))
    const main = app.process().pid ?? 0
    for (const pid of [main, engine ?? 0, vault ?? 0])
      expect(isOmittedFromCoreDumps(pid), `${pid}`).toBe(true)

    await lock(siegel)
    expect(await tracesOf(app), 'opened with the passphrase').toEqual([])

    // The same key, now from the keychain.
    await unlockByTyping(siegel)
    await veiledCall(page, 'app.changeCustody', {
      custody: 'keychain',
      currentPassphrase: words.passphrase,
      newPassphrase: null,
    })
    await lock(siegel)
    await page.getByRole('button', { name: 'Unlock', exact: true }).click()
    await untilListed(page)
    await clickRow(page, 1)
    await bodyDocument(page).locator('b').waitFor()
    await lock(siegel)
    expect(await tracesOf(app), 'opened with the keychain').toEqual([])
  } finally {
    const processes = processesBelow(app.process().pid ?? 0)
    await siegel.quit()
    await expect.poll(() => processes.filter(isAlive)).toEqual([])
  }
}, 300_000)
