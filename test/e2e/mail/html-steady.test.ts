import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureBody, setReaderWidth, shownBody } from '../support/body-measures'
import { answerDialogs, askedDialogs, bodyDocument, folder, open, reader } from '../support/drive'
import { importMail } from '../support/encrypted-mail'
import { writeMailbox } from '../support/html-mail-files'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** What moves in a mail while it is read, and what must not. */
const paragraphs = (count: number, word: string): string =>
  Array.from({ length: count }, (_, at) => `<p>${word} ${at} of a mail that somebody reads.</p>`).join('')
const wide = `<table border="1"><tr>${'<th>Column</th><td>some words</td>'.repeat(30)}</tr></table>`
const mails = [
  {
    name: 'Folds',
    html: `${paragraphs(30, 'Before')}<details><summary>First fold</summary>${paragraphs(30, 'First')}</details>${paragraphs(3, 'Between')}<details><summary>Second fold</summary>${wide}<details><summary>Inner fold</summary>${paragraphs(40, 'Inner')}</details></details>`,
  },
  {
    name: 'Folds in a table that scrolls',
    html: `<table border="1"><tr>${'<th>Column</th>'.repeat(40)}</tr><tr><td><details><summary>First fold</summary>${paragraphs(30, 'First')}</details></td></tr></table>`,
  },
  {
    name: 'Wide letter',
    html: `<table width="640"><tr><td style="font-size:16px">${paragraphs(90, `${'Words '.repeat(25)}in paragraph`)}</td></tr></table>`,
  },
  {
    name: 'Narrow letter',
    html: `<div style="max-width:400px">${paragraphs(90, 'Paragraph')}</div>`,
  },
  { name: 'Flowing letter', html: paragraphs(90, `${'Words '.repeat(25)}in paragraph`) },
  {
    name: 'Two columns',
    html: `<table><tr><td valign="top">${paragraphs(60, 'Left')}</td><td valign="top">${paragraphs(90, 'Right')}</td></tr></table>`,
  },
  {
    name: 'Picture link',
    html: '<p>Cucumber salad with dill, <a href="https://words.example/x">read on</a></p><p><a href="https://shop.example/sale"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=" alt="To the sale" width="200" height="60"></a> <a href="https://other.example/next">other</a></p>',
  },
  { name: 'Too long a rule', html: `<style>.a{${'color:red;'.repeat(8000)}}</style><p>Words</p>` },
]

const place = mkdtempSync(join(tmpdir(), 'siegel-steady-'))
let siegel: Launched
beforeAll(async () => {
  siegel = await launch()
  const { app, page } = siegel
  const call = pageCalls(page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  const account = await call('accounts.add', {
    config: { kind: 'local', address: 'local', displayName: '' },
    password: null,
  })
  const inbox = (await call('mailboxes.list', {})).find(
    each => each.accountId === account.id && each.role === 'inbox',
  )
  writeMailbox(join(place, 'mail.mbox'), mails)
  await importMail(siegel, inbox!.id, join(place, 'mail.mbox'))
  const [dark, light] = await app.evaluate(({ nativeImage }) =>
    [20, 240].map(value => {
      const dots = Buffer.alloc(120 * 40 * 4)
      for (let dot = 0; dot < 120 * 40; dot += 1)
        if (dot % 120 < 60) dots.fill(value, dot * 4, dot * 4 + 3).fill(255, dot * 4 + 3, dot * 4 + 4)
      return nativeImage.createFromBitmap(dots, { width: 120, height: 40 }).toPNG().toString('base64')
    }),
  )
  const part = (id: string, data: string | undefined) =>
    `--b\nContent-Type: image/png\nContent-ID: <${id}@x>\nContent-Transfer-Encoding: base64\n\n${(data ?? '').replace(/.{76}/g, '$&\n')}\n`
  writeFileSync(
    join(place, 'logo.mbox'),
    `From a@b.example Sun Nov  1 12:00:00 2026\nFrom: A <a@b.example>\nTo: me@rig.test\nSubject: Logos\nDate: Sun, 01 Nov 2026 12:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n` +
      `--b\nContent-Type: text/html\n\n<p>On white</p><p><img id="dark" alt="dark" src="cid:dark@x"></p><p><img alt="light" src="cid:light@x"></p>` +
      `<p><img alt="inline" src="data:image/png;base64,${dark}"></p><div style="background:#222;color:#eee">On black <img alt="on black" src="cid:dark@x"></div>\n` +
      `${part('dark', dark)}${part('light', light)}--b--\n\n`,
  )
  await importMail(siegel, inbox!.id, join(place, 'logo.mbox'))
  await folder(page, 'Inbox').click()
  await setTheme('light')
  await setReaderWidth(app, page, 505, 800)
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
const show = async (name: string): Promise<void> => {
  await open(siegel.page, name)
  await reader(siegel.page).getByRole('heading', { name, exact: true }).waitFor()
  await shownBody(siegel.page)
}
const scroller = () => reader(siegel.page).locator('.reader-scroll')
/** Where a text stands, counted from the upper edge of what is seen. */
const placeOf = async (text: string): Promise<number> => {
  const [box, pane] = await Promise.all([
    bodyDocument(siegel.page).getByText(text).first().boundingBox(),
    scroller().boundingBox(),
  ])
  if (box === null || pane === null) throw new Error(`${text} is not shown`)
  return box.y - pane.y
}
/** Scrolls until a text begins at the upper edge. */
const scrollTo = async (text: string): Promise<void> => {
  const by = await placeOf(text)
  await scroller().evaluate((pane, down) => {
    pane.scrollTop += down
  }, by)
  await expect.poll(async () => Math.abs(await placeOf(text))).toBeLessThan(2)
}
const unbroken = { scrollers: 0, cut: [], overflowPx: 0 }

test('what folds out makes the mail higher, cuts nothing and moves nothing above it; folded in it is as before', async () => {
  const { page } = siegel
  await show('Folds')
  const before = (await measureBody(page)).heightPx
  const body = bodyDocument(page)
  await scrollTo('Before 20')
  const kept = await placeOf('Before 25')
  for (const name of ['First fold', 'Second fold', 'Inner fold']) {
    await body.getByText(name).click()
    await expect.poll(() => measureBody(page)).toMatchObject(unbroken)
  }
  await body.getByText('Inner 39').waitFor()
  await siegel.screenshot('html-steady-folds')
  expect((await measureBody(page)).heightPx).toBeGreaterThan(before + 1500)
  await scrollTo('Before 20')
  expect(await placeOf('Before 25')).toBeCloseTo(kept, 0)
  await body.getByText('First fold').click()
  await expect.poll(() => placeOf('Before 20')).toBeLessThan(2)
  for (const name of ['Inner fold', 'Second fold']) await body.getByText(name).click()
  await expect.poll(async () => (await measureBody(page)).heightPx).toBe(before)
  expect(await placeOf('Before 25')).toBeCloseTo(kept, 0)
})

test('the same in a table that was given a scroller of its own', async () => {
  const { page } = siegel
  await show('Folds in a table that scrolls')
  const before = (await measureBody(page)).heightPx
  for (const isOpen of [true, false, true]) {
    await bodyDocument(page).getByText('First fold').click()
    await expect.poll(async () => (await measureBody(page)).heightPx > before + 500).toBe(isOpen)
    expect(await measureBody(page)).toMatchObject({ scrollers: 0, cut: [] })
  }
})

test.each([
  ['Wide letter', 'in paragraph 40'],
  ['Narrow letter', 'Paragraph 40'],
  ['Flowing letter', 'in paragraph 40'],
  ['Two columns', 'Right 40'],
])('%s: what is read stays where it is when the pane changes its width', async (name, text) => {
  const { app, page } = siegel
  await show(name)
  await scrollTo(text)
  for (const width of [720, 430, 505]) {
    await setReaderWidth(app, page, width, 800)
    await expect
      .poll(async () => ({ ...(await measureBody(page)), moved: Math.round(await placeOf(text)) }))
      .toMatchObject({ ...unbroken, moved: 0 })
  }
})

test('Wide letter: nor when it is shown as it was sent, and adapted again', async () => {
  const { page } = siegel
  await show('Wide letter')
  await scrollTo('in paragraph 40')
  for (const name of ['Show original', 'Show adapted']) {
    const height = (await measureBody(page)).heightPx
    await reader(page)
      .getByRole('button', { name })
      .evaluate(button => (button as HTMLElement).click())
    await expect.poll(async () => (await measureBody(page)).heightPx).not.toBe(height)
    await expect.poll(async () => Math.round(await placeOf('in paragraph 40'))).toBe(0)
  }
})

test('a dark picture on transparent ground stands on a light plate in the dark, and only there', async () => {
  const { page } = siegel
  await show('Logos')
  const grounds = () =>
    bodyDocument(page)
      .locator('img')
      .evaluateAll(all =>
        all
          .filter(each => getComputedStyle(each).backgroundColor === 'rgb(226, 228, 231)')
          .map(each => (each as HTMLImageElement).alt),
      )
  expect(await grounds()).toEqual([])
  await siegel.screenshot('html-steady-logos-light')
  const height = (await measureBody(page)).heightPx
  await setTheme('dark')
  await expect.poll(grounds).toEqual(['dark', 'inline'])
  await siegel.screenshot('html-steady-logos-dark')
  expect((await measureBody(page)).heightPx).toBe(height)
  await reader(page).getByRole('button', { name: 'Show original' }).click()
  await expect.poll(grounds).toEqual([])
  await setTheme('light')
})

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
