import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where Thunderbird keeps its profiles on this system; null when there is nothing. */
export function thunderbirdProfilesFolder(
  platform: NodeJS.Platform,
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const folder =
    platform === 'darwin'
      ? join(home, 'Library', 'Thunderbird', 'Profiles')
      : platform === 'win32'
        ? join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Thunderbird', 'Profiles')
        : join(home, '.thunderbird')
  return existsSync(folder) ? folder : null
}
