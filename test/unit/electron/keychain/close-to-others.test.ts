import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeToOthers } from '../../../../electron/keychain/close-to-others'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'siegel-modes-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const modeOf = (...names: string[]): number => statSync(join(directory, ...names)).mode & 0o777

test('directory, key file, store with its logs and what was set aside are closed again, whoever opened them', () => {
  const files = [
    'profile.json',
    'store.db',
    'store.db-wal',
    'store.meta',
    'store-damaged-2026.db',
    'anything',
  ]
  for (const mode of [0o777, 0o755, 0o750, 0o711, 0o701]) {
    for (const name of files) {
      writeFileSync(join(directory, name), '')
      chmodSync(join(directory, name), mode & 0o666)
    }
    mkdirSync(join(directory, 'set-aside-2026'), { recursive: true })
    chmodSync(join(directory, 'set-aside-2026'), mode)
    chmodSync(directory, mode)
    expect(closeToOthers(directory)).toEqual([])
    expect(modeOf()).toBe(0o700)
    expect(modeOf('set-aside-2026')).toBe(0o700)
    for (const name of files) expect(modeOf(name) & 0o077, `${name} ${mode.toString(8)}`).toBe(0)
  }
})

test('what the owner may do stays as it was, and what a link leads to is not touched', () => {
  const elsewhere = join(directory, '..', `${directory.split('/').at(-1)}-elsewhere`)
  writeFileSync(elsewhere, 'public')
  chmodSync(elsewhere, 0o644)
  symlinkSync(elsewhere, join(directory, 'link'))
  symlinkSync('/nowhere', join(directory, 'dangling'))
  writeFileSync(join(directory, 'readonly'), '')
  chmodSync(join(directory, 'readonly'), 0o444)
  expect(closeToOthers(directory)).toEqual([])
  expect(statSync(elsewhere).mode & 0o777).toBe(0o644)
  expect(modeOf('readonly')).toBe(0o400)
  rmSync(elsewhere)
})

test('a directory that is not there is nothing to close', () => {
  expect(closeToOthers(join(directory, 'none'))).toEqual([])
})
