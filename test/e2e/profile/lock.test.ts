import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { composer, engineRuns, folder, pressMenu, row } from '../support/drive'
import { type Launched, launch, launchOn } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
beforeAll(async () => {
  servers = await startMailServers()
  await servers.deliver('alice@rig.test', plainMessage({ subject: 'Waldkauz' }))
  siegel = await launch()
  await pageCalls(siegel.page)('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await row(siegel.page, 'Waldkauz').waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

/** The lock is there, and behind it nothing: no words of mail in the page, no process that holds the store. */
const expectLocked = async ({ page, app }: Launched): Promise<void> => {
  await page.getByRole('heading', { name: 'Siegel is locked' }).waitFor()
  expect(await page.content()).not.toContain('Waldkauz')
  await expect.poll(() => engineRuns(app)).toBe(false)
  await expect(pageCalls(page)('messages.summaries', { ids: [] })).rejects.toThrow('locked')
}

const unlockByKeychain = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await row(page, 'Waldkauz').waitFor()
}

test('the menu locks, and the keychain opens again', async () => {
  expect(await engineRuns(siegel.app)).toBe(true)
  await pressMenu(siegel.app, 'Lock Siegel')
  await expectLocked(siegel)
  await siegel.screenshot('lock-keychain-light')
  await expect(pressMenu(siegel.app, 'Lock Siegel')).rejects.toThrow()
  await unlockByKeychain(siegel.page)
})

test('the shortcut locks while typing, and what was typed is kept', async () => {
  const { page } = siegel
  await page.getByRole('searchbox').fill('Sehr geheim')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill('Unfinished')
  await composer(page).getByRole('textbox', { name: 'Text of the message' }).fill('Half a sentence')
  await page.keyboard.press('Control+Shift+l')
  await expectLocked(siegel)
  expect(await page.content()).not.toContain('Half a sentence')
  await unlockByKeychain(page)
  expect(await page.getByRole('searchbox').inputValue()).toBe('')
  const drafts = await pageCalls(page)('drafts.list', {})
  expect(drafts.map(draft => [draft.content.subject, draft.content.text])).toEqual([
    ['Unfinished', 'Half a sentence'],
  ])
})

test('it locks after the time without input that was chosen', async () => {
  const { page, app } = siegel
  await pageCalls(page)('settings.set', { lockAfterIdleMinutes: 2 })
  await app.evaluate(({ powerMonitor }) => {
    Object.assign(powerMonitor, { getSystemIdleTime: () => 121 })
  })
  await page.getByRole('heading', { name: 'Siegel is locked' }).waitFor({ timeout: 120_000 })
  await expectLocked(siegel)
  await app.evaluate(({ powerMonitor }) => {
    Object.assign(powerMonitor, { getSystemIdleTime: () => 0 })
  })
  await unlockByKeychain(page)
})

test('it locks when the machine goes to sleep', async () => {
  await siegel.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend')
  })
  await expectLocked(siegel)
  await unlockByKeychain(siegel.page)
})

test('a passphrase is asked for twice at first, and a wrong one later opens nothing and says so', async () => {
  const second = await launchOn(siegel.desktop)
  const { page } = second
  try {
    const [phrase, wrong] = ['seven otters juggle plums', 'seven otters juggle pears']
    await page.locator('label', { hasText: 'With a passphrase' }).click()
    const next = page.getByRole('button', { name: 'Continue' })
    const field = page.getByRole('textbox', { name: 'Passphrase', exact: true })
    await field.fill('short')
    await page.getByText('Too short: at least 8 characters.').waitFor()
    await field.fill(phrase)
    await page.getByRole('textbox', { name: 'Repeat the passphrase' }).fill(wrong)
    await page.getByText('The passphrases do not match.').waitFor()
    expect(await next.isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Repeat the passphrase' }).fill(phrase)
    await second.screenshot('welcome-passphrase-light')
    await next.click()
    await page.getByRole('button', { name: /Try with a sample mailbox/ }).click()
    await row(page, 'The lake, last night').waitFor()
    await pressMenu(second.app, 'Lock Siegel')
    await page.getByRole('heading', { name: 'Siegel is locked' }).waitFor()
    await expect.poll(() => engineRuns(second.app)).toBe(false)
    await field.fill(wrong)
    await page.keyboard.press('Enter')
    await page.getByText('The passphrase is wrong').waitFor()
    expect(await engineRuns(second.app)).toBe(false)
    await second.screenshot('lock-wrong-passphrase-light')
    await field.fill(phrase)
    await page.keyboard.press('Enter')
    await row(page, 'The lake, last night').waitFor()
    await folder(page, 'Sent').waitFor()
  } finally {
    await second.quit()
  }
})
