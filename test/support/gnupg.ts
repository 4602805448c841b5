import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type When = Readonly<{ at?: string }>

/** The real GnuPG with a home of its own: what other people sign and encrypt with. `at`: ISO time that it believes in. */
export class Gnupg {
  readonly home = mkdtempSync(join(tmpdir(), 'sgg-'))

  run(args: readonly string[], input: Uint8Array | string = '', when: When = {}): Buffer {
    return this.told(args, input, when).stdout
  }

  /** As `run`, with what gpg said beside its output (`--status-fd 2`). */
  told(
    args: readonly string[],
    input: Uint8Array | string = '',
    { at }: When = {},
  ): { stdout: Buffer; stderr: string } {
    const time = at === undefined ? [] : ['--faked-system-time', `${at.replaceAll(/[-:]/g, '')}!`]
    const result = spawnSync(
      'gpg',
      ['--homedir', this.home, '--batch', '--yes', '--pinentry-mode', 'loopback', '--passphrase', '']
        .concat(['--trust-model', 'always', '--no-auto-check-trustdb', '--quiet'])
        .concat(time, args),
      { input, maxBuffer: 1e9 },
    )
    const stderr = result.stderr.toString()
    if (result.status !== 0) throw new Error(`gpg ${args.join(' ')}: ${stderr}`)
    return { stdout: result.stdout, stderr }
  }

  /** A new key; `expires` as GnuPG writes it (`2y`, `seconds=600`, `0`). */
  generate(userId: string, options: When & { algorithm?: string; expires?: string } = {}): void {
    this.run(
      [
        '--quick-generate-key',
        userId,
        options.algorithm ?? 'future-default',
        'default',
        options.expires ?? '0',
      ],
      '',
      options,
    )
  }

  /** A key of RSA with a subkey to encrypt to is not needed here: these only sign. */
  generateSigning(userId: string, algorithm: string, options: When & { expires?: string } = {}): void {
    this.run(['--quick-generate-key', userId, algorithm, 'sign,cert', options.expires ?? '0'], '', options)
  }

  publicKey(of: string): Buffer {
    return this.run(['--export', of])
  }

  import(key: Uint8Array | string): void {
    this.run(['--import'], key)
  }

  /** The secret key of an address in an Autocrypt Setup Message (Level 1 §4.4), under the code that another program shows. */
  setupMessage(of: string, code: string): string {
    const secret = this.run(['--armor', '--export-secret-keys', of])
    const sealed = this.run(
      ['--armor', '--passphrase', code, '--s2k-cipher-algo', 'AES256', '--symmetric'],
      secret,
    )
    return sealed
      .toString('latin1')
      .replace('\n\n', `\nPassphrase-Format: numeric9x4\nPassphrase-Begin: ${code.slice(0, 2)}\n\n`)
  }

  detached(data: Uint8Array | string, signer: string, args: readonly string[] = [], when: When = {}): string {
    return this.run(['--armor', '--local-user', signer, ...args, '--detach-sign'], data, when).toString(
      'latin1',
    )
  }

  clearSigned(text: string, signer: string): string {
    return this.run(['--local-user', signer, '--clear-sign'], text).toString('utf8')
  }

  encrypted(
    data: Uint8Array | string,
    recipients: readonly string[],
    options: { signer?: string; args?: readonly string[] } = {},
  ): string {
    const { signer, args = [] } = options
    return this.run(
      [
        '--armor',
        ...recipients.flatMap(each => ['--recipient', each]),
        ...(signer === undefined ? [] : ['--local-user', signer, '--sign']),
        ...args,
        '--encrypt',
      ],
      data,
    ).toString('latin1')
  }

  close(): void {
    spawnSync('gpgconf', ['--homedir', this.home, '--kill', 'all'])
    rmSync(this.home, { recursive: true, force: true })
  }
}
