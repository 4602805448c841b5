import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutOff } from '../support/cut-off'
import { composer, folder, pressMenu, reader, row } from '../support/drive'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
})
afterAll(async () => {
  await siegel?.stop()
})

/** Makes the window so large, in pixels of the screen, and zooms it; waits until the page has drawn itself anew. */
const showAt = async (width: number, height: number, zoomPercent = 100): Promise<void> => {
  const { app, page } = siegel
  await app.evaluate(
    ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, high),
    [width, height] as const,
  )
  await pageCalls(page)('prefs.set', { zoomPercent })
  const wanted = [Math.round((width * 100) / zoomPercent), Math.round((height * 100) / zoomPercent)] as const
  await page.waitForFunction(
    ([wide, high]) => Math.abs(innerWidth - wide) < 2 && Math.abs(innerHeight - high) < 2,
    wanted,
  )
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
}
const press = (key: string) => siegel.page.keyboard.press(key)
const pane = (id: string) => siegel.page.locator(`#pane-${id}`)
const focused = () =>
  siegel.page.evaluate(
    () => document.activeElement?.closest('[data-pane]')?.id ?? document.activeElement?.tagName,
  )

/** Everything of the window that a person comes across, from the list to the last page of settings. */
const everyScreen = async (found: (place: string) => Promise<void>): Promise<void> => {
  const { page } = siegel
  await press('g')
  await press('i')
  await row(page, 'Angebot').waitFor()
  await found('list')
  await row(page, 'Neu auf dem Tisch').first().click()
  await reader(page)
    .getByRole('heading', { name: /sechs Bücher/ })
    .waitFor()
  await found('reader')
  await press('r')
  await composer(page).getByRole('button', { name: 'Send', exact: true }).waitFor()
  await found('answer')
  await composer(page).getByRole('button', { name: 'Write with formatting' }).click()
  await composer(page).getByRole('toolbar').waitFor()
  await found('formatted')
  await press('Escape')
  await composer(page).waitFor({ state: 'detached' })
  for (const [key, place] of [
    ['v', 'move'],
    ['Control+u', 'source'],
    ['Shift+?', 'shortcuts'],
  ] as const) {
    await press(key)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).waitFor()
    await found(place)
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await press('Control+,')
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    await page.getByRole('tabpanel').getByRole('heading').first().waitFor()
    await found(`settings: ${await tab.innerText()}`)
  }
  await press('Escape')
}

test.each([
  [900, 600, 100, 2],
  [640, 480, 100, 1],
  [1280, 800, 200, 1],
  [1280, 1024, 400, 1],
])('at %i x %i and %i %% nothing lies outside of the window', async (width, height, percent, panes) => {
  await showAt(width, height, percent)
  const lost: Record<string, readonly string[]> = {}
  await everyScreen(async place => {
    lost[place] = await cutOff(siegel.page)
  })
  for (const [place, names] of Object.entries(lost)) expect(names, place).toEqual([])
  expect(Object.keys(lost).length).toBeGreaterThan(14)
  const shown = await Promise.all(['list', 'reader'].map(id => pane(id).isVisible()))
  expect(shown.filter(Boolean)).toHaveLength(panes === 1 ? 1 : 2)
})

test('two panes: the folders come over the list, and go when one is chosen or by Escape', async () => {
  const { page } = siegel
  await showAt(900, 600)
  expect(await pane('folders').isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Show folders' }).click()
  await pane('folders').waitFor()
  expect(await focused()).toBe('pane-folders')
  await press('Escape')
  await pane('folders').waitFor({ state: 'hidden' })
  expect(await focused()).toBe('pane-list')
  await page.getByRole('button', { name: 'Show folders' }).click()
  await folder(page, 'Sent').click()
  await pane('folders').waitFor({ state: 'hidden' })
  await page.getByRole('heading', { name: 'Sent', exact: true }).waitFor()
  await expect.poll(focused).toBe('pane-list')
})

test.each(['Escape', 'Alt+ArrowLeft', 'button', 'mouse'])(
  'one pane: a message comes to the front, and %s leads back to its row',
  async way => {
    const { page } = siegel
    await showAt(640, 480)
    await press('g')
    await press('i')
    await row(page, 'Angebot').waitFor()
    await press('j')
    expect(await pane('reader').isVisible()).toBe(false)
    const chosen = await page.locator('[role=option][aria-selected=true]').getAttribute('id')
    await press('Enter')
    await pane('reader').waitFor()
    await expect.poll(focused).toBe('pane-reader')
    if (way === 'button') await page.getByRole('button', { name: 'Back to the list' }).click()
    else if (way === 'mouse')
      await page.evaluate(() => dispatchEvent(new MouseEvent('mouseup', { button: 3, cancelable: true })))
    else await press(way)
    await pane('list').waitFor()
    await expect.poll(focused).toBe('pane-list')
    expect(await page.locator('[role=option][aria-selected=true]').getAttribute('id')).toBe(chosen)
  },
)

test('one pane: walking through the list opens and reads nothing', async () => {
  const { page } = siegel
  await showAt(640, 480)
  await pageCalls(page)('settings.set', { markSeenAfterSeconds: 0 })
  const unread = () => page.locator('[role=option].row-unread').count()
  await press('g')
  await press('i')
  await row(page, 'Angebot').waitFor()
  const before = await unread()
  for (let steps = 0; steps < 4; steps += 1) await press('j')
  await press('Home')
  // The reading of the first would be told before the answer to this call.
  await pageCalls(page)('mailboxes.list', {})
  expect(await unread()).toBe(before)
  expect(await reader(page).isVisible()).toBe(false)
})

test('what was asked for in a large window is a wish in a small one, and is not forgotten', async () => {
  const { page } = siegel
  await showAt(1280, 800)
  await pageCalls(page)('prefs.set', { panes: { folders: 400, list: 700 } })
  const widths = () =>
    page.evaluate(() =>
      ['folders', 'list', 'reader'].map(id => document.getElementById(`pane-${id}`)?.offsetWidth ?? 0),
    )
  const sum = async () => (await widths()).reduce((total, width) => total + width, 0)
  await expect.poll(async () => (await widths())[2]).toBeGreaterThanOrEqual(400)
  expect(await sum()).toBeLessThanOrEqual(1280)
  await showAt(900, 600)
  await expect.poll(async () => (await widths())[2]).toBeGreaterThanOrEqual(380)
  expect((await pageCalls(page)('prefs.get', {})).panes).toEqual({ folders: 400, list: 700 })
  await showAt(1280, 800)
  const splitter = page.getByRole('separator', { name: 'Width of the message list' })
  const shown = (await widths())[1] ?? 0
  await expect.poll(() => splitter.getAttribute('aria-valuenow')).toBe(String(shown))
  await splitter.press('ArrowLeft')
  await expect.poll(async () => (await pageCalls(page)('prefs.get', {})).panes.list).toBe(shown - 16)
})

test('the zoom of the menu is kept, over the lock and in the settings', async () => {
  const { page, app } = siegel
  await showAt(1280, 800)
  await pressMenu(app, 'Zoom In')
  await page.waitForFunction(() => Math.abs(innerWidth - 1280 / 1.1) < 2)
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Appearance' }).click()
  await page.getByRole('button', { name: /110%.*Zoom|Zoom.*110%/ }).waitFor()
  await pageCalls(page)('app.lock', {})
  await page.getByRole('heading', { name: 'Siegel is locked' }).waitFor()
  await page.waitForFunction(() => Math.abs(innerWidth - 1280 / 1.1) < 2)
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
