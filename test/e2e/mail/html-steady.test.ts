import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureBody, setReaderWidth, shownBody } from '../support/body-measures'
import { bodyDocument, folder, open, reader } from '../support/drive'
import { importMail } from '../support/encrypted-mail'
import { writeMailbox } from '../support/html-mail-files'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const paragraphs = (count: number, word: string): string =>
  Array.from({ length: count }, (_, at) => `<p>${word} ${at} of a mail that somebody reads.</p>`).join('')
const long = (count: number, word: string): string => paragraphs(count, `${'Words '.repeat(25)}${word}`)
const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at} ${'goes on '.repeat(at % 20)}`).join('<br><br>')
const wide = `<table border="1"><tr>${'<th>Column</th><td>some words</td>'.repeat(30)}</tr></table>`
/** What moves in a mail while it is read, and what must not. */
const mails = [
  {
    name: 'Plain folds',
    html: `${paragraphs(30, 'Before')}<details><summary>First fold</summary>${paragraphs(30, 'First')}</details>${paragraphs(3, 'Between')}<details><summary>Second fold</summary>${wide}<details><summary>Inner fold</summary>${paragraphs(40, 'Inner')}</details></details>${paragraphs(30, 'After')}`,
  },
  {
    name: 'Folds in a table that scrolls',
    html: `<table border="1"><tr>${'<th>Column</th>'.repeat(40)}</tr><tr><td><details><summary>First fold</summary>${paragraphs(30, 'First')}</details></td></tr></table>`,
  },
  {
    name: 'Scaled newsletter',
    html: `<table width="640"><tr><td style="font-size:16px">${long(60, 'paragraph')}</td></tr></table>`,
  },
  { name: 'Narrow letter', html: `<div style="max-width:400px">${paragraphs(90, 'paragraph')}</div>` },
  { name: 'Flowing letter', html: long(60, 'paragraph') },
  { name: 'One text with breaks', html: `<div>${lines(90, 'paragraph')}</div>` },
  { name: 'Set text', html: `<pre>${'paragraph '.repeat(12)}\n${Array.from({ length: 400 }, (_, at) => `Line ${at}`).join('\n')}</pre>` },
]

const place = mkdtempSync(join(tmpdir(), 'siegel-steady-'))
let siegel: Launched
beforeAll(async () => {
  siegel = await launch()
  const { app, page } = siegel
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
  await setReaderWidth(app, page, 505, 800)
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
const scroller = () => reader(siegel.page).locator('.reader-scroll')
/** Where a text stands, counted from the upper edge of what is seen. */
const placeOf = async (text: string): Promise<number> => {
  const [box, pane] = await Promise.all([
    bodyDocument(siegel.page).getByText(text, { exact: false }).first().boundingBox(),
    scroller().boundingBox(),
  ])
  if (box === null || pane === null) throw new Error(`${text} is not shown`)
  return box.y - pane.y
}
/** Scrolls until a text begins so far below the upper edge. */
const scrollTo = async (text: string, below = 0): Promise<void> => {
  const by = (await placeOf(text)) - below
  await scroller().evaluate((pane, down) => {
    pane.scrollTop += down
  }, by)
  await expect.poll(async () => Math.abs((await placeOf(text)) - below)).toBeLessThan(2)
}
const unbroken = { scrollers: 0, cut: [], overflowPx: 0 }
const height = async () => (await measureBody(siegel.page)).heightPx
const press = (name: string) => bodyDocument(siegel.page).getByText(name).click()

test('what folds out makes the mail higher, cuts nothing and moves nothing above it; folded in it is as before', async () => {
  const { page } = siegel
  await show('Plain folds')
  const before = await height()
  await scrollTo('Before 20')
  const folds = ['First fold', 'Second fold', 'Inner fold']
  for (const name of folds) {
    const lower = await height()
    await press(name)
    await expect.poll(() => measureBody(page)).toMatchObject(unbroken)
    expect(await height()).toBeGreaterThan(lower)
  }
  await siegel.screenshot('html-steady-folds')
  expect(await height()).toBeGreaterThan(before + 1500)
  for (const name of folds.reverse()) {
    const kept = await placeOf(name)
    await press(name)
    await expect.poll(() => measureBody(page)).toMatchObject(unbroken)
    console.log(name, kept, await placeOf(name), await height())
  }
  await expect.poll(height).toBe(before)
})

test('the same in a table that was given a scroller of its own', async () => {
  await show('Folds in a table that scrolls')
  const before = await height()
  for (const isOpen of [true, false, true]) {
    await press('First fold')
    await expect.poll(async () => (await height()) > before + 500).toBe(isOpen)
    await expect.poll(() => measureBody(siegel.page)).toMatchObject({ scrollers: 0, cut: [] })
  }
})

test.each([
  ['Scaled newsletter', 'paragraph 30', 0],
  ['Scaled newsletter', 'paragraph 12', 33],
  ['Narrow letter', 'paragraph 40', 3],
  ['Flowing letter', 'paragraph 30', 60],
])('%s: %s stays %i px below the edge when the pane changes its width', async (name, text, below) => {
  const { app, page } = siegel
  await show(name)
  await scrollTo(text, below)
  const kept = await placeOf(text)
  for (const width of [720, 430, 640, 505]) {
    await setReaderWidth(app, page, width, 800)
    await expect
      .poll(async () => ({ ...(await measureBody(page)), moved: Math.abs((await placeOf(text)) - kept) }))
      .toMatchObject({ ...unbroken, moved: expect.toSatisfy((px: number) => px <= 2) })
    console.log(name, width, (await placeOf(text)) - kept)
  }
})
