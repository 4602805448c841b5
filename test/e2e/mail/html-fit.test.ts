import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProject } from '../../../build/paths.mjs'
import { type HtmlMailName, htmlMail } from '../../fixtures/html-mail/index'
import { measureBody, setReaderWidth, shownBody } from '../support/body-measures'
import { bodyDocument, collectComplaints, folder, reader } from '../support/drive'
import { importMail } from '../support/encrypted-mail'
import { withPictures, writeMailbox } from '../support/html-mail-files'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const hardFolder = inProject('test/fixtures/hard-html-mail')
const hard = readdirSync(hardFolder).map(file => ({
  name: basename(file, '.html'),
  html: readFileSync(join(hardFolder, file), 'utf8'),
}))
const layouts = (
  [
    'nested-tables-600',
    'spacer-gifs',
    'grid-and-flex',
    'receipt-wide-table',
    'fluid-hybrid-mso',
    'rtl-newsletter',
  ] as const
).map((name: HtmlMailName) => htmlMail(name))

const paragraphs = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `<p>Paragraph ${at} of a letter with a table of contents.</p>`,
  ).join('')
const own = [
  {
    name: 'table of contents',
    html: `<p><a href="#end">To the end</a></p>${paragraphs(80)}<h2><a name="end">The end of it</a></h2><p><a href="#top">Up</a></p>${paragraphs(60)}`,
  },
  {
    name: 'six hundred wide',
    html: `<body bgcolor="#eeeeee" style="margin:0"><table width="640" align="center" bgcolor="#ffffff"><tr><td style="padding:20px;font-size:16px;color:#333">A newsletter of 640 pixels. ${'It has some words. '.repeat(20)}</td></tr></table></body>`,
  },
]
const mails = [...hard, ...layouts, ...own].map(({ name, html }) => ({ name, html: withPictures(html) }))

const place = mkdtempSync(join(tmpdir(), 'siegel-fit-'))
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  siegel = await launch()
  const { page } = siegel
  complaints = collectComplaints(page)
  const call = pageCalls(page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  const account = await call('accounts.add', {
    config: { address: 'local', displayName: '', services: {} },
    password: null,
  })
  const inbox = (await call('mailboxes.list', {})).find(
    each => each.accountId === account.id && each.role === 'inbox',
  )
  const file = join(place, 'mail.mbox')
  writeMailbox(file, mails)
  await importMail(siegel, inbox!.id, file)
  await folder(page, 'Inbox').click()
  await setReaderWidth(siegel.app, page, 505, 900)
})
afterAll(async () => {
  await siegel?.stop()
  rmSync(place, { recursive: true, force: true })
})

const setTheme = async (theme: 'light' | 'dark'): Promise<void> => {
  await pageCalls(siegel.page)('prefs.set', { theme })
  await siegel.page.emulateMedia({ colorScheme: theme })
  await siegel.page.locator(`html[data-theme=${theme}]`).waitFor()
}

/** By its words: rows that scrolled out of the list are not there. */
const openMail = async (name: string): Promise<void> => {
  const { page } = siegel
  const rows = page.locator('#pane-list').getByRole('option')
  await page.getByRole('searchbox').fill(`subject:"${name}"`)
  await expect
    .poll(async () => [await rows.count(), await rows.first().innerText()])
    .toEqual([1, expect.stringContaining(name)])
  await rows.first().click()
  await reader(page).getByRole('heading', { name, exact: true }).waitFor()
  await shownBody(page)
}
const scroller = () => reader(siegel.page).locator('.reader-scroll')
const scrolled = () => scroller().evaluate(element => element.scrollTop)

/** Not by a pointer: what is to be seen here is where the link leads, not where it stands. */
const follow = (name: string): Promise<void> =>
  bodyDocument(siegel.page)
    .getByRole('link', { name, exact: true })
    .evaluate(link => (link as HTMLAnchorElement).click())

test('a link in the mail leads to its place, and back up', async () => {
  const { page } = siegel
  await openMail('table of contents')
  await follow('To the end')
  await expect.poll(scrolled).toBeGreaterThan(1000)
  const heading = bodyDocument(page).getByRole('heading', { name: 'The end of it' })
  const pane = await scroller().boundingBox()
  await expect.poll(async () => Math.abs((await heading.boundingBox())!.y - pane!.y)).toBeLessThan(40)
  await follow('Up')
  await expect.poll(scrolled).toBeLessThan(400)
  expect(page.frames().filter(frame => frame.url().startsWith('mail-body:'))).toHaveLength(1)
})

test('the reader is the one scroller: a mail is as high as what is in it', async () => {
  const { page } = siegel
  const found = await measureBody(page)
  expect(found).toMatchObject({ scrollers: 0, cut: [], overflowPx: 0 })
  expect(found.heightPx).toBeGreaterThan(4000)
  const taller = await reader(page).evaluate(
    pane =>
      [...pane.querySelectorAll('*')].filter(
        each =>
          each.scrollHeight > each.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(each).overflowY),
      ).length,
  )
  expect(taller).toBe(1)
})

test('a newsletter wider than its pane is scaled, and the reader’s own zoom is never taken back', async () => {
  const { app, page } = siegel
  await setTheme('light')
  await openMail('six hundred wide')
  const scaled = await measureBody(page)
  expect(scaled).toMatchObject({ overflowPx: 0, cut: [], canvas: 'rgb(238, 238, 238)' })
  expect(scaled.textPx).toBeCloseTo((16 * scaled.widthPx) / 640, 0)
  const zoom = (factor: number) =>
    app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(to),
      factor,
    )
  const width = await page.evaluate(() => innerWidth)
  await zoom(1.25)
  await page.waitForFunction(before => innerWidth < before - 50, width)
  // The frame's own pixels are a quarter larger now, so text of 16 of them is.
  await expect.poll(async () => (await measureBody(page)).textPx).toBe(16)
  expect(await measureBody(page)).toMatchObject({ cut: [], overflowPx: 0 })
  await zoom(1)
  await page.waitForFunction(before => innerWidth === before, width)
  await expect.poll(async () => (await measureBody(page)).textPx).toBeLessThan(13)
})

test('it fits again when the pane changes its width', async () => {
  const { app, page } = siegel
  await setReaderWidth(app, page, 720, 900)
  await expect.poll(async () => (await measureBody(page)).textPx).toBe(16)
  await setReaderWidth(app, page, 505, 900)
  await expect.poll(async () => (await measureBody(page)).textPx).toBeLessThan(13)
})

test('a letter whose table alone is too wide keeps the size of its words', async () => {
  const { app, page } = siegel
  await openMail('word-and-mso')
  for (const width of [665, 505]) {
    await setReaderWidth(app, page, width, 900)
    await expect
      .poll(async () => measureBody(page))
      .toMatchObject({ overflowPx: 0, cut: [], squeezed: [], textPx: expect.closeTo(14.7, 1) })
  }
})

test('the dark follows the mail’s own colours, and “Show original” shows it as it was sent', async () => {
  const { page } = siegel
  await setTheme('dark')
  await openMail('six hundred wide')
  await expect.poll(async () => (await measureBody(page)).canvas).not.toBe('rgb(238, 238, 238)')
  expect((await measureBody(page)).faint).toEqual([])
  await siegel.screenshot('html-fit-dark')
  await reader(page).getByRole('button', { name: 'Show original' }).click()
  await expect.poll(async () => (await measureBody(page)).canvas).toBe('rgb(238, 238, 238)')
  expect((await measureBody(page)).textPx).toBe(16)
  await siegel.screenshot('html-fit-original')
  await reader(page).getByRole('button', { name: 'Show adjusted' }).click()
  await expect.poll(async () => (await measureBody(page)).textPx).toBeLessThan(13)
})

test.each(mails)('$name: nothing is cut, squeezed, squashed or too faint in the dark', async ({ name }) => {
  await openMail(name)
  // A body may be measured once more when its fonts and pictures are there.
  const found = async () => {
    const { overflowPx, cut, squeezed, faint, squashed, scrollers } = await measureBody(siegel.page)
    return { overflowPx, cut, squeezed, faint, squashed, scrollers }
  }
  await expect.poll(found).toEqual({
    overflowPx: expect.toSatisfy((pixels: number) => pixels <= 1),
    cut: [],
    squeezed: [],
    faint: [],
    squashed: [],
    scrollers: 0,
  })
})

test('text that was set in columns has letters of one width, as long as the reader or the setting says nothing else', async () => {
  const { page } = siegel
  const call = pageCalls(page)
  const text = reader(page).getByRole('region', { name: 'Message text' })
  const family = () => text.evaluate(element => getComputedStyle(element).fontFamily)
  const choice = text.getByRole('button', { name: 'Fixed width' })
  await openMail('receipt-wide-table')
  await reader(page).getByRole('button', { name: 'Show as plain text' }).click()
  const isFixed = await choice.getAttribute('aria-pressed')
  await choice.click()
  await expect.poll(() => choice.getAttribute('aria-pressed')).not.toBe(isFixed)
  await call('settings.set', { textWidth: 'fixed' })
  await openMail('ground-only')
  await reader(page).getByRole('button', { name: 'Show as plain text' }).click()
  await expect.poll(family).toContain('monospace')
  await siegel.screenshot('text-fixed-dark')
  await choice.click()
  await expect.poll(family).not.toContain('monospace')
  await call('settings.set', { textWidth: 'auto' })
  await openMail('thirty-quotes-deep')
  await reader(page).getByRole('button', { name: 'Show as plain text' }).click()
  await expect.poll(family).not.toContain('monospace')
})

test('nothing was refused or went wrong in the page all that time', () => {
  // At every step within a document Chromium asks whether its page wants to hear of it, and notes that it may not.
  const steps = /^error: Blocked script execution in 'mail-body:\/\/message\/\d+(#m-end)?'/
  expect(complaints.filter(each => !steps.test(each))).toEqual([])
})

test('going through mails faster than they are measured ends nothing', async () => {
  const { page } = siegel
  await folder(page, 'Inbox').click()
  await page.locator('#pane-list [role=option]').first().click()
  for (let press = 0; press < 60; press += 1) await page.keyboard.press(press % 30 < 20 ? 'j' : 'k')
  await page.keyboard.press('Home')
  await reader(page).getByRole('heading').first().waitFor()
  await shownBody(page)
})
