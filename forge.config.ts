import { cpSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { flipFuses } from '@electron/fuses'
import { MakerDeb } from '@electron-forge/maker-deb'
import { MakerZIP } from '@electron-forge/maker-zip'
import type { ForgeConfig } from '@electron-forge/shared-types'
import { executableIn, releaseFuses } from './build/fuses.ts'
import { copyNativePackages } from './build/native-packages.mjs'
import { inProject } from './build/paths.mjs'

/** Everything else in the folder is how the program is made, not the program. */
const shipped = /^\/(package\.json|LICENSE|\.vite(\/(build|renderer)(\/.*)?)?)$/
const neverShipped = /\.map$|\/bench\.mjs$|\/cli\.mjs$|\/vault-worker\.cjs$/

const config: ForgeConfig = {
  outDir: process.env.SIEGEL_PACKAGE_OUT ?? inProject('out'),
  packagerConfig: {
    name: 'Siegel',
    executableName: 'siegel',
    appBundleId: 'org.siegel.Siegel',
    asar: { unpack: '**/*.node' },
    ignore: path => path !== '' && (!shipped.test(path) || neverShipped.test(path)),
    prune: false,
    ...(process.env.SIEGEL_ELECTRON_ZIPS && { electronZipDir: process.env.SIEGEL_ELECTRON_ZIPS }),
  },
  // Every native part comes ready-made for Node-API, so nothing is compiled against Electron's headers.
  rebuildConfig: { onlyModules: [] },
  makers: [
    new MakerZIP({}),
    new MakerDeb({
      options: {
        name: 'siegel',
        bin: 'siegel',
        productName: 'Siegel',
        genericName: 'Mail client',
        categories: ['Network', 'Office'],
        mimeType: ['x-scheme-handler/mailto'],
        section: 'mail',
        maintainer: 'The Siegel authors',
      },
    }),
  ],
  hooks: {
    packageAfterCopy: async (_config, appFolder, _electronVersion, platform, arch) => {
      copyNativePackages(appFolder, platform, arch)
    },
    packageAfterExtract: async (_config, electronFolder, _electronVersion, platform) => {
      await flipFuses(executableIn(electronFolder, platform), releaseFuses)
    },
    postPackage: async (_config, { outputPaths }) => {
      for (const folder of outputPaths) {
        const licence = resolve('LICENSE')
        if (existsSync(licence)) cpSync(licence, join(folder, 'LICENSE.siegel'))
      }
    },
  },
}

export default config
