import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shownBody } from '../support/body-measures'
import { answerDialogs, askedDialogs, bodyDocument, folder, open, reader } from '../support/drive'
import { importMail } from '../support/encrypted-mail'
import { writeMailbox } from '../support/html-mail-files'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** What is pressed in a mail: links around pictures and words, and the right button. */
const mails = [
  {
    name: 'Picture link',
    html: '<p>Cucumber salad with dill, <a href="https://words.example/x">read on</a></p><p><a href="https://shop.example/sale"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=" alt="To the sale" width="200" height="60"></a> <a href="https://other.example/next">other</a></p>',
  },
  { name: 'Too long a rule', html: `<style>.a{${'color:red;'.repeat(8000)}}</style><p>Words</p>` },
]

const place = mkdtempSync(join(tmpdir(), 'siegel-pressed-'))
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
})
afterAll(async () => {
  await siegel?.stop()
  rmSync(place, { recursive: true, force: true })
})

const show = async (name: string): Promise<void> => {
  await open(siegel.page, name)
  await reader(siegel.page).getByRole('heading', { name, exact: true }).waitFor()
  await shownBody(siegel.page)
}

test('a design that was cut says so above the mail', async () => {
  await show('Too long a rule')
  await reader(siegel.page)
    .getByText(/design of this message is too large/)
    .waitFor()
  await siegel.screenshot('html-steady-cut')
})

const pictureLink = () => bodyDocument(siegel.page).getByRole('link', { name: 'To the sale' })
test.each([
  ['a click', {}],
  ['a double click', { clickCount: 2 }],
  ['a click with Alt', { modifiers: ['Alt'] }],
] as const)('%s on a picture asks once, with where its link leads', async (_name, how) => {
  const { app, page } = siegel
  await show('Picture link')
  await answerDialogs(app, { button: 0 })
  const asked = async () => (await askedDialogs(app)).map(({ options }) => String(options['message']))
  await pictureLink().click({ ...how, modifiers: 'modifiers' in how ? [...how.modifiers] : [] })
  await expect.poll(async () => (await asked()).length).toBeGreaterThan(0)
  // A second question about the picture would come before this one.
  await bodyDocument(page).getByRole('link', { name: 'other' }).click()
  await expect.poll(async () => (await asked()).length).toBeGreaterThan(1)
  expect(await asked()).toEqual([
    expect.stringContaining('shop.example'),
    expect.stringContaining('other.example'),
  ])
})

test('the right button in a mail offers to copy, to look up, and to copy where a link leads', async () => {
  const { app, page } = siegel
  await show('Picture link')
  await app.evaluate(({ Menu }) => {
    Object.assign(Menu.prototype, {
      popup(this: unknown) {
        Object.assign(globalThis, { shownMenu: this })
      },
    })
  })
  type Shown = { shownMenu?: { items: { label: string; click: () => void }[] } }
  const labels = () =>
    app.evaluate(() =>
      ((globalThis as unknown as Shown).shownMenu?.items ?? [])
        .map(({ label }) => label)
        .filter(label => label !== ''),
    )
  const choose = (index: number) =>
    app.evaluate((_electron, at) => (globalThis as unknown as Shown).shownMenu?.items.at(at)?.click(), index)
  const clipboardText = () => app.evaluate(({ clipboard }) => clipboard.readText())
  const words = bodyDocument(page).getByText('Cucumber salad')
  await words.dblclick({ position: { x: 30, y: 8 } })
  await words.click({ button: 'right', position: { x: 30, y: 8 } })
  await expect.poll(labels).toEqual(['&Copy', '&Look Up “Cucumber” in the Mail'])
  await bodyDocument(page).getByRole('link', { name: 'read on' }).click({ button: 'right' })
  await expect.poll(labels).toContain('Copy &Link')
  await choose((await labels()).indexOf('Copy &Link') === 0 ? 0 : 2)
  await expect.poll(clipboardText).toBe('https://words.example/x')
  await pictureLink().click({ button: 'right' })
  await expect.poll(labels).toContain('Copy &Link')
  await words.dblclick({ position: { x: 30, y: 8 } })
  await words.click({ button: 'right', position: { x: 30, y: 8 } })
  await expect.poll(labels).toEqual(['&Copy', '&Look Up “Cucumber” in the Mail'])
  await choose(-1)
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toContain('Cucumber')
})
