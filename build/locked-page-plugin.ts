import { build, type Plugin } from 'vite'
import { inProject } from './paths.mjs'

const name = 'virtual:locked-page'

/**
 * Gives the engine the script of pages that open without a network (renderer/locked-page) as a string: bundled into one
 * classic script, so that it runs wherever the file is opened.
 */
export const lockedPagePlugin = (): Plugin => ({
  name: 'locked-page',
  resolveId: id => (id === name ? `\0${name}` : undefined),
  async load(id) {
    if (id !== `\0${name}`) return undefined
    const result = await build({
      configFile: false,
      envDir: false,
      publicDir: false,
      logLevel: 'warn',
      root: inProject(),
      build: {
        write: false,
        minify: true,
        target: 'es2022',
        lib: { entry: inProject('renderer/locked-page/main.ts'), formats: ['iife'], name: 'lockedPage' },
      },
    })
    const [first] = Array.isArray(result) ? result : [result]
    const chunk = first && 'output' in first ? first.output[0] : undefined
    if (chunk === undefined) throw new Error('the script of locked pages was not built')
    return `export const lockedPageScript = ${JSON.stringify(chunk.code)}`
  },
})
