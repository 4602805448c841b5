import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Ran = Readonly<{ code: number | null; stdout: Buffer; stderr: string }>

const run = (
  program: string,
  args: readonly string[],
  input: Uint8Array,
  env: NodeJS.ProcessEnv,
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: 'pipe' })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', code =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    )
    child.stdin.end(input)
  })

const orThrow = async (what: string, running: Promise<Ran>): Promise<Buffer> => {
  const { code, stdout, stderr } = await running
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr}`)
  return stdout
}

/** GnuPG with a home of its own. Its socket needs a short path, so the home lies directly below /tmp. */
export class Gnupg {
  readonly home = mkdtempSync('/tmp/sgp-')
  readonly #env = { PATH: process.env.PATH, GNUPGHOME: this.home, LC_ALL: 'C' }

  try(args: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Ran> {
    const always = ['--batch', '--yes', '--no-tty', '--quiet', '--pinentry-mode', 'loopback']
    return run('gpg', [...always, '--trust-model', 'always', '--passphrase', '', ...args], input, this.#env)
  }

  run(args: readonly string[], input?: Uint8Array): Promise<Buffer> {
    return orThrow(`gpg ${args.join(' ')}`, this.try(args, input))
  }

  /** Makes a key from lines of GnuPG's parameter file; answers its fingerprint. */
  async generate(address: string, lines: readonly string[]): Promise<string> {
    const file = ['%no-protection', ...lines, `Name-Real: Gregor Gnu`, `Name-Email: ${address}`, '%commit']
    await this.run(['--generate-key'], Buffer.from(`${file.join('\n')}\n`))
    const listed = (await this.run(['--with-colons', '--list-keys', address])).toString()
    return /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1]?.toLowerCase() ?? ''
  }

  exported(fingerprint: string): Promise<Buffer> {
    return this.run(['--armor', '--export', fingerprint])
  }

  exportedSecret(fingerprint: string): Promise<Buffer> {
    return this.run(['--armor', '--export-secret-keys', fingerprint])
  }

  close(): void {
    spawnSync('gpgconf', ['--kill', 'all'], { env: this.#env })
    rmSync(this.home, { recursive: true, force: true })
  }
}

/** Sequoia, through its stateless command line `sqop`, and `sq` for what that has no words for. */
export class Sequoia {
  readonly folder = mkdtempSync('/tmp/sgq-')
  readonly #env = { PATH: process.env.PATH, HOME: this.folder }
  #files = 0

  file(bytes: Uint8Array | string): string {
    const path = join(this.folder, `${this.#files++}`)
    writeFileSync(path, bytes)
    return path
  }

  try(program: 'sq' | 'sqop', args: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Ran> {
    return run(program, args, input, this.#env)
  }

  run(program: 'sq' | 'sqop', args: readonly string[], input?: Uint8Array): Promise<Buffer> {
    return orThrow(`${program} ${args.join(' ')}`, this.try(program, args, input))
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** rnp (the library of Thunderbird) through its own command line, with a home of its own. */
export class Rnp {
  readonly home = mkdtempSync('/tmp/srn-')

  run(args: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Buffer> {
    const all = ['--homedir', this.home, '--password', '', ...args]
    return orThrow(`rnp ${args.join(' ')}`, run('rnp', all, input, process.env))
  }

  keys(args: readonly string[]): Promise<Buffer> {
    const all = ['--homedir', this.home, '--password', '', ...args]
    return orThrow(`rnpkeys ${args.join(' ')}`, run('rnpkeys', all, new Uint8Array(), process.env))
  }

  close(): void {
    rmSync(this.home, { recursive: true, force: true })
  }
}

/** gosop: the Go implementation of Proton, stateless. It writes line ends as LF, also those of its own messages. */
export const gosop = (args: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Buffer> =>
  orThrow(`gosop ${args.join(' ')}`, run('gosop', args, input, process.env))
