import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountId } from '../../../shared/kit/ids'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { Gnupg } from '../../support/gnupg'
import { encryptedMime, entity, htmlPart, multipart, textPart } from '../../support/protected-mail'
import { addRigAccountByPage } from '../support/accounts'
import { answerDialogs, bodyDocument, collectComplaints, open, reader } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const alice = 'alice@rig.test'
const bob = 'bob@rig.test'
const gnupg = new Gnupg()
let servers: MailServers
let siegel: Launched
let call: ReturnType<typeof pageCalls>
let complaints: readonly string[]

const header = (subject: string, from = `Bob Rig <${bob}>`) => ({
  From: from,
  To: `Alice Rig <${alice}>`,
  Subject: subject,
  Date: 'Mon, 23 Nov 2026 10:00:00 +0000',
  'Message-ID': `<${subject.toLowerCase().replaceAll(' ', '-')}@rig.test>`,
  'MIME-Version': '1.0',
})
const forwarded = (message: string) =>
  entity({ 'Content-Type': 'message/rfc822', 'Content-Disposition': 'inline' }, message)

beforeAll(async () => {
  servers = await startMailServers()
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  const accountId = (await call('accounts.list', {}))[0]?.id as AccountId
  const key = { name: 'Alice', address: alice, accountId, version: 4, expiresAtMs: null } as const
  const { facts } = await call('keys.generate', key)
  gnupg.import((await call('keys.exportPublic', { fingerprint: facts.fingerprint })).armored)
  gnupg.generate(`Bob Rig <${bob}>`)
  await call('keys.importPublic', { bytes: new Uint8Array(gnupg.publicKey(bob)), address: bob })

  const letter = `${entity(header('The offer', 'Shop <shop@rig.test>'), '').trimEnd()}\r\n${htmlPart(
    '<h1>Autumn prices</h1><p>All that is left of the summer.</p><img src="https://images.example/a.png">',
  )}`
  const list = entity(
    {
      'Content-Type': 'text/csv; name="places.csv"',
      'Content-Disposition': 'attachment; filename="places.csv"',
    },
    'harbour;eight',
  )
  const text =
    'Meet me at the harbour at eight.\n\nThe boat is the grey one at the end of the pier. I have put the list of places\nand the offer of the shop with it.\n\n-- \nBob'
  const inside = multipart('multipart/mixed', [textPart(text), list, forwarded(letter)], {}, 'inside')
  const sealed = encryptedMime(
    gnupg.encrypted(inside, [alice], { signer: bob }),
    header('Night trip'),
    'sealed',
  )
  const carrier = multipart(
    'multipart/mixed',
    [
      textPart('Hello Alice,\n\nBob wrote this to you and got my address instead.\n\nCarol'),
      forwarded(sealed),
    ],
    header('Fwd: for you', 'Carol Rig <carol@rig.test>'),
    'around',
  )
  await servers.deliver(alice, carrier)
  await call('sync.now', { accountId: null })
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
  gnupg.close()
})

const dialog = (name = 'Attached message') => siegel.page.getByRole('dialog', { name, exact: true })
const line = (name = 'Protection of this message') => dialog().getByRole('region', { name })
const openButton = () => reader(siegel.page).getByRole('button', { name: 'Open Night trip.eml' })

test('a forwarded sealed letter is opened over its carrier and says for itself what protects it', async () => {
  const { page } = siegel
  await open(page, 'Fwd: for you')
  await siegel.screenshot('attached-carrier-light')
  await openButton().click()
  await dialog().getByText('It was attached to “Fwd: for you”').waitFor()
  await dialog().getByRole('heading', { name: 'Night trip' }).waitFor()
  await dialog().getByText('Meet me at the harbour at eight.').waitFor()
  await line().getByText('End-to-end encrypted').waitFor()
  await line().getByText(`signed by ${bob}, key not verified`).waitFor()
  await siegel.screenshot('attached-sealed-light')
  // The carrier is neither encrypted nor signed, and still says nothing of the kind.
  expect(await reader(page).locator('.security-line').count()).toBe(0)
})

test('a message further inside says that nothing protects it and loads nothing; the way back leads out again', async () => {
  const { page } = siegel
  await dialog().getByRole('button', { name: 'Open The offer.eml' }).click()
  await dialog().getByText('It was attached to an attached message').waitFor()
  await line().getByText('Not encrypted').waitFor()
  await line().getByText('not signed').waitFor()
  await bodyDocument(page).getByRole('heading', { name: 'Autumn prices' }).waitFor()
  expect(await dialog().getByRole('button', { name: 'Load images' }).count()).toBe(0)
  await siegel.screenshot('attached-inner-light')
  await dialog().getByRole('button', { name: 'Back' }).click()
  await dialog().getByRole('heading', { name: 'Night trip' }).waitFor()
})

test('Escape closes it, and the keyboard is where it was', async () => {
  await siegel.page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  expect(await openButton().evaluate(button => button === document.activeElement)).toBe(true)
})

test('in German and in the dark', async () => {
  const { page } = siegel
  await call('prefs.set', { language: 'de', theme: 'dark' })
  // The remote control has a look of its own, which the frame of a mail follows.
  await page.emulateMedia({ colorScheme: 'dark' })
  await reader(page).getByRole('button', { name: 'Night trip.eml öffnen' }).click()
  const german = dialog('Angehängte Nachricht')
  await german.getByText('Sie war an „Fwd: for you“ angehängt').waitFor()
  await siegel.screenshot('attached-sealed-dark-de')
  await german.getByRole('button', { name: 'The offer.eml öffnen' }).click()
  await german.getByText('Sie war an eine angehängte Nachricht').waitFor()
  await bodyDocument(page).getByRole('heading', { name: 'Autumn prices' }).waitFor()
  await siegel.screenshot('attached-inner-dark-de')
  await call('prefs.set', { language: 'en', theme: 'light' })
  await page.emulateMedia({ colorScheme: 'light' })
  await dialog().getByRole('button', { name: 'Back' }).click()
})

test('a locked key is asked for in it, and what it says is there afterwards', async () => {
  const { page } = siegel
  const [own] = await call('keys.list', {})
  const fingerprint = own?.facts.fingerprint as never
  const passphrase = 'correct horse battery staple on the hill'
  await call('keys.setPassphrase', { fingerprint, passphrase })
  await call('keys.forgetPassphrase', { fingerprint })
  await line().getByText('Encrypted, and your key is locked').waitFor()
  await dialog().getByText('Meet me at the harbour').waitFor({ state: 'detached' })
  await siegel.screenshot('attached-locked-light')
  await dialog().getByRole('button', { name: 'Unlock key …' }).click()
  await page.getByLabel('Passphrase of the key').fill(passphrase)
  await page.keyboard.press('Enter')
  await dialog().getByText('Meet me at the harbour at eight.').waitFor()
})

test('a file of the attached message is saved', async () => {
  const folder = siegel.profile
  await answerDialogs(siegel.app, { open: [folder] })
  await dialog().getByRole('button', { name: 'Save places.csv' }).click()
  await siegel.page.getByText('places.csv').last().waitFor()
  await expect.poll(() => readFileSync(join(folder, 'places.csv'), 'utf8')).toBe('harbour;eight')
  expect(complaints).toEqual([])
})
