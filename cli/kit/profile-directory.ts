import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the window keeps its profile, so that both faces use the same one unless told otherwise. */
export function profileDirectory(given: string | undefined): string {
  if (given !== undefined) return resolve(given)
  return join(userDataDirectory(), 'profile')
}

/** Electron's `userData` for an app named Siegel. */
function userDataDirectory(): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Siegel')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Siegel')
    default:
      return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Siegel')
  }
}
