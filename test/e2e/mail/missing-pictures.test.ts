import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureBody, shownBody } from '../support/body-measures'
import { bodyDocument, folder, open, reader } from '../support/drive'
import { importMail } from '../support/encrypted-mail'
import { writeMailbox } from '../support/html-mail-files'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const hero = 'url(https://pictures.example/hero.jpg)'
const mails = [
  {
    name: 'inline ground',
    html: `<div style="background-image:${hero};padding:40px;color:#fff;font-size:20px">Summer is here</div>`,
  },
  {
    name: 'white ground',
    html: `<div style="background:#ffffff ${hero} center/cover;padding:40px"><h1 style="color:#fefefe">Summer is here</h1></div>`,
  },
  {
    name: 'cell attribute',
    html: '<table width="600"><tr><td background="https://pictures.example/hero.jpg" height="200" align="center"><font color="#ffffff" size="5">Summer is here</font></td></tr></table>',
  },
  {
    name: 'a sheet',
    html: `<style>.hero{background:${hero};color:white;padding:30px}</style><div class="hero"><p>Summer is here</p></div>`,
  },
  {
    name: 'whole body',
    html: `<body style="background-image:${hero};color:#fff"><p>Summer is here</p><p>And more of it</p></body>`,
  },
  {
    name: 'black on black',
    html: `<div style="background:#000 ${hero};padding:30px;color:#111">Summer is here</div>`,
  },
  {
    name: 'picture links',
    html: '<p style="font-size:0;line-height:0"><a href="https://shop.example/a"><img src="https://pictures.example/a.png" width="600" height="200" alt="To the sale"></a></p><p><a href="https://other.example/b"><img src="https://pictures.example/b.png" width="20" height="20"></a></p>',
  },
  {
    name: 'two links',
    html: '<p><a href="https://one.example/a">one</a></p><p><a href="https://two.example/b">two</a></p>',
  },
].map(({ name, html }) => ({ name: `Mail with ${name}`, html }))

const place = mkdtempSync(join(tmpdir(), 'siegel-missing-'))
let siegel: Launched
beforeAll(async () => {
  siegel = await launch()
  const { page } = siegel
  const call = pageCalls(page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  const account = await call('accounts.add', {
    config: { address: 'local', displayName: '', services: {} },
    password: null,
  })
  const inbox = (await call('mailboxes.list', {})).find(
    each => each.accountId === account.id && each.role === 'inbox',
  )
  writeMailbox(join(place, 'mail.mbox'), mails)
  await importMail(siegel, inbox!.id, join(place, 'mail.mbox'))
  await folder(page, 'Inbox').click()
  await call('prefs.set', { theme: 'light' })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-theme=light]').waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  rmSync(place, { recursive: true, force: true })
})

test.each(mails.slice(0, 6))('$name: its words can be read before the picture is here', async ({ name }) => {
  await open(siegel.page, name)
  await reader(siegel.page).getByRole('heading', { name, exact: true }).waitFor()
  await shownBody(siegel.page)
  // Chromium sees a gradient without colour there, and no picture.
  const words = bodyDocument(siegel.page).getByText('Summer is here')
  await words.waitFor()
  await siegel.screenshot(`missing-${name.replaceAll(' ', '-')}`)
  await expect.poll(async () => (await measureBody(siegel.page)).faint).toEqual([])
})

// What is shown while the pointer rests on one link and the keyboard is at another is a unit test (shown-link.test.ts): keys that
// a test types into a frame do not pass main, where real ones do.
test('the link that has the focus is shown, and the one under the pointer', async () => {
  const { page } = siegel
  await open(page, 'Mail with two links')
  await shownBody(page)
  const status = page.locator('.link-status')
  const link = (name: string) => bodyDocument(page).getByRole('link', { name, exact: true })
  await link('two').focus()
  await expect.poll(() => status.innerText()).toBe('https://two.example/b')
  await page.keyboard.press('Shift+Tab')
  await expect.poll(() => status.innerText()).toBe('https://one.example/a')
  await link('two').hover()
  await expect.poll(() => status.innerText()).toBe('https://two.example/b')
})
