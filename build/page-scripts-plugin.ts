import { build, type Plugin } from 'vite'
import { inProject } from './paths.mjs'

/** Scripts for documents that the program writes or sets, each bundled into one classic script and given as a string. */
const scripts: Readonly<Record<string, Readonly<{ entry: string; global: string; exported: string }>>> = {
  /** Of pages that open without a network; it runs wherever the file is opened. */
  'virtual:locked-page': {
    entry: 'renderer/locked-page/main.ts',
    global: 'lockedPage',
    exported: 'lockedPageScript',
  },
  /** What main runs beside a mail body, in a world of its own. */
  'virtual:mail-frame': {
    entry: 'renderer/mail-frame/main.ts',
    global: 'siegelMailFrame',
    exported: 'mailFrameScript',
  },
}

/** Gives the modules named in `scripts`. */
export const pageScriptsPlugin = (): Plugin => ({
  name: 'page-scripts',
  resolveId: id => (Object.hasOwn(scripts, id) ? `\0${id}` : undefined),
  async load(id) {
    const script = id.startsWith('\0') ? scripts[id.slice(1)] : undefined
    if (script === undefined) return undefined
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
        lib: { entry: inProject(script.entry), formats: ['iife'], name: script.global },
      },
    })
    const [first] = Array.isArray(result) ? result : [result]
    const chunk = first && 'output' in first ? first.output[0] : undefined
    if (chunk === undefined) throw new Error(`${script.entry} was not built`)
    return `export const ${script.exported} = ${JSON.stringify(chunk.code)}`
  },
})
