import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyDocument, open, reader } from '../support/drive'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'

/** The sample newsletter names servers that do not exist; what arrives is played by the protocol in main. */
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
})
afterAll(() => siegel?.stop())

const newsletter = 'Neu auf dem Tisch: sechs Bücher für lange Abende'
const status = () => reader(siegel.page).getByRole('status')

test('consent is given in a menu that says why “always” is not possible', async () => {
  const { page } = siegel
  await open(page, newsletter)
  await bodyDocument(page).getByText('Die Kartenmacherin').waitFor()
  await reader(page).getByRole('button', { name: 'Load images' }).click()
  const menu = page.getByRole('menu')
  const always = menu.getByRole('menuitem', { name: /^Always: not possible/ })
  expect(await always.getAttribute('aria-disabled')).toBe('true')
  await siegel.screenshot('reading-remote-menu-light')
  await page.keyboard.press('Escape')
  expect(await status().innerText()).toMatch(/^6 external items blocked, 1 tracker\b/)
})

test('after it the line says what came, and the document is shown anew with the images main serves', async () => {
  const { page, app } = siegel
  await app.evaluate(({ session, nativeImage }) => {
    const { protocol } = session.fromPartition('window')
    const picture = nativeImage
      .createFromBitmap(Buffer.alloc(30 * 20 * 4, 200), { width: 30, height: 20 })
      .toPNG()
    protocol.unhandle('attachment')
    protocol.unhandle('mail-body')
    protocol.handle('attachment', request =>
      request.url.startsWith('attachment://remote/')
        ? new Response(new Uint8Array(picture), { headers: { 'content-type': 'image/png' } })
        : new Response(null, { status: 404 }),
    )
    protocol.handle(
      'mail-body',
      () =>
        new Response('<!doctype html><img id="loaded" src="attachment://remote/1/0">', {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': "sandbox; default-src 'none'; img-src data: attachment:",
          },
        }),
    )
  })
  await reader(page).getByRole('button', { name: 'Load images' }).click()
  await page.getByRole('menuitem', { name: 'Only this time' }).click()
  await expect.poll(() => status().innerText()).toMatch(/^0 images loaded, .*1 tracker not loaded/)
  const image = bodyDocument(page).locator('#loaded')
  await image.waitFor()
  await expect.poll(() => image.evaluate(element => (element as HTMLImageElement).naturalWidth)).toBe(30)
  await siegel.screenshot('reading-remote-loaded-light')
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
