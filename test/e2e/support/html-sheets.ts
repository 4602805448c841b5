// Sheets of pictures of HTML mails, as the reader shows them beside plain Chromium, and what can be counted of them:
//
//   node --import ./test/support/resolve-typescript.mjs test/e2e/support/html-sheets.ts [--numbers] [name ...]
//
// The sheets come to .cache/screenshots/html-*.png (with ImageMagick's montage), the numbers to the terminal; with
// --numbers there are no sheets. HTML_MAIL_WIDTHS=505,665,900 says which widths, HTML_MAIL_FOLDERS (with colons) which mails.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { inCache, inProject } from '../../../build/paths.mjs'
import { measureBody, setReaderWidth, shownBody } from './body-measures'
import { folder, reader } from './drive'
import { importMail } from './encrypted-mail'
import { withPictures, writeMailbox } from './html-mail-files'
import { launch } from './launch'
import { pageCalls } from './page-calls'

const folders = (
  process.env['HTML_MAIL_FOLDERS'] ?? 'test/fixtures/html-mail:test/fixtures/hard-html-mail'
).split(':')
const widths = (process.env['HTML_MAIL_WIDTHS'] ?? '505,665,900').split(',').map(Number)
const sheetHeight = 1900
const onlyNumbers = process.argv.includes('--numbers')
const wanted = process.argv.slice(2).filter(each => each !== '--numbers')

const mails = folders
  .map(folder => (folder.startsWith('/') ? folder : inProject(folder)))
  .filter(existsSync)
  .flatMap(folder => readdirSync(folder).map(file => join(folder, file)))
  .filter(path => path.endsWith('.html'))
  .map(path => ({ name: basename(path, '.html'), html: withPictures(readFileSync(path, 'utf8')) }))
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name))

const place = mkdtempSync(join(tmpdir(), 'siegel-sheets-'))
const pictures = inCache('screenshots')
mkdirSync(pictures, { recursive: true })
const mailboxFile = join(place, 'mail.mbox')
writeMailbox(mailboxFile, mails)

const siegel = await launch()
const { app, page } = siegel
try {
  const call = pageCalls(page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  const account = await call('accounts.add', {
    config: { address: 'local', displayName: '', services: {} },
    password: null,
  })
  const mailbox = (await call('mailboxes.list', {})).find(
    each => each.accountId === account.id && each.role === 'inbox',
  )
  if (mailbox === undefined) throw new Error('no mailbox')
  await importMail(siegel, mailbox.id, mailboxFile)

  /** The same HTML in the same Chromium, without anything of ours. */
  const plain = async (html: string, width: number): Promise<Buffer> => {
    const data = await app.evaluate(
      async ({ BrowserWindow, session }, [text, across, down]) => {
        const own = session.fromPartition('plain')
        if (!own.protocol.isProtocolHandled('mail-body'))
          own.protocol.handle('mail-body', () => {
            const { plainHtml } = globalThis as unknown as { plainHtml: string }
            return new Response(plainHtml, { headers: { 'content-type': 'text/html; charset=utf-8' } })
          })
        Object.assign(globalThis, { plainHtml: text })
        const window = new BrowserWindow({
          width: across,
          height: down,
          useContentSize: true,
          frame: false,
          webPreferences: { session: own, javascript: false },
        })
        await window.loadURL('mail-body://plain/')
        const { debugger: door } = window.webContents
        door.attach('1.3')
        const shot = await door.sendCommand('Page.captureScreenshot', {
          captureBeyondViewport: true,
          clip: { x: 0, y: 0, width: across, height: down, scale: 1 },
        })
        window.destroy()
        return shot.data as string
      },
      [html, width, sheetHeight] as const,
    )
    return Buffer.from(data, 'base64')
  }

  const newestFirst = [...mails].reverse()
  await folder(page, 'Inbox').click()
  for (const width of widths) {
    await setReaderWidth(app, page, width, 1000)
    for (const theme of ['light', 'dark'] as const) {
      await call('prefs.set', { theme })
      await page.emulateMedia({ colorScheme: theme })
      await page.locator(`html[data-theme=${theme}]`).waitFor()
      for (const { name } of newestFirst) {
        if (name === newestFirst[0]?.name) {
          await page.locator('#pane-list').getByRole('option').first().click()
          await page.keyboard.press('Home')
        } else await page.keyboard.press('ArrowDown')
        await reader(page).getByRole('heading', { name, exact: true }).waitFor()
        await shownBody(page)
        await page.evaluate(
          () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))),
        )
        const found = await measureBody(page)
        const faults = [
          found.overflowPx > 1 && `overflow ${found.overflowPx}`,
          found.cut.length > 0 && `cut ${found.cut.length} (${found.cut[0]})`,
          found.squeezed.length > 0 && `squeezed ${found.squeezed.length} (${found.squeezed[0]})`,
          theme === 'dark' &&
            found.faint.length > 0 &&
            `faint ${found.faint.length} (${found.faint.slice(0, 3).join(' | ')})`,
          found.squashed.length > 0 && `squashed ${found.squashed.length} (${found.squashed[0]})`,
          found.scrollers > 0 && `scrollers ${found.scrollers}`,
        ].filter(Boolean)
        console.log(
          `${name} ${width} ${theme}: ${found.texts} texts of ${found.textPx.toFixed(1)} px, ${found.pictures} pictures, ${found.heightPx} high ${faults.join('; ') || 'ok'}`,
        )
        if (onlyNumbers) continue
        const path = join(place, `${name}-${width}-${theme}.png`)
        const total = await page.locator('#pane-reader').evaluate(pane => pane.clientWidth)
        await setReaderWidth(app, page, total, sheetHeight)
        const box = await page.locator('#pane-reader iframe.html-body').boundingBox()
        if (box !== null)
          await page.screenshot({
            path,
            clip: { x: box.x, y: box.y, width: box.width, height: sheetHeight - box.y },
          })
        await setReaderWidth(app, page, total, 1000)
      }
    }
  }
  for (const { name, html } of onlyNumbers ? [] : mails) {
    const files: string[] = []
    for (const width of widths) {
      const path = join(place, `${name}-${width}-plain.png`)
      writeFileSync(path, await plain(html, width))
      files.push(path, join(place, `${name}-${width}-light.png`), join(place, `${name}-${width}-dark.png`))
    }
    const sheet = join(pictures, `html-${name}-${widths.join('-')}.png`)
    spawnSync('montage', [
      ...files.filter(existsSync),
      '-tile',
      `${files.length}x1`,
      '-geometry',
      '+12+12',
      '-gravity',
      'north',
      '-background',
      '#777',
      sheet,
    ])
  }
} finally {
  await siegel.stop()
  rmSync(place, { recursive: true, force: true })
}
