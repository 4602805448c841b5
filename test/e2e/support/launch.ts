import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, errors, type Page } from 'playwright-core'
import { inCache } from '../../../build/paths.mjs'
import { englishPageWords, germanPageWords } from '../../../electron/windows/dialogs/page-words'
import { type ElectronProgram, electronForTests } from '../../support/electron'
import { type DesktopSession, type KeyringMode, startDesktopSession } from './desktop-session'
import { pageCalls } from './page-calls'

/** The real program on a desktop of its own. */
export type Launched = Readonly<{
  app: ElectronApplication
  page: Page
  /** The profile directory; it lives as long as the desktop. */
  profile: string
  desktop: DesktopSession
  /** Keeps a picture of the window in .cache/screenshots. */
  screenshot(name: string): Promise<string>
  /** Ends the program as a person would, and leaves the desktop for the next start. */
  quit(): Promise<void>
  /** Ends program and desktop. */
  stop(): Promise<void>
}>

/** What moves or fades has done so; what turns for ever is not waited for. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(each => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(each => each.finished))
  })

/** Chooses a theme and waits until the window has it. */
export async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await pageCalls(page)('prefs.set', { theme })
  await page.locator(`html[data-theme=${theme}]`).waitFor()
}

const screenshotFolder = inCache('screenshots')

type LaunchOptions = NonNullable<Parameters<typeof _electron.launch>[0]>

/**
 * Starts Electron with Playwright attached. Playwright attaches while the program is starting, and now and then (one start in
 * five on a busy machine) it misses the window that appears meanwhile and waits forever; then the program is started once
 * more. A start takes two to five seconds; one that was only slow has more time at the next try.
 */
const attach = async (options: LaunchOptions): Promise<ElectronApplication> => {
  for (const timeout of [12_000, 30_000]) {
    try {
      return await _electron.launch({ ...options, timeout })
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error
    }
  }
  return _electron.launch({ ...options, timeout: 120_000 })
}

const pageQuestions = [englishPageWords, germanPageWords].flatMap(({ title }) => Object.values(title))

/**
 * Main asks before the page may contact places of its own, trust, or protect less; the person of these tests says yes. Every
 * other question, and what a test wants to answer by itself, waits for `answerDialogs`.
 */
const agreeToThePage = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ dialog }, titles) => {
    const real = dialog.showMessageBox.bind(dialog)
    Object.assign(dialog, {
      showMessageBox: (...args: Parameters<typeof real>) => {
        const options = args.at(-1) as { title?: string }
        return titles.includes(options.title ?? '')
          ? Promise.resolve({ response: 1, checkboxChecked: false })
          : real(...args)
      },
    })
  }, pageQuestions)

/** Starts the program on a desktop that is there already, for instance a second time with the same profile. */
export const launchOn = async (
  desktop: DesktopSession,
  options: {
    profile?: string
    arguments?: readonly string[]
    environment?: Readonly<Record<string, string>>
    /** The program, where it was looked for already. */
    program?: ElectronProgram
  } = {},
): Promise<Launched> => {
  const profile = options.profile ?? mkdtempSync(join(desktop.directory, 'profile-'))
  const { executablePath, args } = options.program ?? (await electronForTests())
  const app = await attach({
    executablePath,
    args: [...args, '--profile', profile, ...(options.arguments ?? [])],
    env: { ...desktop.env, ...options.environment },
  })
  const page = await app.firstWindow({ timeout: 120_000 })
  await agreeToThePage(app)
  page.setDefaultTimeout(45_000)
  // The page may have loaded before its window was given a size.
  await page.waitForFunction(() => innerWidth > 0)
  let hasQuit = false
  const quit = async (): Promise<void> => {
    if (hasQuit) return
    hasQuit = true
    await app.close()
  }
  return {
    app,
    page,
    profile,
    desktop,
    async screenshot(name) {
      mkdirSync(screenshotFolder, { recursive: true })
      const path = join(screenshotFolder, `${name}.png`)
      await settled(page)
      await page.screenshot({ path })
      return path
    },
    quit,
    async stop() {
      await quit()
      await desktop.stop()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Starts a desktop with a screen and a keyring, and the program on it with an empty profile. */
export const launch = async (
  options: {
    keyring?: KeyringMode
    arguments?: readonly string[]
    environment?: Readonly<Record<string, string>>
  } = {},
): Promise<Launched> => {
  const desktop = await startDesktopSession({ keyring: options.keyring ?? 'unlocked', screen: true })
  try {
    return await launchOn(desktop, options)
  } catch (error) {
    await desktop.stop()
    throw error
  }
}
