import { type Plugin, runnerImport } from 'vite'
import { inProject } from './paths.mjs'

const names = inProject('shared/ipc/names.ts')

/** In the place of `shared/ipc/names.ts` the lists that it makes of the contract, without the contract. */
export const contractNamesPlugin = (): Plugin => ({
  name: 'contract-names',
  enforce: 'pre',
  async load(id) {
    if (id !== names) return undefined
    const { module } = await runnerImport<Record<string, unknown>>(names, {
      configFile: false,
      envDir: false,
      logLevel: 'warn',
    })
    return Object.entries(module)
      .map(([name, list]) => `export const ${name} = ${JSON.stringify(list)}`)
      .join('\n')
  },
})
