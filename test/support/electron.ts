// How tests start the real Electron with our app in it.
import { electronRuntime } from '../../build/electron-runtime.mjs'

/** What Playwright's `_electron.launch` needs. */
export type ElectronProgram = Readonly<{ executablePath: string; args: readonly string[] }>

/** The Electron of this checkout; the app has been built before (`npm run setup`). */
export const electronForTests = async (): Promise<ElectronProgram & { version: string }> => {
  const { executable, appArguments, version } = await electronRuntime(process.execPath)
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return { executablePath: executable, args: [...(isRoot ? ['--no-sandbox'] : []), ...appArguments], version }
}
