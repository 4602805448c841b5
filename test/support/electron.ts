// How tests start the real Electron with our app in it.
import { electronRuntime } from '../../build/electron-runtime.mjs'

/** What Playwright's `_electron.launch` needs; the app has been built before (`npm run setup`). */
export const electronForTests = async (): Promise<{
  executablePath: string
  args: string[]
  version: string
}> => {
  const { executable, appArguments, version } = await electronRuntime(process.execPath)
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return { executablePath: executable, args: [...(isRoot ? ['--no-sandbox'] : []), ...appArguments], version }
}
