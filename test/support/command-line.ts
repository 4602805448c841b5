import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { expect } from 'vitest'
import { inCache } from '../../build/paths.mjs'

/** The built command line, as people run it; `npm test` builds it before the tests. */
export const commandLine = new URL('../../.vite/build/cli.mjs', import.meta.url).pathname

export type Outcome = Readonly<{
  exitCode: number | null
  stdout: string
  stdoutBytes: Buffer
  stderr: string
}>

const ahead = new URL('command-line-ahead.mjs', import.meta.url).pathname
/** What Node made of the program's text, for the next start of it. */
const compiled = { NODE_COMPILE_CACHE: inCache('test', 'compiled') }

/** A start of the command line that waits for its arguments; it ends by itself with the process of the tests. */
const startAhead = (): ChildProcess => {
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as const
  const child = spawn(process.execPath, [ahead, commandLine], {
    env: { ...process.env, ...compiled },
    stdio: [...stdio],
  })
  const held = [child, ...child.stdio] as readonly ({ unref?(): unknown } | null)[]
  for (const each of held) each?.unref?.()
  return child
}

let next: ChildProcess | null = null
/** The start that is ready gets the arguments, and the one after it begins meanwhile. */
const startWith = (args: readonly string[]): ChildProcess => {
  const child = next ?? startAhead()
  next = startAhead()
  const held = [child, ...child.stdio] as readonly ({ ref?(): unknown } | null)[]
  for (const each of held) each?.ref?.()
  ;(child.stdio[3] as Writable).end(`${JSON.stringify(args)}\n`)
  return child
}

/**
 * Runs the built command line and collects what it says, each call in a process of its own. Without an environment that differs, the
 * process was started before it is asked for (`command-line-ahead.mjs`).
 */
export function runCommandLine(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child =
      env === undefined
        ? startWith(args)
        : spawn(process.execPath, [commandLine, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', exitCode => {
      const stdoutBytes = Buffer.concat(out)
      resolve({
        exitCode,
        stdout: stdoutBytes.toString(),
        stdoutBytes,
        stderr: Buffer.concat(err).toString(),
      })
    })
  })
}

/** A message as `list`, `search` and `show` tell it. */
export type ListedMessage = Readonly<{
  id: number
  messageId: string
  from: string
  to: string[]
  subject: string
  date: string
  flags: string[]
  folder: string
  size: number
  hasAttachments: boolean
  snippet: string
  pending: boolean
  body: string
}>

/** One profile under a passphrase in a folder of its own. */
export class TestProfile {
  readonly directory = mkdtempSync(join(tmpdir(), 'sg-'))
  readonly profile = join(this.directory, 'profile')
  readonly passphraseFile = join(this.directory, 'passphrase')

  constructor(passphrase = 'correct horse battery staple 42') {
    writeFileSync(this.passphraseFile, `${passphrase}\n`)
  }

  /** Arguments that every call on this profile carries. */
  common(): string[] {
    return ['--profile', this.profile, '--passphrase-file', this.passphraseFile]
  }

  run(...args: string[]): Promise<Outcome> {
    return runCommandLine([...args, ...this.common()])
  }

  /** Runs with --json, expects success, answers the value. */
  async json<T>(...args: string[]): Promise<T> {
    const outcome = await this.run(...args, '--json')
    expect(outcome.exitCode, `${args.join(' ')}\n${outcome.stdout}\n${outcome.stderr}`).toBe(0)
    return JSON.parse(outcome.stdout) as T
  }

  /** Runs with --json, expects failure, answers the error. */
  async failure(...args: string[]): Promise<{ code: string; message: string }> {
    const outcome = await this.run(...args, '--json')
    expect(outcome.exitCode, `${args.join(' ')} should fail\n${outcome.stdout}`).not.toBe(0)
    return (JSON.parse(outcome.stdout) as { error: { code: string; message: string } }).error
  }

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.directory, name)
    writeFileSync(path, content)
    return path
  }

  create(): Promise<unknown> {
    return this.json('profile', 'create')
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true })
  }
}

/** Adds an account of the test servers. */
export function addRigAccount(
  profile: TestProfile,
  servers: { imapsPort: number; imapPort: number; smtpsPort: number; smtpPort: number; caFile: string },
  name: string,
  security: 'tls' | 'starttls' = 'tls',
): Promise<{ id: string }> {
  const password = profile.file(`${name}.password`, `${name}-pw\n`)
  const [imap, smtp] =
    security === 'tls' ? [servers.imapsPort, servers.smtpsPort] : [servers.imapPort, servers.smtpPort]
  return profile.json(
    'account',
    'add',
    '--address',
    `${name}@rig.test`,
    '--name',
    name,
    '--imap',
    `${security}://127.0.0.1:${imap}`,
    '--smtp',
    `${security}://127.0.0.1:${smtp}`,
    '--password-file',
    password,
    '--ca',
    servers.caFile,
  )
}
