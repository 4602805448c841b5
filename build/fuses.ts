import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type FuseV1Config, FuseV1Options, FuseVersion } from '@electron/fuses'

/** What the packaged program can no longer be talked into, burnt into its executable. */
export const releaseFuses = {
  version: FuseVersion.V1,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
} as const satisfies FuseV1Config

/** The executable inside an unpacked Electron of one platform, before it gets the app's name. */
export const executableIn = (folder: string, platform: string): string => {
  switch (platform) {
    case 'darwin':
      return join(folder, readdirSync(folder).find(name => name.endsWith('.app')) ?? 'Electron.app')
    case 'win32':
      return join(folder, 'electron.exe')
    default:
      return join(folder, 'electron')
  }
}
