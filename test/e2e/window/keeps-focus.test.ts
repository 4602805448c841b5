import { afterAll, beforeAll, expect, test } from 'vitest'
import { composer, folder, reader, row } from '../support/drive'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'

let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
})
afterAll(async () => {
  await siegel?.stop()
})

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await siegel.page.keyboard.press(key)
}
/** Where the keyboard stands once the page has drawn what the last press did. */
const stands = (): Promise<string> =>
  siegel.page.evaluate(async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    const active = document.activeElement
    if (active === null || active === document.body) return 'nowhere'
    return active.closest('[data-pane]')?.id || active.closest('[role=dialog]')?.className || active.className
  })
const count = () => row(siegel.page, /./).count()
const dialogGone = () => siegel.page.getByRole('dialog').waitFor({ state: 'detached' })

test('the keyboard stands somewhere after whatever is done to messages', async () => {
  const { page } = siegel
  await press('g', 'i', 'j')
  const before = await count()
  await press('e')
  await expect.poll(count).toBe(before - 1)
  expect(await stands()).toBe('pane-list')
  await press('Delete')
  await expect.poll(count).toBe(before - 2)
  expect(await stands()).toBe('pane-list')
  // From the reader, by its own buttons.
  await press('Enter')
  expect(await stands()).toBe('pane-reader')
  await reader(page).getByRole('toolbar').getByRole('button', { name: 'Archive' }).click()
  await expect.poll(count).toBe(before - 3)
  expect(await stands()).toBe('pane-reader')
  await press('g', 'i', 'j', 'Control+a', '!')
  await row(page, /./).first().waitFor({ state: 'detached' })
  expect(await stands()).toBe('pane-list')
  await press('Control+z')
  await expect.poll(count).toBe(before - 3)
  for (const keys of [
    ['g', 's'],
    ['g', 'd'],
    ['g', 't'],
    ['g', 'i'],
  ]) {
    await press(...keys)
    expect(await stands()).toBe('pane-list')
  }
})

test('Enter that comes before the message is there goes into it all the same', async () => {
  const { page } = siegel
  for (const folderKey of ['s', 'i']) {
    await press('g', folderKey, 'j', 'Enter')
    expect(await stands(), folderKey).toBe('pane-reader')
    await page.locator('#pane-reader [data-pane-stop]:focus').waitFor()
  }
})

test('what was read only by looking at it is not what taking back takes back', async () => {
  const { page } = siegel
  // So that every row that is come upon is marked as read by looking at it.
  await press('g', 'i', 'j', 'Control+a', 'u')
  await expect.poll(() => page.locator('#pane-list .row-unread').count()).toBe(await count())
  await press('g', 's', 'g', 'i', 'j')
  const before = await count()
  await press('e')
  await expect.poll(count).toBe(before - 1)
  await page.locator('#pane-list .row-focused:not(.row-unread)').waitFor()
  await press('Control+z')
  await expect.poll(count).toBe(before)
})

test('a folder is typed at once, and there is always one to choose', async () => {
  const { page } = siegel
  await press('g', 'i', 'j')
  const before = await count()
  for (let filed = 1; filed <= 3; filed += 1) {
    await press('v')
    await page.keyboard.type('arch')
    await press('Enter')
    expect(await page.getByText('No folder with that name').count()).toBe(0)
    await expect.poll(count).toBe(before - filed)
    await dialogGone()
    expect(await stands()).toBe('pane-list')
  }
})

test('a dialog, a draft and a room that close give the keyboard back', async () => {
  const { page } = siegel
  await press('g', 'i', 'j')
  for (const key of ['v', 'Shift+?', 'Control+u']) {
    await press(key)
    await page.getByRole('dialog').first().waitFor()
    await press('Escape')
    await dialogGone()
    expect(await stands(), key).toBe('pane-list')
  }
  await press('c')
  await composer(page).waitFor()
  await press('Escape')
  await composer(page).waitFor({ state: 'detached' })
  expect(await stands()).toBe('pane-list')
  await press('c')
  await composer(page).waitFor()
  await page.keyboard.type('anna@rig.test')
  await press('Enter')
  await composer(page).getByRole('button', { name: 'Remove anna@rig.test' }).press('Enter')
  expect(await stands()).toMatch(/composer/)
  await composer(page).getByRole('button', { name: 'Discard draft' }).click()
  await composer(page)
    .waitFor({ state: 'detached' })
    .catch(() => undefined)
  expect(await stands()).not.toBe('nowhere')
})

test('Escape leaves settings from wherever one stands, and what was typed is not lost by one press', async () => {
  const { page } = siegel
  for (let steps = 0; steps < 7; steps += 1) {
    await press('Control+,')
    await page.getByRole('tab').first().waitFor()
    expect(await stands()).not.toBe('nowhere')
    for (let step = 0; step < steps; step += 1) await press('Tab')
    await press('Escape')
    await page.locator('.mail-room').waitFor({ timeout: 3000 })
    expect(await stands()).not.toBe('nowhere')
  }
})

test.each(['To', 'Subject', 'Text of the message', 'Attach files', 'Minimise', 'formatted'])(
  'Ctrl+Enter sends with the focus on: %s',
  async place => {
    const { page } = siegel
    await press('g', 'i')
    await folder(page, 'Inbox').press('c')
    await composer(page).waitFor()
    if (place === 'formatted') {
      await composer(page).getByRole('button', { name: 'Write with formatting' }).click()
      await composer(page).getByRole('textbox', { name: 'Text of the message' }).press('Control+Enter')
    } else
      await composer(page)
        .locator(`[aria-label="${place}"], label:has-text("${place}") input, button:has-text("${place}")`)
        .or(composer(page).getByRole('combobox', { name: place }))
        .first()
        .press('Control+Enter')
    // Nobody to send it to: the sending itself asks.
    await page.getByText('Add at least one address.').waitFor()
    await page.locator('.ui-dialog:focus-within').waitFor()
    await press('Escape')
    await page.getByText('Add at least one address.').waitFor({ state: 'detached' })
    expect(await stands()).toMatch(/composer/)
    await press('Escape')
    await composer(page).waitFor({ state: 'detached' })
  },
)

test('a long dialog is scrolled by keys, also from the button at its foot', async () => {
  const { page, app } = siegel
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(700, 420))
  await page.waitForFunction(() => innerHeight < 440)
  await press('Shift+?')
  const body = page.locator('.ui-dialog-body')
  await body.waitFor()
  const top = () => body.evaluate(node => node.scrollTop)
  await press('PageDown')
  await expect.poll(top).toBeGreaterThan(100)
  await press('Home')
  await expect.poll(top).toBe(0)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).focus()
  await press('ArrowDown')
  await expect.poll(top).toBeGreaterThan(10)
  await press('Escape')
  await dialogGone()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
})

test('the menu of text looks up what is selected, by mouse and by the menu key', async () => {
  const { page, app } = siegel
  await app.evaluate(({ Menu }) => {
    const shown: unknown[] = []
    Object.assign(globalThis, { shownMenus: shown })
    Object.assign(Menu.prototype, {
      popup(this: { items: { label: string }[] }) {
        shown.push(this)
      },
    })
  })
  const labels = () =>
    app.evaluate(() =>
      (
        (globalThis as unknown as { shownMenus: { items: { label: string }[] }[] }).shownMenus.at(-1)
          ?.items ?? []
      )
        .map(({ label }) => label)
        .filter(label => label !== ''),
    )
  await press('g', 'i')
  await row(page, 'Tom Ashworth').first().click()
  const text = reader(page).getByText('you were right about', { exact: false }).first()
  await text.waitFor()
  await text.dblclick({ position: { x: 6, y: 8 } })
  const word = await page.evaluate(() => String(getSelection()).trim())
  await text.click({ button: 'right', position: { x: 6, y: 8 } })
  await expect.poll(labels).toEqual(['&Copy', `&Look Up “${word}” in the Mail`])
  await app.evaluate(() => {
    const menus = (globalThis as unknown as { shownMenus: { items: { click(): void }[] }[] }).shownMenus
    menus.at(-1)?.items.at(-1)?.click()
  })
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe(word)
  await row(page, 'Tom Ashworth').first().waitFor()
  await page.getByRole('searchbox').press('Shift+F10')
  await expect.poll(labels).toContain('Select &All')
})

test.each([
  [640, 480],
  [900, 600],
])(
  'at %i x %i what is asked for is seen, though a draft lay over it, and the draft waits',
  async (width, height) => {
    const { page, app } = siegel
    await press('g', 'i')
    await row(page, /./).first().click()
    await app.evaluate(
      ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, high),
      [width, height] as const,
    )
    await page.waitForFunction(wide => Math.abs(innerWidth - wide) < 2, width)
    await press('c')
    const subject = composer(page).getByRole('textbox', { name: 'Subject' })
    await subject.fill('Ashworth')
    const waiting = () => page.locator('.compose-tab', { hasText: 'Ashworth' })
    const bringBack = async () => {
      await waiting().click()
      await subject.waitFor()
      expect(await subject.inputValue()).toBe('Ashworth')
      await expect.poll(stands).not.toBe('nowhere')
    }
    // Words looked up from the draft itself.
    await subject.dblclick({ position: { x: 12, y: 10 } })
    await subject.click({ button: 'right', position: { x: 12, y: 10 } })
    const lastMenu = () =>
      app.evaluate(() => {
        const menus = (
          globalThis as unknown as { shownMenus: { items: { label: string; click(): void }[] }[] }
        ).shownMenus
        return menus.at(-1)?.items.at(-1)?.label ?? ''
      })
    await expect.poll(lastMenu).toBe('&Look Up “Ashworth” in the Mail')
    await app.evaluate(() => {
      const menus = (globalThis as unknown as { shownMenus: { items: { click(): void }[] }[] }).shownMenus
      menus.at(-1)?.items.at(-1)?.click()
    })
    await waiting().waitFor()
    await row(page, 'Tom Ashworth').first().click()
    await reader(page).getByText('you were right about', { exact: false }).first().waitFor()
    expect(await composer(page).count()).toBe(0)
    await expect.poll(stands).not.toBe('nowhere')
    await bringBack()
    // A room from the rail, also the one that is there already.
    await page.getByRole('button', { name: 'Mail', exact: true }).click()
    await waiting().waitFor()
    await page.locator('.mail-room').waitFor()
    expect(await composer(page).count()).toBe(0)
    await bringBack()
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('tab').first().click()
    await press('Escape')
    await page.locator('.mail-room').waitFor()
    await bringBack()
    await composer(page).getByRole('button', { name: 'Discard draft' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard draft' }).click()
    await composer(page).waitFor({ state: 'detached' })
    await expect.poll(stands).not.toBe('nowhere')
  },
)

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
