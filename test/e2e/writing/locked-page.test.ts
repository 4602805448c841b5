import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCache } from '../../../build/paths.mjs'
import { lockedMessage } from '../../../electron/engine/features/writing/locked-page/locked-message'
import type { OutgoingMessage } from '../../../electron/engine/ports/writing/outgoing'
import { goldenMessages } from '../../fixtures/mail/outgoing/messages'
import { type Launched, launch } from '../support/launch'

const plain = goldenMessages.find(each => each.name === 'plain')?.message as OutgoingMessage
const message: OutgoingMessage = {
  ...plain,
  subject: 'Der Plan',
  text: 'Treffen um acht.\n',
  html: '<p>Treffen <b>um acht</b>.<img src="https://tracker.example/x"></p>',
  attachments: [
    {
      fileName: 'Lage.txt',
      contentType: 'text/plain',
      bytes: Buffer.from('Hinter dem Haus'),
      keepsTraces: true,
    },
  ],
}
const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }

let siegel: Launched
let page: Page
const asked: string[] = []
beforeAll(async () => {
  siegel = await launch()
  const locked = await lockedMessage(message, 'five words from a hat', random)
  const path = join(siegel.desktop.directory, 'message-nachricht.html')
  writeFileSync(path, locked.attachments[0]?.bytes ?? new Uint8Array())
  const opened = siegel.app.waitForEvent('window')
  // Chromium as anybody has it: a window without Siegel's own walls, with a session of its own.
  await siegel.app.evaluate(({ app, BrowserWindow }, file) => {
    app.removeAllListeners('web-contents-created')
    app.removeAllListeners('session-created')
    const window = new BrowserWindow({ width: 900, height: 760, webPreferences: { partition: 'plain' } })
    void window.loadFile(file)
  }, path)
  page = await opened
  page.on('request', request => asked.push(request.url()))
})
afterAll(() => siegel?.stop())

const screenshot = async (name: string) => {
  mkdirSync(inCache('screenshots'), { recursive: true })
  await page.screenshot({ path: join(inCache('screenshots'), `${name}.png`) })
}
const tryPassphrase = async (passphrase: string) => {
  await page.getByLabel(/Passphrase/).fill(passphrase)
  await page.getByRole('button', { name: /Open|Öffnen/ }).click()
}

test('a browser opens the file from the disk and asks for the passphrase', async () => {
  await page.getByLabel(/Passphrase/).waitFor()
  await screenshot('locked-page-closed')
  expect(await page.content()).not.toContain('Treffen')
})

test('another passphrase opens nothing', async () => {
  await tryPassphrase('five words from a cat')
  await page
    .getByText(/This is not the passphrase|Das ist nicht die Passphrase/)
    .waitFor({ timeout: 120_000 })
  expect(await page.content()).not.toContain('Treffen')
})

test('the right one shows the message, its formatting behind walls, and its files', async () => {
  await tryPassphrase('five words from a hat')
  await page.getByRole('heading', { name: 'Der Plan' }).waitFor({ timeout: 120_000 })
  expect(await page.locator('pre').textContent()).toBe('Treffen um acht.\n')
  const file = await page.getByRole('link', { name: 'Lage.txt' }).evaluate(async link => {
    const response = new XMLHttpRequest()
    response.open('GET', (link as HTMLAnchorElement).href, false)
    try {
      response.send()
      return response.responseText
    } catch {
      return 'refused'
    }
  })
  // Not even its own files may be asked for by a script of the page: its policy permits no request.
  expect(file).toBe('refused')
  await page.getByText(/With formatting|Mit Formatierung/).click()
  expect(await page.frameLocator('iframe').locator('b').textContent()).toBe('um acht')
  await screenshot('locked-page-open')
})

test('nothing was asked of any server', () => {
  expect(asked.filter(url => /^(?:https?|wss?):/.test(url))).toEqual([])
})
