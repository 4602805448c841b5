import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { answerDialogs, composer, folder } from './drive'
import type { Launched } from './launch'
import { pageCalls } from './page-calls'

/**
 * Looks at what the window shows now; what was opened stays open meanwhile. `in-place`: it stands beside what opened it, and
 * that is elsewhere once the zoom has changed.
 */
export type Look = (place: string, kind?: 'in-place') => Promise<void>

type Forms = Readonly<{ siegel: Launched; look: Look }>

const named = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
const sheet = (page: Page) => page.locator('.ui-dialog, .ui-panel-body').last()

/** Opens a dialog, looks at it, and closes it by Escape. */
const visit = async (
  { siegel: { page }, look }: Forms,
  place: string,
  open: () => Promise<unknown>,
  within?: (dialog: Locator) => Promise<void>,
): Promise<void> => {
  await open()
  const dialog = sheet(page)
  await dialog.waitFor()
  await look(place)
  await within?.(dialog)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

/** The welcome: key, ways, restoring, an account by the preset, by a search and by hand; ends with an account and a key. */
export async function welcomeForms(forms: Forms): Promise<void> {
  const { page } = forms.siegel
  const { look } = forms
  await page.getByRole('heading', { name: 'Welcome to Siegel' }).waitFor()
  await look('welcome')
  await page.getByText('With a passphrase that only you know').click()
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('short')
  await look('welcome: passphrase')
  const none = join(forms.siegel.desktop.directory, 'letter.txt')
  writeFileSync(none, 'Dear Anna')
  await answerDialogs(forms.siegel.app, { open: [none] })
  await visit(
    forms,
    'restore',
    () => named(page, 'Restore a backup …').click(),
    async dialog => {
      await named(dialog, 'Choose the file …').click()
      await dialog.getByText('This is not a backup').waitFor()
      await look('restore: no backup')
    },
  )
  await page.getByText(/^In the keychain: /).click()
  await named(page, 'Continue').click()
  await page.getByRole('heading', { name: 'How do you want to start?' }).waitFor()
  await look('ways')
  await named(page, /mailbox\.org/).click()
  await named(page, 'Back').waitFor()
  await look('account: mailbox.org')
  await named(page, 'Back').click()
  await named(page, /Set up an account/).click()
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('anna')
  await named(page, 'Find servers').click()
  await page.getByText('Please enter a complete address').waitFor()
  await look('account: address')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('anna@nowhere.rig.test')
  await named(page, 'Find servers').click()
  await named(page, 'Look up online').waitFor()
  await look('account: question')
  await named(page, 'Enter by hand').click()
  await page.getByRole('textbox', { name: 'Server' }).first().waitFor()
  await look('account: servers')
  for (const protocol of [/IMAP/, /SMTP/]) {
    const group = page.getByRole('group', { name: protocol })
    await group.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
    await group.getByRole('textbox', { name: 'Port' }).fill('1')
  }
  await page.getByRole('textbox', { name: 'Password' }).fill('none')
  await named(page, 'Test and add').click()
  await page.getByText('The account was not added: a test failed.').waitFor()
  await look('account: test failed')
  const call = pageCalls(page)
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
  await call('accounts.addSample', {})
  await page.getByRole('button', { name: 'Settings', exact: true }).first().waitFor()
}

const openRoom = async (page: Page, name: string): Promise<void> => {
  const tab = page.getByRole('tab', { name, exact: true })
  if ((await tab.count()) === 0) await named(page, 'Settings').first().click()
  await tab.click()
}

/** The forms and dialogs of settings: accounts, the encrypted inbox, keys, backup, the way the profile's key is kept. */
export async function settingsForms(forms: Forms): Promise<void> {
  const { page, app } = forms.siegel
  const { look } = forms
  const call = pageCalls(page)
  await openRoom(page, 'Keys')
  await visit(forms, 'key: import', () => named(page, 'Import …').click())
  await visit(forms, 'key: new', () => named(page, 'New key …').click())
  const anna = (await call('accounts.list', {})).find(({ config }) => config.address === 'anna@example.org')
  const made = { name: 'Anna Winter', address: 'anna@example.org', version: 4, expiresAtMs: null } as const
  await call('keys.generate', { ...made, accountId: anna?.id as never })
  const more = named(page, 'More about this key').first()
  await more.waitFor()
  await look('keys')
  for (const [entry, place] of [
    ['Set a passphrase …', 'key: passphrase'],
    ['Revoke …', 'key: revoke'],
  ] as const)
    await visit(forms, place, async () => {
      await more.click()
      await page.getByRole('menuitem', { name: entry }).click()
    })
  await visit(forms, 'key: backup', () => named(page, 'Save a backup …').click())
  await openRoom(page, 'Accounts')
  await page
    .locator('.account-card', { hasText: 'anna@example.org' })
    .getByText('Edit', { exact: true })
    .click()
  await page.getByRole('heading', { name: 'Encrypted inbox' }).waitFor()
  await look('account: edit')
  await visit(forms, 'encrypted inbox', () =>
    page.getByText('Encrypt unencrypted mail on the server when it arrives').click(),
  )
  await page.locator('.account-card').first().getByRole('button', { name: 'Remove' }).click()
  await look('account: remove')
  await page.keyboard.press('Escape')
  await visit(forms, 'account: add', () => named(page, 'Add an account').click())
  await openRoom(page, 'Security')
  await named(page, 'Use a passphrase instead').click()
  await look('custody')
  await page.keyboard.press('Escape')
  await openRoom(page, 'Maintenance')
  await visit(forms, 'backup', () => named(page, 'Back up …').click())
  await named(page, 'Check now').click()
  await page.locator('.finding').first().waitFor()
  await look('checked')
  await answerDialogs(app, {})
  await page.keyboard.press('Escape')
  await page.locator('.mail-room').waitFor()
}

/** A draft with everything that can be open in it. */
export async function composerForms(forms: Forms): Promise<void> {
  const { page, app } = forms.siegel
  const { look } = forms
  await page.keyboard.press('c')
  const draft = composer(page)
  await draft.waitFor()
  await named(draft, 'Cc/Bcc').click()
  const to = draft.getByRole('combobox', { name: 'To', exact: true })
  for (const name of ['anna', 'a.person.with.a.long.name', 'bruno', 'not an address']) {
    await to.fill(name.includes(' ') ? name : `${name}@some-domain.example`)
    await to.press('Enter')
  }
  await look('draft: people')
  const files = ['brief.pdf', `${'a-very-long-name-of-a-file-'.repeat(4)}2026.docx`, 'photo.heic'].map(name =>
    join(forms.siegel.desktop.directory, name),
  )
  for (const file of files) writeFileSync(file, 'words')
  await answerDialogs(app, { open: files })
  await named(draft, 'Attach files').click()
  await draft.getByText('photo').first().waitFor()
  await look('draft: files')
  await visit(forms, 'draft: bad address', () => named(draft, 'Send').click())
  await named(draft, 'Remove not an address').click()
  await visit(forms, 'draft: no subject', () => named(draft, 'Send').click())
  await visit(forms, 'draft: transport', () => named(draft, 'Transport of this message').click())
  await visit(forms, 'draft: readers', () => draft.locator('button.readers-line').click())
  await visit(forms, 'draft: preview', () => named(draft, 'What leaves this machine').click())
  await draft.locator('.protection-button').click()
  await page.getByRole('menuitem', { name: 'Send with a passphrase …' }).waitFor()
  await look('draft: protection')
  await visit(forms, 'draft: passphrase', () =>
    page.getByRole('menuitem', { name: 'Send with a passphrase …' }).click(),
  )
  await named(draft, 'Name and metadata of brief.pdf').click()
  await visit(forms, 'draft: rename', () => page.getByRole('menuitem', { name: 'Rename …' }).click())
  await named(draft, 'Write with formatting').click()
  await draft.getByRole('toolbar').waitFor()
  await draft.getByRole('textbox', { name: 'Text of the message' }).fill('Words')
  await named(draft, 'Link').click()
  await sheet(page).waitFor()
  await look('draft: link', 'in-place')
  await page.keyboard.press('Escape')
  await sheet(page).waitFor({ state: 'detached' })
  await page.keyboard.press('Control+a')
  await visit(forms, 'draft: discard', () => named(draft, 'Discard draft').click())
  await draft.locator('.protection-button').click()
  await page.getByRole('menuitem', { name: 'Encrypt this message', exact: true }).click()
  await draft.locator('.protection-button[data-encrypts=stop]').waitFor()
  await named(draft, 'Send').click()
  await named(page, 'Send anyway').click()
  await sheet(page).getByText('Not everybody can read it encrypted').waitFor()
  await look('draft: decision')
  await page.keyboard.press('Escape')
  await sheet(page).waitFor({ state: 'detached' })
  await named(draft, 'Discard draft').click()
  await named(sheet(page), 'Discard draft').click()
  await draft.waitFor({ state: 'detached' })
}

/** The questions about folders, and their menu with import and export. */
export async function folderForms(forms: Forms): Promise<void> {
  const { page } = forms.siegel
  const { look } = forms
  const menuOf = async (name: string) => {
    if (await page.locator('#pane-folders').isHidden()) await named(page, 'Show folders').click()
    await folder(page, name).first().click({ button: 'right' })
    await page.getByRole('menu').first().waitFor()
  }
  await menuOf('Trash')
  await page.getByRole('menuitem', { name: /Import/ }).click()
  await look('folder: import', 'in-place')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await visit(forms, 'folder: new', async () => {
    await menuOf('Trash')
    await page.getByRole('menuitem', { name: /New folder/ }).click()
  })
}
