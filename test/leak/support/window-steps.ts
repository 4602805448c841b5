// Inside the box: what a person does in the window, step by step.
import type { ElectronApplication, Page } from 'playwright-core'
import {
  answerDialogs,
  askedDialogs,
  bodyDocument,
  composer,
  folder,
  reader,
  row,
} from '../../e2e/support/drive'
import { pageCalls } from '../../e2e/support/page-calls'
import { until } from '../../support/until'
import { hostileSubjects } from './hostile-mail'

const passphrase = 'seven otters juggle plums'

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** The first question of a new profile. */
export const chooseKey = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { name: 'Welcome to Siegel' }).waitFor()
  await page.locator('label', { hasText: 'With a passphrase' }).click()
  await field(page, 'Passphrase').fill(passphrase)
  await field(page, 'Repeat the passphrase').fill(passphrase)
  await button(page, 'Continue').click()
  await page.getByRole('heading', { name: 'How do you want to start?' }).waitFor()
}

/** Opens a profile that is there. */
export const unlock = async (page: Page): Promise<void> => {
  await field(page, 'Passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await folder(page, 'Inbox').waitFor()
}

/** Says who it is, chooses the way and has the servers looked for. */
export const discover = async (page: Page, way: 'direct' | 'tor'): Promise<void> => {
  await button(page, /Set up an account/).click()
  await field(page, 'Your name').fill('Alice Rig')
  await field(page, 'E-mail address').fill('alice@rig.test')
  if (way === 'tor') await page.getByText('Through Tor', { exact: true }).click()
  await button(page, 'Find servers').click()
  await button(page, 'Look up online').click()
  await field(page, 'Password').waitFor({ timeout: 90_000 })
}

/** Passes the search by. */
export const enterByHand = async (page: Page): Promise<void> => {
  await button(page, /Set up an account/).click()
  await field(page, 'Your name').fill('Alice Rig')
  await field(page, 'E-mail address').fill('alice@rig.test')
  await button(page, 'Enter by hand').click()
}

/** Fills in the servers, pins the certificate of each and waits for the first mail. */
export const addAccount = async (
  { app, page }: { app: ElectronApplication; page: Page },
  host: string,
  ports: { imapPort: number; smtpPort: number },
): Promise<void> => {
  for (const [name, port] of [
    [/IMAP/, ports.imapPort],
    [/SMTP/, ports.smtpPort],
  ] as const) {
    const group = page.getByRole('group', { name })
    await group.getByRole('textbox', { name: 'Server' }).fill(host)
    await group.getByRole('textbox', { name: 'Port' }).fill(String(port))
  }
  await field(page, 'Password').fill('alice-pw')
  await button(page, 'Test and add').click()
  await answerDialogs(app, { button: 1 })
  const pin = button(page, 'Trust this certificate …')
  for (let servers = 2; servers > 0; servers -= 1) {
    await pin.first().click({ timeout: 120_000 })
    await waitUntil(async () => (await pin.count()) < servers, 'the certificate is pinned')
  }
  await row(page, hostileSubjects[0] ?? '')
    .first()
    .waitFor({ timeout: 120_000 })
  await pageCalls(page)('settings.set', { undoSendSeconds: 0 })
}

/** Opens hostile mails in the order of the list; answers how many were shown. */
export const openMails = async (page: Page, count: number): Promise<number> => {
  await folder(page, 'Inbox').click()
  await row(page, hostileSubjects[0] ?? '')
    .first()
    .click()
  let opened = 0
  for (const subject of hostileSubjects.slice(0, count)) {
    await reader(page).getByRole('heading', { name: subject, exact: true }).waitFor()
    await page.locator('iframe.html-body').waitFor({ state: 'attached' })
    opened += 1
    await page.keyboard.press('j')
  }
  return opened
}

/** Goes back to the newest mail. */
export const openNewest = async (page: Page): Promise<void> => {
  await page.keyboard.press('Home')
  await reader(page)
    .getByRole('heading', { name: hostileSubjects[0] ?? '', exact: true })
    .waitFor()
}

/** Agrees to the images of the mail in front; waits until it is said what came of it. */
export const loadImages = async (page: Page): Promise<void> => {
  await reader(page).getByRole('button', { name: 'Load images' }).click()
  await page.getByRole('menuitem', { name: 'Only this time' }).click()
  await reader(page)
    .getByText(/images? loaded/)
    .waitFor()
}

/** Pastes what a hostile page or mail put into the clipboard, and throws the draft away. */
export const paste = async (page: Page, html: string): Promise<void> => {
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await composer(page).getByRole('button', { name: 'Write with formatting' }).click()
  const text = composer(page).getByRole('textbox', { name: 'Text of the message' })
  await text.click()
  await text.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, html)
  await composer(page).getByText('Words to quote.').first().waitFor()
  await composer(page).getByRole('button', { name: 'Discard draft' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await composer(page).waitFor({ state: 'detached' })
}

/** Answers or forwards the mail in front to Bob, and waits until it is sent. */
export const answerToBob = async (page: Page, how: 'Reply' | 'Forward', text: string): Promise<void> => {
  await reader(page).getByRole('button', { name: how, exact: true }).click()
  if (how === 'Forward') {
    const to = composer(page).getByRole('combobox', { name: 'To' })
    await to.fill('bob@rig.test')
    await to.press('Enter')
  }
  await composer(page).getByRole('textbox', { name: 'Text of the message' }).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Control+Enter')
  await composer(page).waitFor({ state: 'detached' })
}

/** Writes to somebody whose key only the directory of the domain has, until the letter would go encrypted. */
export const findKeyWhileWriting = async (
  { app, page }: { app: ElectronApplication; page: Page },
  fingerprint256: string,
): Promise<void> => {
  const call = pageCalls(page)
  const [account] = await call('accounts.list', {})
  if (!account) throw new Error('there is no account')
  const own = await call('keys.generate', {
    ...{ name: 'Alice Rig', address: 'alice@rig.test', accountId: account.id },
    ...{ version: 4, expiresAtMs: null },
  })
  await answerDialogs(app, { button: 1 })
  const change = { key: own.facts.fingerprint, wkd: 'automatic' } as const
  await call('keys.setSettings', { accountId: account.id, change })
  // Only a certificate that was met can be pinned.
  await call('keys.find', { address: 'nobody@rig.test', accountId: account.id, by: 'user' })
  const { pinned } = await call('accounts.pinCertificate', {
    problem: {
      ...{ host: 'openpgpkey.rig.test', port: 443, reason: 'unknown-issuer', detail: '', fingerprint256 },
      ...{ subject: '', issuer: '', names: [], validFrom: '', validTo: '' },
    },
  })
  if (!pinned) throw new Error('the certificate was not pinned')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  const to = composer(page).getByRole('combobox', { name: 'To' })
  await to.fill('dora@rig.test')
  await to.press('Enter')
  await composer(page).getByRole('button', { name: 'Encrypted and signed' }).waitFor()
  // An empty letter is thrown away without a question.
  await composer(page).getByRole('button', { name: 'Discard draft' }).click()
  await composer(page).waitFor({ state: 'detached' })
}

/** Waits until nothing waits to be sent. */
export const allSent = async (page: Page, count: number): Promise<void> => {
  await waitUntil(async () => {
    const items = await pageCalls(page)('outbox.list', {})
    return items.filter(item => item.state === 'sent').length >= count
  }, `${count} messages are sent`)
}

/** Prints the page as it stands, mail included, into a file. */
export const print = async (app: ElectronApplication): Promise<number> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const pdf = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({ printBackground: true })
    return pdf?.length ?? 0
  })

/** Follows a link of the mail in front; the question that comes is answered with No. */
export const followLink = async (app: ElectronApplication, page: Page): Promise<void> => {
  await answerDialogs(app, { button: 0 })
  await bodyDocument(page).locator('a').first().press('Enter')
  await waitUntil(async () => (await askedDialogs(app)).length > 0, 'the link is asked about')
}

/** Waits until the account says that Tor is what it waits for. */
export const waitsForTor = (page: Page): Promise<void> =>
  waitUntil(async () => {
    await pageCalls(page)('sync.now', { accountId: null })
    const [status] = await pageCalls(page)('sync.status', {})
    return status?.problem?.code === 'proxy-failed'
  }, 'the account waits for Tor')

/** With more patience than elsewhere: everything here goes through Tor, or against a wall. */
const waitUntil = (condition: () => Promise<boolean>, what: string, patienceMs = 180_000): Promise<void> =>
  until(condition, what, patienceMs)
