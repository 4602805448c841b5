import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { inCache } from './paths.mjs'

/** @param {number} pid */
const isAlive = pid => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** @param {string} path */
const holderOf = path => {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0
  }
}

/**
 * Runs `action` while no other Siegel tool in this folder runs one under the same name. A lock whose holder has
 * died is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export const withLock = async (name, action) => {
  const path = inCache(`${name}.lock`)
  mkdirSync(inCache(), { recursive: true })
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      break
    } catch {
      const holder = holderOf(path)
      if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true })
      else await pause(150)
    }
  }
  try {
    return await action()
  } finally {
    rmSync(path, { force: true })
  }
}
