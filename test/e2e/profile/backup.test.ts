import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutOff } from '../support/cut-off'
import { answerDialogs, askedDialogs, composer, row } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import { type Launched, launch, launchOn } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const phrase = 'seven otters juggle plums'

let siegel: Launched
let backup: string
beforeAll(async () => {
  siegel = await launch()
  backup = join(siegel.desktop.directory, 'mail.siegel-backup')
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('accounts.addSample', {})
  await row(siegel.page, 'The lake, last night').waitFor()
})
afterAll(() => siegel?.stop())

const looks = [
  { language: 'en', theme: 'light' },
  { language: 'de', theme: 'dark' },
] as const

/** Pictures of what is shown, in both languages and both colours, at the smallest size; nothing of it is cut or shuts anybody out. */
const pictures = async (launched: Launched, name: string): Promise<void> => {
  await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(640, 480),
  )
  await launched.page.waitForFunction(() => Math.abs(innerWidth - 640) < 2)
  for (const look of looks) {
    await pageCalls(launched.page)('prefs.set', look)
    await launched.page.waitForFunction(language => document.documentElement.lang === language, look.language)
    await launched.page.waitForFunction(() =>
      document.getAnimations().every(each => !(each instanceof CSSTransition)),
    )
    await launched.screenshot(`${name}-${look.theme}-${look.language}`)
    expect(await cutOff(launched.page), name).toEqual([])
    expect(await faultsForAll(launched.page), name).toEqual([])
  }
  await pageCalls(launched.page)('prefs.set', { language: 'en', theme: 'light' })
}

const openCare = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Settings', exact: true }).first().click()
  await page.getByText('Maintenance').first().click()
}

test('a profile of the keychain is written to one file under a new passphrase', async () => {
  const { page, app } = siegel
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill('Unfinished')
  await composer(page).getByRole('textbox', { name: 'Text of the message' }).fill('Half a sentence')
  await expect.poll(() => pageCalls(page)('drafts.list', {})).toHaveLength(1)
  await page.keyboard.press('Escape')
  await openCare(page)
  await page.getByRole('button', { name: 'Back up …' }).click()
  const where = page.getByRole('button', { name: 'Choose a location …' })
  expect(await where.isDisabled()).toBe(true)
  await pictures(siegel, 'backup-new-passphrase')
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(phrase)
  await page.getByRole('textbox', { name: 'Repeat the passphrase' }).fill(phrase)
  await answerDialogs(app, { save: backup })
  await where.click()
  await page.getByText(`Saved: ${backup}`).waitFor()
  expect(readdirSync(siegel.desktop.directory).filter(name => name.startsWith('mail.'))).toEqual([
    'mail.siegel-backup',
  ])
})

test('the welcome restores it, says what is wrong with a file that is none, and everything is there', async () => {
  const second = await launchOn(siegel.desktop)
  const { page, app } = second
  try {
    await page.getByRole('button', { name: 'Restore a backup …' }).click()
    const none = join(siegel.desktop.directory, 'letter.txt')
    writeFileSync(none, 'Dear Anna')
    await answerDialogs(app, { open: [none] })
    await page.getByRole('button', { name: 'Choose the file …' }).click()
    await page.getByText('This is not a backup').waitFor()
    await answerDialogs(app, { open: [backup] })
    await page.getByRole('button', { name: 'Choose the file …' }).click()
    const field = page.getByRole('textbox', { name: 'Passphrase of the backup' })
    await field.fill('seven otters juggle pears')
    await page.keyboard.press('Enter')
    await page.getByText('This passphrase does not open the backup.').waitFor()
    await pictures(second, 'restore')
    await field.fill(phrase)
    await page.keyboard.press('Enter')
    await row(page, 'The lake, last night').waitFor()
    const drafts = await pageCalls(page)('drafts.list', {})
    expect(drafts.map(draft => [draft.content.subject, draft.content.text])).toEqual([
      ['Unfinished', 'Half a sentence'],
    ])
    expect(await pageCalls(page)('app.status', {})).toMatchObject({ state: 'open', custody: 'passphrase' })
  } finally {
    await second.quit()
  }
})

test('a store that is gone is said so; nothing is made, a backup takes its place, or one begins anew', async () => {
  await siegel.quit()
  rmSync(join(siegel.profile, 'store.db'))
  const again = await launchOn(siegel.desktop, { profile: siegel.profile })
  const { page, app } = again
  try {
    await page.getByText('Your mail store is missing').waitFor()
    expect(readdirSync(siegel.profile)).not.toContain('store.db')
    await pictures(again, 'store-missing')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Your mail store is missing').waitFor()
    await answerDialogs(app, { button: 0 })
    await page.getByRole('button', { name: 'Start with an empty profile …' }).click()
    await expect.poll(() => askedDialogs(app)).toHaveLength(1)
    await page.getByText('Your mail store is missing').waitFor()
    await page.getByRole('button', { name: 'Restore a backup …' }).click()
    await answerDialogs(app, { open: [backup] })
    await page.getByRole('button', { name: 'Choose the file …' }).click()
    await page.getByRole('textbox', { name: 'Passphrase of the backup' }).fill(phrase)
    await page.keyboard.press('Enter')
    await row(page, 'The lake, last night').waitFor()
    expect(readdirSync(siegel.profile).filter(name => name.startsWith('set-aside-'))).toHaveLength(1)
  } finally {
    await again.quit()
  }
})

test('without its key file the profile is not taken for a new one; set aside, it makes room for one', async () => {
  rmSync(join(siegel.profile, 'profile.json'))
  const again = await launchOn(siegel.desktop, { profile: siegel.profile })
  const { page, app } = again
  try {
    await page.getByText('The key file is missing').waitFor()
    await answerDialogs(app, { button: 1 })
    await page.getByRole('button', { name: 'Start with an empty profile …' }).click()
    await page.getByRole('heading', { name: 'Welcome to Siegel' }).waitFor()
    await pictures(again, 'welcome')
    expect(readdirSync(siegel.profile).filter(name => name.startsWith('set-aside-'))).toHaveLength(2)
  } finally {
    await again.quit()
  }
})

/** Opens the page in a window of the same program whose preload is another file, or none. */
const pageWithPreload = async (launched: Launched, preload: string | null): Promise<Page> => {
  const opened = launched.app.waitForEvent('window')
  await launched.app.evaluate(({ BrowserWindow, session }, file) => {
    const webPreferences = { session: session.fromPartition('window'), sandbox: true }
    const window = new BrowserWindow({
      width: 860,
      height: 560,
      webPreferences: file === null ? webPreferences : { ...webPreferences, preload: file },
    })
    void window.loadURL('app://siegel/index.html')
  }, preload)
  return opened
}

test('a page whose preload is missing or breaks shows that the start failed, and no made-up mail', async () => {
  const third = await launchOn(siegel.desktop)
  try {
    const throwing = join(siegel.desktop.directory, 'throwing-preload.cjs')
    writeFileSync(throwing, "throw new Error('broken')")
    const half = join(siegel.desktop.directory, 'half-preload.cjs')
    writeFileSync(
      half,
      "require('electron').contextBridge.exposeInMainWorld('siegel', {}); throw new Error('broken')",
    )
    for (const preload of [null, join(siegel.desktop.directory, 'no-such.cjs'), throwing, half]) {
      const page = await pageWithPreload(third, preload)
      await page.getByRole('heading', { name: 'Siegel could not start' }).waitFor()
      expect(await page.getByRole('button', { name: 'Write' }).count()).toBe(0)
      expect([...(await cutOff(page)), ...(await faultsForAll(page))]).toEqual([])
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByRole('heading', { name: 'Siegel could not start' }).waitFor()
      await page.close()
    }
  } finally {
    await third.quit()
  }
})
