import { Worker } from 'node:worker_threads'

/** Passed to Node, makes it run TypeScript sources unbuilt. */
export const runTypeScript = [
  '--import',
  new URL('../../../support/resolve-typescript.mjs', import.meta.url).href,
]

/** The real vault worker, from its source. */
export const startSourceVaultWorker = (): Worker =>
  new Worker(new URL('../../../../electron/vault/worker.ts', import.meta.url), { execArgv: runTypeScript })
