import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountId } from '../../../shared/kit/ids'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { Gnupg } from '../../support/gnupg'
import { encryptedMime, multipart, setupMail, signedMime, textPart } from '../../support/protected-mail'
import { addRigAccountByPage } from '../support/accounts'
import { action, collectComplaints, composer, folder, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const alice = 'alice@rig.test'
const bob = 'bob@rig.test'
const gnupg = new Gnupg()
/** Of the program that Alice used before. */
const before = new Gnupg()
const setupCode = '1742-0185-6197-1303-7016-8412-3581-4441-0597'
let servers: MailServers
let siegel: Launched
let call: ReturnType<typeof pageCalls>
let complaints: readonly string[]
let accountId: AccountId

const startedAt = Date.now() - 120_000

const header = (subject: string, minute: number) => ({
  From: `Bob Rig <${bob}>`,
  To: `Alice Rig <${alice}>`,
  Subject: subject,
  // Today, in the order of the minutes: what is signed in this test is signed now.
  Date: new Date(startedAt + minute * 1000).toUTCString().replace('GMT', '+0000'),
  'Message-ID': `<${subject.toLowerCase().replaceAll(' ', '-')}@rig.test>`,
  'MIME-Version': '1.0',
})
const sealed = (text: string): string => gnupg.encrypted(textPart(text), [alice], { signer: bob })

const agreed = 'seven dwarfs'
const underPassphrase = (text: string, ...args: string[]): string =>
  gnupg.run(['--armor', '--passphrase', agreed, ...args, '--symmetric'], textPart(text)).toString('latin1')

/** One letter of the encrypted data is another. */
const damaged = (armored: string): string => {
  const at = Math.floor(armored.length * 0.8)
  const place = armored.slice(at).search(/[A-Ya-y]/) + at
  const next = String.fromCharCode(armored.charCodeAt(place) + 1)
  return armored.slice(0, place) + next + armored.slice(place + 1)
}

beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent']) servers.maildir(alice, mailbox)
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0 })
  accountId = (await call('accounts.list', {}))[0]?.id as AccountId
  const { facts } = await call('keys.generate', {
    name: 'Alice',
    address: alice,
    accountId,
    version: 4,
    expiresAtMs: null,
  })
  await call('keys.setSettings', { accountId, change: { key: facts.fingerprint } })
  gnupg.import((await call('keys.exportPublic', { fingerprint: facts.fingerprint })).armored)
  gnupg.generate(`Bob Rig <${bob}>`)
  const taken = await call('keys.importPublic', {
    bytes: new Uint8Array(gnupg.publicKey(bob)),
    address: bob,
  })
  const fingerprint = taken.keys[0]?.facts.fingerprint as never
  await call('keys.setTrust', { address: bob, fingerprint, trust: 'verified' })

  const part = textPart('As it was signed.')
  const changed = signedMime(part, gnupg.detached(part, bob), header('Changed later', 2)).replace(
    'As it was signed.',
    'As somebody made it.',
  )
  const outside = multipart(
    'multipart/mixed',
    [encryptedMime(sealed('Within the seal.')), textPart('Please send the money to Mallory.')],
    header('With a neighbour', 3),
    'beside',
  )
  before.generate(`Alice before <${alice}>`)
  const setup = setupMail(before.setupMessage(alice, setupCode), header('Key from before', 6))

  for (const message of [
    setup,
    encryptedMime(sealed('Meet me at the harbour.'), header('Sealed letter', 0)),
    encryptedMime(damaged(sealed('Nobody sees this half.')), header('Damaged letter', 1)),
    changed,
    outside,
    encryptedMime(sealed('Opened by a passphrase.'), header('Locked letter', 4)),
    encryptedMime(underPassphrase('Told to nobody else.'), header('Agreed letter', 7)),
    encryptedMime(underPassphrase('x', '--cipher-algo', 'CAMELLIA256'), header('Rare letter', 8)),
    multipart(
      'multipart/mixed',
      [
        textPart('My key is attached.'),
        `Content-Type: application/pgp-keys; name="bob.asc"\r\nContent-Disposition: attachment; filename="bob.asc"\r\n\r\n${gnupg.run(['--armor', '--export', bob]).toString('latin1')}`,
      ],
      header('Key enclosed', 5),
      'keyed',
    ),
  ])
    await servers.deliver(alice, message)
  await call('sync.now', { accountId: null })
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
  gnupg.close()
  before.close()
})

const line = () => reader(siegel.page).getByRole('region', { name: 'Protection of this message' })

/** In both looks: light as it is, and dark. */
const picture = async (name: string): Promise<void> => {
  await siegel.screenshot(`${name}-light`)
  await siegel.page.emulateMedia({ colorScheme: 'dark' })
  await siegel.screenshot(`${name}-dark`)
  await siegel.page.emulateMedia({ colorScheme: 'light' })
}

test('a sealed letter is marked in the list, says in words what protects it, and has its details', async () => {
  const { page } = siegel
  await row(page, /Sealed letter.*encrypted|encrypted.*Sealed letter/).waitFor()
  await open(page, 'Sealed letter')
  await reader(page).getByText('Meet me at the harbour.').waitFor()
  await line().getByText('End-to-end encrypted').waitFor()
  await line().getByText(`signed by ${bob}, key verified`).waitFor()
  await picture('reader-verified')
  await line().getByRole('button', { name: 'Details' }).click()
  const details = page.getByRole('dialog', { name: 'Protection of this message' })
  await details.getByText('You have compared this key with its owner.').waitFor()
  await details.getByText(alice).waitFor()
  await picture('reader-details')
  await page.keyboard.press('Escape')
})

test('what was damaged or changed on the way says so clearly, and nothing decrypted is shown', async () => {
  const { page } = siegel
  await open(page, 'Damaged letter')
  await reader(page).getByText('Encrypted, could not be opened').first().waitFor()
  await reader(page).getByText('It was changed or damaged after it was encrypted.').first().waitFor()
  expect(await reader(page).innerText()).not.toContain('Nobody sees this half')
  await picture('reader-failed')

  await open(page, 'Changed later')
  await line().getByText('the signature is invalid: changed on the way, or forged').waitFor()
  await picture('reader-signature-bad')
})

test('what stands beside the seal is drawn in a block of its own', async () => {
  const { page } = siegel
  await open(page, 'With a neighbour')
  const block = reader(page).getByRole('region', { name: 'Added outside the protection' })
  await block.getByText('Please send the money to Mallory.').waitFor()
  await reader(page).getByText('Within the seal.').waitFor()
  expect(await block.innerText()).not.toContain('Within the seal.')
  await picture('reader-outside')
})

test('a letter under a passphrase asks for it, says when it is wrong, and stays open', async () => {
  const { page } = siegel
  await open(page, 'Agreed letter')
  await reader(page).getByText('Encrypted with a passphrase').first().waitFor()
  await picture('reader-passphrase')
  await line().getByRole('button', { name: 'Enter the passphrase …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Passphrase of this message' })
  const field = dialog.getByLabel('Passphrase', { exact: true })
  await field.fill('six dwarfs')
  await field.press('Enter')
  await dialog.getByText('The passphrase does not open this message').waitFor()
  await picture('reader-passphrase-wrong')
  await field.fill(agreed)
  await field.press('Enter')
  await reader(page).getByText('Told to nobody else.').waitFor()
  await line().getByText('Encrypted with a passphrase').waitFor()
  await picture('reader-passphrase-open')
  await open(page, 'Sealed letter')
  await open(page, 'Agreed letter')
  await reader(page).getByText('Told to nobody else.').waitFor()
})

test('a cipher that is not opened is called by its name', async () => {
  const { page } = siegel
  await open(page, 'Rare letter')
  await reader(page).getByText('It is encrypted with Camellia, which Siegel does not open.').first().waitFor()
})

test('a key that came as a file is offered in one line and taken in when asked', async () => {
  const { page } = siegel
  await open(page, 'Key enclosed')
  const offer = reader(page).getByRole('region', { name: 'Attached key' })
  await offer.getByText('bob.asc').waitFor()
  await picture('reader-key-attached')
  await offer.getByRole('button', { name: 'Import' }).click()
  await page.getByText(`Key of ${bob} imported`).waitFor()
  const { keys } = await call('keys.contacts', { address: bob })
  expect(keys[0]?.evidence.map(({ source }) => source)).toContain('attachment')
})

test('an answer to a sealed letter is sealed by itself, and is read again in Sent and by the recipient', async () => {
  const { page } = siegel
  await open(page, 'Sealed letter')
  await action(page, 'Reply').click()
  const draft = composer(page)
  await draft.getByRole('button', { name: 'Encrypted and signed' }).waitFor()
  await draft.getByRole('textbox', { name: 'Text of the message' }).fill('I shall be there.')
  await picture('compose-reply')
  await draft.getByRole('button', { name: 'Send', exact: true }).click()
  await draft.waitFor({ state: 'detached' })
  const got = () =>
    ['cur', 'new'].flatMap(each => {
      const directory = join(servers.maildir(bob), each)
      return readdirSync(directory).map(file => readFileSync(join(directory, file), 'utf8'))
    })
  await expect.poll(got).toHaveLength(1)
  const armored =
    /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(got()[0] ?? '')?.[0] ?? ''
  expect(gnupg.run(['--decrypt'], armored).toString('utf8')).toContain('I shall be there.')

  await folder(page, 'Sent').click()
  await open(page, 'Re: Sealed letter')
  await reader(page).getByRole('region', { name: 'Message text' }).getByText('I shall be there.').waitFor()
  await line().getByText(`signed by ${alice}, your own key`).waitFor()
  await folder(page, 'Inbox').click()
})

test('a locked key is asked for when reading and when sending', async () => {
  const { page } = siegel
  const [own] = await call('keys.list', {})
  const fingerprint = own?.facts.fingerprint as never
  const passphrase = 'correct horse battery staple on the hill'
  await call('keys.setPassphrase', { fingerprint, passphrase })
  await call('keys.forgetPassphrase', { fingerprint })
  await open(page, 'Locked letter')
  await line().getByText('Encrypted, and your key is locked').waitFor()
  expect(await reader(page).innerText()).not.toContain('Opened by a passphrase')
  await picture('reader-locked')
  await page.getByRole('button', { name: 'Unlock key …' }).click()
  const forReading = page.getByRole('dialog', { name: 'Unlock your key' })
  await forReading.getByLabel('Passphrase of the key').fill('wrong')
  await page.keyboard.press('Enter')
  await forReading.getByText('The passphrase is wrong').waitFor()
  await picture('reader-unlock')
  await forReading.getByLabel('Passphrase of the key').fill(passphrase)
  await page.keyboard.press('Enter')
  await reader(page)
    .getByRole('region', { name: 'Message text' })
    .getByText('Opened by a passphrase')
    .waitFor()

  await call('keys.forgetPassphrase', { fingerprint })
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  const draft = composer(page)
  await draft.getByRole('combobox', { name: 'To' }).fill(`${bob},`)
  await draft.getByRole('textbox', { name: 'Subject' }).fill('From a locked key')
  await draft.getByRole('textbox', { name: 'Text of the message' }).fill('Locked.')
  await draft.getByRole('button', { name: 'Send', exact: true }).click()
  const forSigning = page.getByRole('dialog', { name: 'Your key is locked' })
  await forSigning.getByLabel('Passphrase of the key').fill('wrong')
  await page.keyboard.press('Enter')
  await forSigning.getByText('The passphrase is wrong').waitFor()
  await picture('compose-unlock')
  await page.keyboard.press('Escape')
  await forSigning.waitFor({ state: 'detached' })
  await draft.getByRole('button', { name: 'Send', exact: true }).click()
  await forSigning.getByLabel('Passphrase of the key').fill(passphrase)
  await page.keyboard.press('Enter')
  await forSigning.waitFor({ state: 'detached' })
  await draft.waitFor({ state: 'detached' })
})

test('a key that changed stops the message until the writer decides', async () => {
  const { page } = siegel
  const other = new Gnupg()
  try {
    other.generate(`Bob Rig <${bob}>`)
    await call('keys.importPublic', { bytes: new Uint8Array(other.publicKey(bob)), address: bob })
  } finally {
    other.close()
  }
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  const draft = composer(page)
  await draft.getByRole('combobox', { name: 'To' }).fill(`${bob},`)
  await draft.getByRole('textbox', { name: 'Subject' }).fill('After the change')
  await draft.getByRole('button', { name: 'Needs your decision' }).waitFor()
  await draft.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /key/i })
  await dialog.getByText(bob).first().waitFor()
  await picture('compose-key-changed')
  await page.keyboard.press('Escape')
  expect(complaints).toEqual([])
})

test('a setup message of another program gives up the key for its code, and for no other', async () => {
  const { page } = siegel
  const own = async () => (await call('keys.list', {})).length
  const count = await own()
  await page.keyboard.press('Escape')
  await open(page, 'Key from before')
  await reader(page).getByRole('button', { name: 'Import', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Import your key' })
  await dialog.getByLabel('Code').fill(setupCode.replace('1742', '1743'))
  await page.keyboard.press('Enter')
  await dialog.getByText('That is not the code of this message.').waitFor()
  await picture('reader-setup')
  expect(await own()).toBe(count)
  await dialog.getByLabel('Code').fill(setupCode.replaceAll('-', ' '))
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  expect(await own()).toBe(count + 1)
  expect(complaints).toEqual([])
})
