import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutOff } from './support/cut-off'
import { collectComplaints } from './support/drive'
import { composerForms, folderForms, type Look, settingsForms, welcomeForms } from './support/every-form'
import { faultsForAll } from './support/faults-for-all'
import { type Launched, launch } from './support/launch'
import { pageCalls } from './support/page-calls'

const size = { width: 1280, height: 960 } as const
/** 640x480 pixels of a page, and a quarter of the window in each direction (WCAG 1.4.4, 1.4.10). */
const looks = [
  { language: 'de', theme: 'dark', zoomPercent: 400 },
  { language: 'de', theme: 'light', zoomPercent: 200 },
] as const
const usual = { language: 'en', theme: 'light', zoomPercent: 200 } as const

let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  await siegel.app.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    size,
  )
  await show(usual)
})
afterAll(async () => {
  await siegel?.stop()
})

const show = async (wanted: (typeof looks)[number] | typeof usual): Promise<void> => {
  await pageCalls(siegel.page)('prefs.set', wanted)
  await siegel.page.waitForFunction(
    ({ width, language, theme }) =>
      Math.abs(innerWidth - width) < 2 &&
      document.documentElement.lang === language &&
      document.documentElement.dataset['theme'] === theme,
    { ...wanted, width: (size.width * 100) / wanted.zoomPercent },
  )
  // Drawn, and with the colours that it will have.
  await siegel.page.evaluate(async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    const changes = document.getAnimations().filter(each => each instanceof CSSTransition)
    await Promise.allSettled(changes.map(each => each.finished))
  })
}

/** What is wrong with each form, in each look of the window. */
const found = new Map<string, readonly string[]>()
let seen = 0
const look: Look = async (place, kind) => {
  for (const each of looks) {
    if (kind === 'in-place' && each.zoomPercent !== usual.zoomPercent) continue
    await show(each)
    seen += 1
    const faults = [...(await cutOff(siegel.page)), ...(await faultsForAll(siegel.page))]
    if (faults.length > 0) found.set(`${place} ${each.theme} ${each.zoomPercent} %`, faults)
  }
  await show(usual)
}
const nothingFound = (atLeast: number): void => {
  const places = Object.fromEntries(found)
  const count = seen
  found.clear()
  seen = 0
  expect(places).toEqual({})
  expect(count).toBeGreaterThanOrEqual(atLeast * looks.length)
}

test('the welcome, restoring, and the forms of an account are whole and for everybody', async () => {
  await welcomeForms({ siegel, look })
  nothingFound(10)
})

test('so are the forms and dialogs of settings', async () => {
  await settingsForms({ siegel, look })
  nothingFound(12)
})

test('so is a draft with everything that opens in it', async () => {
  await composerForms({ siegel, look })
  nothingFound(12)
})

test('so are the questions about folders', async () => {
  await folderForms({ siegel, look })
  nothingFound(1)
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
