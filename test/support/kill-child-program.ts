import type { Program } from './kill-points'

/** The program of `kill-child.ts`, run from source by Node. */
export const killChild = (...args: string[]): Program => ({
  file: process.execPath,
  arguments: [
    '--import',
    new URL('./resolve-typescript.mjs', import.meta.url).href,
    new URL('./kill-child.ts', import.meta.url).pathname,
    ...args,
  ],
})
