import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { darkShapes, otherShapes } from '../../fixtures/pictures'
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
  { name: 'Flowing letter', html: long(60, 'paragraph') },
  { name: 'One text with breaks', html: `<div>${lines(90, 'paragraph')}</div>` },
  {
    name: 'Grows under the pointer',
    html: `<style>.menu div{display:none}.menu:hover div{display:block}</style><div class="menu">Point here<div>${paragraphs(20, 'Shown')}</div></div>${paragraphs(20, 'paragraph')}`,
  },
  {
    name: 'Remote letter',
    html: `${paragraphs(10, 'Before')}${'<p>A picture: <img src="https://pictures.example/a.png" alt="of a garden"></p>'.repeat(3)}${paragraphs(60, 'paragraph')}`,
  },
  {
    name: 'Set text',
    html: `<div style="white-space:pre-wrap">${lines(90, 'Line').replaceAll('<br><br>', '\n\n')}</div>`,
  },
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
  const part = (id: string, base64 = '') =>
    `--b\nContent-Type: image/png\nContent-ID: <${id}@x>\nContent-Transfer-Encoding: base64\n\n${base64.replace(/.{76}/g, '$&\n')}\n`
  const multipart = (subject: string, html: string, ...parts: readonly string[]): string =>
    [
      'From a@b.example Sun Nov  1 12:00:00 2026',
      `From: A <a@b.example>\nTo: me@rig.test\nSubject: ${subject}\nDate: Sun, 01 Nov 2026 12:00:00 +0000`,
      'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n',
      `--b\nContent-Type: text/html\n\n${html}\n\n${parts.join('')}--b--\n\n`,
    ].join('\n')
  const image = (name: string, source: string): string => `<p><img alt="${name}" src="${source}"></p>\n`
  const inText = Object.entries({ ...darkShapes, ...otherShapes }).map(([name, base64]) =>
    image(name, `data:image/${name.split('.')[1]?.replace('jpg', 'jpeg')};base64,${base64}`),
  )
  const logos =
    inText.join('') +
    image('along', 'cid:dark@x') +
    image('white along', 'cid:light@x') +
    image('broken', 'cid:broken@x') +
    `<div style="background:#222;color:#eee">${image('on black', 'cid:dark@x')}</div>` +
    `<div style="background:#fff7cc">${image('on yellow', 'cid:dark@x')}</div>`
  const dark = darkShapes['dark-rgba8.png'] ?? ''
  writeFileSync(
    join(place, 'pictures.mbox'),
    multipart(
      'Logos',
      logos,
      part('dark', dark),
      part('light', otherShapes['light-rgba8.png']),
      part('broken', dark.slice(0, 80)),
    ) +
      multipart(
        'Picture letter',
        `${'<p>Picture: <img src="cid:a@x"></p>'.repeat(4)}${paragraphs(60, 'paragraph').replaceAll('</p>', '</p>\n')}`,
        part('a', dark),
      ),
  )
  await importMail(siegel, inbox!.id, join(place, 'pictures.mbox'))
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

/** Of the paragraphs the first that begins below the upper edge. */
const firstSeen = async (): Promise<string> => {
  const frame = await shownBody(siegel.page)
  const edge = await scroller().evaluate(pane => {
    const body = pane.querySelector('iframe.html-body')
    return pane.getBoundingClientRect().top - (body?.getBoundingClientRect().top ?? 0)
  })
  return frame.evaluate(
    above =>
      [...document.querySelectorAll('p')].find(each => each.getBoundingClientRect().top >= above)
        ?.textContent ?? '',
    edge,
  )
}
/** Does what would move a text, until the mail is whole again, and expects it where it was. */
const expectStill = async (text: string, change: () => Promise<unknown>, whole = unbroken): Promise<void> => {
  const kept = await placeOf(text)
  await change()
  await expect
    .poll(async () => ({
      ...(await measureBody(siegel.page)),
      moved: Math.abs((await placeOf(text)) - kept),
    }))
    .toMatchObject({ ...whole, moved: expect.toSatisfy((pixels: number) => pixels <= 2) })
}
const setWidth = (width: number) => setReaderWidth(siegel.app, siegel.page, width, 800)

test('what folds out makes the mail higher, cuts nothing and moves nothing above it; folded in it is as before', async () => {
  await show('Plain folds')
  const before = await height()
  await scrollTo('Before 20')
  const folds = ['First fold', 'Second fold', 'Inner fold']
  for (const name of folds) {
    const lower = await height()
    await bodyDocument(siegel.page).getByText(name).scrollIntoViewIfNeeded()
    await expectStill(name, () => press(name))
    await expect.poll(height).toBeGreaterThan(lower)
  }
  await siegel.screenshot('html-steady-folds')
  expect(await height()).toBeGreaterThan(before + 1500)
  for (const name of folds.reverse()) {
    await scrollTo(name, 300)
    await expectStill(name, () => press(name))
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
  ['Flowing letter', 'paragraph 30', 60],
])('%s: %s stays %i px below the edge when the pane changes its width', async (name, text, below) => {
  await show(name)
  await scrollTo(text, below)
  for (const width of [720, 430, 505]) await expectStill(text, () => setWidth(width))
})

test.each(['Scaled newsletter', 'Flowing letter'])(
  '%s: wherever it was scrolled to, the first paragraph that begins in sight stays',
  async name => {
    await show(name)
    for (const [at, width] of [
      [700, 640],
      [1333, 430],
      [2222, 505],
    ] as const) {
      await scroller().evaluate((pane, top) => {
        pane.scrollTop = top
      }, at)
      await expect.poll(() => scroller().evaluate(pane => pane.scrollTop)).toBe(at)
      await expectStill(await firstSeen(), () => setWidth(width))
    }
  },
)

test.each([
  ['One text with breaks', 'paragraph 50'],
  ['Set text', 'Line 50'],
])('%s, which is one element only: the words that are read stay', async (name, text) => {
  await show(name)
  const frame = await shownBody(siegel.page)
  const placeOfWords = () =>
    frame.evaluate(words => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = (node as Text).data.indexOf(words)
        if (at === -1) continue
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        return range.getBoundingClientRect().top
      }
      return Number.NaN
    }, text)
  const seenAt = async () => {
    const frameTop = await scroller().evaluate(
      pane =>
        pane.querySelector('iframe.html-body')!.getBoundingClientRect().top -
        pane.getBoundingClientRect().top,
    )
    return frameTop + (await placeOfWords())
  }
  const by = await seenAt()
  await scroller().evaluate((pane, down) => {
    pane.scrollTop += down
  }, by)
  await expect.poll(seenAt).toBeLessThan(2)
  const kept = await seenAt()
  for (const width of [720, 430, 505]) {
    await setWidth(width)
    await expect
      .poll(async () => ({ ...(await measureBody(siegel.page)), at: Math.abs((await seenAt()) - kept) }))
      .toMatchObject({
        scrollers: 0,
        cut: [],
        // Within one text the line is kept, not the word in it.
        at: expect.toSatisfy((pixels: number) => pixels <= 24),
      })
  }
})

const setTheme = async (theme: 'light' | 'dark'): Promise<void> => {
  await pageCalls(siegel.page)('prefs.set', { theme })
  await siegel.page.emulateMedia({ colorScheme: theme })
  await siegel.page.locator(`html[data-theme=${theme}]`).waitFor()
}

test('dark pictures on transparent ground stand on a light plate in the dark, and only there', async () => {
  await setTheme('light')
  await show('Logos')
  const onPlates = () =>
    bodyDocument(siegel.page)
      .locator('img')
      .evaluateAll(all =>
        all
          .filter(each => getComputedStyle(each).backgroundColor === 'rgb(226, 228, 231)')
          .map(each => (each as HTMLImageElement).alt),
      )
  expect(await onPlates()).toEqual([])
  const before = await height()
  await setTheme('dark')
  await expect.poll(onPlates).toEqual([...Object.keys(darkShapes), 'along', 'on yellow'])
  await siegel.screenshot('html-steady-logos-dark')
  expect(await height()).toBe(before)
  await reader(siegel.page).getByRole('button', { name: 'Show original' }).click()
  await expect.poll(onPlates).toEqual([])
  await setTheme('light')
})

test('what a mail shows under the pointer leaves the end of it within reach', async () => {
  const { page } = siegel
  await show('Grows under the pointer')
  const frame = await shownBody(page)
  const below = () => frame.evaluate(() => document.documentElement.scrollHeight - innerHeight - scrollY)
  expect(await measureBody(page)).toMatchObject(unbroken)
  await bodyDocument(page).getByText('Point here').hover()
  await expect.poll(below).toBeGreaterThan(500)
  await page.mouse.wheel(0, 5000)
  await expect.poll(below).toBeLessThan(2)
  await page.mouse.move(1, 1)
  await expect.poll(() => measureBody(page)).toMatchObject(unbroken)
})

test('what is read does not move when it is shown as it was sent, and adapted again', async () => {
  await show('Scaled newsletter')
  await scrollTo('paragraph 30')
  for (const name of ['Show original', 'Show adjusted']) {
    const before = await height()
    await expectStill(
      'paragraph 30',
      async () => {
        // Not by a pointer: the button is above what is seen.
        const button = reader(siegel.page).getByRole('button', { name })
        await button.evaluate(each => (each as HTMLElement).click())
        await expect.poll(height).not.toBe(before)
      },
      { scrollers: 0, cut: [] } as never,
    )
  }
})

test('nor when what stands above the mail grows', async () => {
  await show('Flowing letter')
  await scrollTo('paragraph 30')
  await expectStill('paragraph 30', () =>
    reader(siegel.page)
      .locator('.reader-message > *')
      .first()
      .evaluate(head => {
        ;(head as HTMLElement).style.paddingBottom = '111px'
      }),
  )
  await expectStill('paragraph 30', () => setWidth(640))
  await expectStill('paragraph 30', () => setWidth(505))
})

test('nor when pictures arrive above it', async () => {
  const { app } = siegel
  type Gate = { letPicturesIn?: () => void }
  await app.evaluate(({ session }) => {
    const { protocol } = session.fromPartition('window')
    const isOpen = new Promise<void>(resolve => Object.assign(globalThis, { letPicturesIn: resolve }))
    protocol.unhandle('attachment')
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"/></svg>'
    protocol.handle('attachment', async () => {
      await isOpen
      return new Response(svg, {
        headers: { 'content-type': 'image/svg+xml', 'cross-origin-resource-policy': 'cross-origin' },
      })
    })
  })
  await show('Picture letter')
  const before = await height()
  await scrollTo('paragraph 20', 40)
  await expectStill('paragraph 20', async () => {
    await app.evaluate(() => (globalThis as unknown as Gate).letPicturesIn?.())
    await expect.poll(height).toBeGreaterThan(before + 500)
  })
})

test('nor when the mail is asked for again with its pictures', async () => {
  const { page } = siegel
  await show('Remote letter')
  await scrollTo('paragraph 30', 20)
  const document = await shownBody(page)
  await expectStill('paragraph 30', async () => {
    const load = reader(page).getByRole('button', { name: 'Load images' })
    await load.evaluate(each => (each as HTMLElement).click())
    // Not by a pointer: the menu hangs at its button, above what is seen.
    await page
      .getByRole('menuitem', { name: 'Only this time' })
      .evaluate(each => (each as HTMLElement).click())
    await expect.poll(async () => (await shownBody(page)) === document).toBe(false)
  })
})
