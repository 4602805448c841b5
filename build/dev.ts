// `npm run dev`: the program in its window, built again on every save. A change of the page alone loads the page again; any
// other starts the program again on the same profile. It is the very program that `npm start` starts, with the same
// policies: nothing in it knows of this. What keeps the profile open over a restart is this runner, which holds the
// passphrase of a profile for development and types it in as a person would.
//   --sample            with the sample mailbox
//   --profile DIR       another profile than the one for development; it is not unlocked unless
//   --passphrase-file F says by what
import { readdirSync, readFileSync, watch } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { childEnvironment, runInPlace } from './child.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { inCache, inProject } from './paths.mjs'
import { say } from './say.mjs'
import { isStale, targets } from './targets.mjs'

/** Known to everybody: the profile for development holds nothing that is worth a secret. */
const developmentPassphrase = 'for development only'

/** Several files that are saved together are built together. */
const gatherMs = 150

const { values: options, positionals } = parseArgs({
  options: {
    sample: { type: 'boolean', default: false },
    profile: { type: 'string' },
    'passphrase-file': { type: 'string' },
  },
  allowPositionals: true,
})
const from = process.env.SIEGEL_STANDS_IN ?? process.cwd()
const profile = options.profile ? resolve(from, options.profile) : inCache('dev', 'profile')

const passphraseOf = (): string | null => {
  const file = options['passphrase-file']
  if (file) return readFileSync(resolve(from, file), 'utf8').replace(/\r?\n$/, '')
  return options.profile ? null : developmentPassphrase
}
const passphrase = passphraseOf()

const ofWindow = targets.filter(target => target.name !== 'cli')

/** Builds what is stale. Says what was built, or null when something could not be. */
const buildStale = async (): Promise<readonly string[] | null> => {
  const stale = ofWindow.filter(isStale).map(target => target.name)
  if (stale.length === 0) return []
  const code = await runInPlace(process.execPath, [inProject('build', 'build.ts'), ...stale])
  return code === 0 ? stale : null
}

type Answer = { ok: true; value: { state?: string } } | { ok: false; error: { code: string } }
type PageWindow = { siegel: { call(name: string, input: unknown): Promise<Answer> } }

const call = async (page: Page, name: string, input: unknown): Promise<Answer> => {
  const answer = await page.evaluate(
    ([callName, callInput]) =>
      (globalThis as unknown as PageWindow).siegel.call(callName, callInput as unknown),
    [name, input] as const,
  )
  if (!answer.ok) say(`${name}: ${answer.error.code}`)
  return answer
}

/** Makes the profile for development the first time and opens it every time. */
const open = async (page: Page): Promise<void> => {
  if (passphrase === null) return
  const status = await call(page, 'app.status', {})
  if (!status.ok) return
  const { state } = status.value
  if (state === 'no-profile') {
    await call(page, 'app.createProfile', { custody: 'passphrase', passphrase })
  } else if (state === 'locked') await call(page, 'app.unlock', { passphrase })
  if (!options.sample) return
  const accounts = await call(page, 'accounts.list', {})
  const isThere = accounts.ok && JSON.stringify(accounts.value).includes('"address":"sample"')
  if (!isThere) await call(page, 'accounts.addSample', {})
}

let running: ElectronApplication | null = null
let isRestarting = false

const launch = async (): Promise<void> => {
  const runtime = await electronRuntime(process.execPath)
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      ...runtime.appArguments,
      '--profile',
      profile,
      ...positionals,
    ],
    env: { ...childEnvironment(process.execPath), SIEGEL_DEBUG: '1' } as Record<string, string>,
  })
  running = app
  app.process().stderr?.pipe(process.stderr)
  // The person closed the window.
  app.once('close', () => {
    if (!isRestarting) process.exit(0)
  })
  await open(await app.firstWindow({ timeout: 0 }))
}

const restart = async (): Promise<void> => {
  isRestarting = true
  await running?.close()
  await launch()
  isRestarting = false
}

const rebuild = async (): Promise<void> => {
  watchAll()
  const built = await buildStale()
  if (built === null || built.length === 0) return
  if (built.every(name => name === 'renderer')) {
    await running?.windows()[0]?.reload()
    say('the page was loaded again')
    return
  }
  await restart()
  say('the program was started again')
}

/** One after the other; what is saved meanwhile is looked at afterwards. */
let working: Promise<void> = Promise.resolve()
let gathering: NodeJS.Timeout | undefined
const changed = (): void => {
  clearTimeout(gathering)
  gathering = setTimeout(() => {
    working = working.then(rebuild).catch((error: unknown) => {
      say(error instanceof Error ? error.message : String(error))
    })
  }, gatherMs)
}

const watched = new Set<string>()

/**
 * Watches every folder by itself: Node's recursive watch loses a file that an editor puts in place of the old one. Called
 * again after each change, for folders that are new.
 */
const watchAll = (): void => {
  const visit = (folder: string): void => {
    if (!watched.has(folder)) {
      watched.add(folder)
      const watcher = watch(folder, changed)
      const forget = (): void => {
        watched.delete(folder)
        watcher.close()
      }
      watcher.once('error', forget)
    }
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) visit(join(folder, entry.name))
  }
  for (const folder of ['electron', 'renderer', 'shared']) visit(inProject(folder))
}

if ((await buildStale()) === null) process.exit(1)
await launch()
watchAll()
say(`watching; the profile is ${profile}. Close the window or press Ctrl+C to end`)
// What was saved while it started.
changed()
