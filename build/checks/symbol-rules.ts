// Names that are dangerous outside one room. `allowed` says where they may stand; tests and tools are outside the
// program and are only held to the rules marked `everywhere`.

import { timedTests } from './timed-tests.ts'

/** A rule about what a file may take from another module. */
export interface ModuleRule {
  readonly modules: RegExp
  /** Only these names of it are banned; absent means the module as a whole. A whole-module import takes every name. */
  readonly names?: RegExp
  readonly only?: RegExp
  readonly allowed: Pick<RegExp, 'test'>
  readonly everywhere?: true
  readonly reason: string
}

/** A rule about a name used as a value: a global, a property of a global, or a JSX attribute. */
export interface NameRule {
  /** `fetch` for a global, `Math.random` for a member, `.innerHTML` for a member of anything (and a JSX attribute). */
  readonly name: string
  readonly only?: RegExp
  readonly allowed: Pick<RegExp, 'test'>
  readonly everywhere?: true
  readonly reason: string
}

const nowhere = /^$/
const gate = /^electron\/engine\/net\//
const tests = /^test\/(?!bench\/)/
const timedTest = { test: (path: string): boolean => Object.hasOwn(timedTests, path) }
const sleepReason =
  'a test waits for what it means (until, test/support/until.ts) and for no time; exceptions stand in build/checks/timed-tests.ts'
const gateReason = 'only the network gate (electron/engine/net) opens connections'

export const moduleRules: readonly ModuleRule[] = [
  {
    modules: /^(net|tls|dns|dns\/promises|dgram|http|https|http2)$/,
    allowed: gate,
    reason: gateReason,
  },
  {
    modules: /^(undici|ws|socks|socks-proxy-agent|fetch-socks|node-fetch|axios|got|tor-.*)$/,
    allowed: gate,
    reason: gateReason,
  },
  { modules: /^electron$/, names: /^net$/, allowed: nowhere, reason: gateReason },
  {
    modules: /^electron$/,
    names: /^ipcMain$/,
    allowed: /^electron\/ipc\/router\.ts$/,
    reason: 'only electron/ipc/router.ts listens to the window',
  },
  {
    modules: /^electron$/,
    names: /^(ipcRenderer|contextBridge)$/,
    allowed: /^electron\/preload\.ts$/,
    reason: 'only electron/preload.ts speaks for the window',
  },
  {
    modules: /^openpgp$/,
    names:
      /^(decrypt|decryptKey|decryptSessionKeys|encryptKey|sign|readPrivateKey|readPrivateKeys|generateKey|reformatKey|revokeKey|PrivateKey|SecretKeyPacket|SecretSubkeyPacket)$/,
    allowed: /^electron\/vault\//,
    reason: 'private keys never leave the vault (electron/vault)',
  },
  {
    modules: /^child_process$/,
    allowed: /^electron\/engine\/tor\/own-tor\.ts$/,
    reason: "Siegel starts no other programs but the system's tor (electron/engine/tor/own-tor.ts)",
  },
  {
    modules: /^timers(\/promises)?$/,
    names: /^(setTimeout|setInterval|scheduler)$/,
    only: tests,
    allowed: timedTest,
    everywhere: true,
    reason: sleepReason,
  },
]

export const nameRules: readonly NameRule[] = [
  ...[
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'EventSource',
    'WebTransport',
    'RTCPeerConnection',
    '.sendBeacon',
  ].map(name => ({ name, allowed: gate, reason: gateReason })),
  {
    name: 'ipcMain',
    allowed: /^electron\/ipc\/router\.ts$/,
    reason: 'only electron/ipc/router.ts listens to the window',
  },
  {
    name: 'ipcRenderer',
    allowed: /^electron\/preload\.ts$/,
    reason: 'only electron/preload.ts speaks for the window',
  },
  {
    name: 'Math.random',
    allowed: nowhere,
    everywhere: true,
    reason: 'it can be foreseen; use crypto.getRandomValues, and in tests a seeded generator',
  },
  ...['setTimeout', '.waitForTimeout', 'Atomics.wait', 'systemClock.sleep', 'realClock.sleep'].map(name => ({
    name,
    only: tests,
    allowed: timedTest,
    everywhere: true as const,
    reason: sleepReason,
  })),
  ...['.dangerouslySetInnerHTML', '.innerHTML', '.outerHTML', '.insertAdjacentHTML', 'document.write'].map(
    name => ({
      name,
      only: /^renderer\//,
      allowed: nowhere,
      reason: 'HTML from outside is only drawn inside the mail-body frame',
    }),
  ),
  ...['.srcdoc', '.srcDoc'].map(name => ({
    name,
    only: /^renderer\//,
    // The demo without Electron has no mail-body scheme; it draws its own sample in the same sandboxed frame. A sealed page
    // opens outside the program altogether and draws its sanitised HTML in a frame without any rights.
    allowed: /^renderer\/(demo\/|locked-page\/show-content\.ts$|features\/mail\/[a-z/-]*body[a-z-]*\.tsx$)/,
    reason: 'HTML from outside is only drawn inside the mail-body frame',
  })),
  {
    name: 'console',
    allowed: /^(cli\/kit\/words\/output\.ts|electron\/log\/)/,
    reason: 'the program prints through cli/kit/words/output and electron/log, which know what is secret',
  },
  {
    name: 'process.env',
    allowed: /^(electron\/main\/(main|compose)\.ts|electron\/engine\/entry\.ts|cli\/)/,
    reason: 'the environment is read where a process starts and handed on as values',
  },
  ...['process', 'require', 'Buffer', 'global'].map(name => ({
    name,
    only: /^electron\/preload\.ts$/,
    allowed: nowhere,
    reason: 'the sandboxed preload script has no Node',
  })),
  ...['eval', 'Function'].map(name => ({ name, allowed: nowhere, reason: 'no code is made from text' })),
]
