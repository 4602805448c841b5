import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bannedSymbols } from '../../build/checks/banned-symbols.ts'
import { timedTests } from '../../build/checks/timed-tests.ts'
import { sourceTree } from '../support/source-tree'

const complaintsAbout = (files: Record<string, string>): string[] =>
  bannedSymbols(sourceTree(tmpdir(), files)).map(({ path, line, message }) => `${path}:${line} ${message}`)

const gate = /network gate/

const breaches: readonly [what: string, path: string, text: string, complaint: RegExp][] = [
  [
    'a second listener for the window',
    'electron/ipc/other.ts',
    "import { ipcMain } from 'electron'",
    /^electron\/ipc\/other\.ts:1 takes ipcMain/,
  ],
  [
    'ipcMain by way of the whole module',
    'electron/main/main.ts',
    "import electron from 'electron'",
    /takes everything from electron/,
  ],
  [
    'a fixed sleep in a test',
    'test/unit/a.test.ts',
    'await new Promise(resolve => setTimeout(resolve, 500))',
    /^test\/unit\/a\.test\.ts:1 uses setTimeout: a test waits for what it means/,
  ],
  [
    'a fixed sleep by another name',
    'test/e2e/a.test.ts',
    "import { setTimeout as sleep } from 'node:timers/promises'",
    /takes setTimeout from timers\/promises/,
  ],
  [
    'a whole module of sleeps',
    'test/rig/a.ts',
    "import * as timers from 'timers/promises'",
    /takes everything/,
  ],
  [
    'a sleep through the scheduler',
    'test/rig/a.ts',
    "import { scheduler } from 'node:timers/promises'",
    /scheduler/,
  ],
  ["a sleep of Playwright's", 'test/e2e/a.test.ts', 'await page.waitForTimeout(1000)', /waitForTimeout/],
  [
    "a sleep by the program's clock",
    'test/wire/a.test.ts',
    'await systemClock.sleep(50)',
    /systemClock\.sleep/,
  ],
  ['ipcRenderer outside the preload script', 'renderer/host/a.ts', 'window.ipcRenderer', /uses ipcRenderer/],
  ['a socket outside the gate', 'electron/engine/mail/imap/a.ts', "import { connect } from 'node:tls'", gate],
  ['a socket by its old name', 'electron/engine/mail/imap/a.ts', "import net from 'net'", gate],
  ['a socket loaded late', 'cli/a.ts', "await import('node:https')", gate],
  [
    'a resolver outside the gate',
    'electron/engine/app/a.ts',
    "import { lookup } from 'node:dns/promises'",
    gate,
  ],
  ['a library that dials by itself', 'electron/engine/app/a.ts', "import { request } from 'undici'", gate],
  ["Chromium's own network", 'electron/windows/a.ts', "import { net } from 'electron'", gate],
  [
    'fetch in the engine',
    'electron/engine/app/a.ts',
    "\n\nawait fetch('https://a.test')",
    /^electron\/engine\/app\/a\.ts:3 uses fetch/,
  ],
  ['fetch handed on as a value', 'electron/engine/app/a.ts', 'export const get = { fetch }', gate],
  ['fetch through globalThis', 'shared/a.ts', "globalThis.fetch('x')", gate],
  ['fetch through brackets', 'shared/a.ts', "globalThis['fetch']('x')", gate],
  ['fetch taken apart from globalThis', 'shared/a.ts', 'const { fetch: get } = globalThis\nget', gate],
  ['XMLHttpRequest in the window', 'renderer/a.ts', 'new XMLHttpRequest()', gate],
  ['WebSocket in the window', 'renderer/a.ts', "new WebSocket('wss://a.test')", gate],
  ['EventSource in the window', 'renderer/a.ts', "new window.EventSource('x')", gate],
  ['a beacon in the window', 'renderer/a.ts', "navigator.sendBeacon('x')", gate],
  [
    'decryption outside the vault',
    'electron/engine/app/a.ts',
    "import { decrypt } from 'openpgp'",
    /takes decrypt .* vault/,
  ],
  [
    'OpenPGP as a whole outside the vault',
    'electron/engine/app/a.ts',
    "import * as openpgp from 'openpgp'",
    /takes everything/,
  ],
  [
    'another program being started',
    'electron/main/main.ts',
    "import { spawn } from 'node:child_process'",
    /no other programs/,
  ],
  ['guessable chance in the program', 'shared/a.ts', 'export const id = Math.random()', /foreseen/],
  ['guessable chance in a test', 'test/unit/a.test.ts', 'export const id = Math.random()', /foreseen/],
  ['guessable chance taken apart', 'shared/a.ts', 'const { random } = Math\nrandom()', /foreseen/],
  [
    'raw HTML in an element',
    'renderer/a.tsx',
    'export const a = <p dangerouslySetInnerHTML={x} />',
    /mail-body frame/,
  ],
  [
    'raw HTML spread into an element',
    'renderer/a.tsx',
    'export const a = { dangerouslySetInnerHTML: x }',
    /mail-body/,
  ],
  ['raw HTML by assignment', 'renderer/a.ts', 'element.innerHTML = text', /uses innerHTML/],
  ['printing past the redaction', 'electron/engine/app/a.ts', "console.log('x')", /uses console/],
  [
    'the environment read deep inside',
    'electron/engine/store/a.ts',
    'export const home = process.env.HOME',
    /environment/,
  ],
  ['Node in the preload script', 'electron/preload.ts', 'export const id = process.pid', /no Node/],
  ['code made from text', 'renderer/a.ts', "new Function('return 1')", /made from text/],
]

test.each(breaches)('refuses %s', (_what, path, text, complaint) => {
  const found = complaintsAbout({ [path]: text })
  expect(found.length).toBeGreaterThan(0)
  for (const line of found) expect(line).toMatch(complaint)
})

test('lets each name stand in its own room', () => {
  const files = {
    'electron/ipc/router.ts': "import { ipcMain } from 'electron'\nipcMain.handle('a', () => 1)",
    'electron/preload.ts':
      "import { contextBridge, ipcRenderer } from 'electron'\ncontextBridge.exposeInMainWorld('a', ipcRenderer)",
    'electron/engine/net/gate.ts':
      "import { connect } from 'node:tls'\nimport 'undici'\nconnect()\nawait fetch('x')",
    'electron/vault/decrypt.ts': "import * as openpgp from 'openpgp'\nopenpgp.decrypt({})",
    'electron/engine/app/verify.ts': "import { readKey, verify } from 'openpgp'\nverify(readKey)",
    'electron/main/main.ts': 'export const profile = process.env.SIEGEL_PROFILE',
    'cli/kit/words/output.ts': "console.log('done')",
    'test/unit/a.test.ts': "console.log('seen')\nfetch('http://127.0.0.1')",
  }
  expect(complaintsAbout(files)).toEqual([])
})

test('refuses a frame filled from text outside the mail body', () => {
  const frame = 'export const a = <iframe srcDoc={x} />'
  expect(complaintsAbout({ 'renderer/features/compose/a.tsx': frame })).toEqual([
    expect.stringMatching(/uses srcDoc/),
  ])
  expect(complaintsAbout({ 'renderer/features/mail/reading/message-body.tsx': frame })).toEqual([])
})

test('lets types and other things carry the same names', () => {
  const files = {
    'electron/engine/ports/basics.ts':
      "import type { Socket } from 'node:net'\nexport interface Net { fetch(url: string): Socket }",
    'electron/engine/mail/imap/a.ts':
      "client.fetch('1:*')\nexport const verbs = { fetch: 1 }\nexport class A { fetch() {} }",
    'renderer/a.ts': 'export type F = typeof fetch',
  }
  expect(complaintsAbout(files)).toEqual([])
})

test('an exception for a timer in a test has a file that needs it', () => {
  const idle = Object.keys(timedTests).filter(
    path =>
      !/setTimeout|systemClock\.sleep/.test(readFileSync(join(import.meta.dirname, '../..', path), 'utf8')),
  )
  expect(idle).toEqual([])
})
