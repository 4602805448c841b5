import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Keys that certificates are made with; each is made once. */
export type KeyKind =
  | 'rsa'
  | 'rsa-other'
  | 'rsa-third'
  | 'rsa-1024'
  | 'rsa-pss'
  | 'ec'
  | 'ec-other'
  | 'ec-384'
  | 'ec-224'
  | 'ec-k1'
  | 'ec-brainpool'
  | 'ed25519'
  | 'ed25519-other'

const keyArguments: Readonly<Record<KeyKind, readonly string[]>> = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-other': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-third': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-1024': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  'rsa-pss': ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ec-other': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ec-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'ec-224': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp224r1'],
  'ec-k1': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  'ec-brainpool': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
  ed25519: ['-algorithm', 'ED25519'],
  'ed25519-other': ['-algorithm', 'ED25519'],
}

/** One certificate to be made. Names of `signer` are those of earlier ones; without one it signs itself. */
export type Recipe = Readonly<{
  key: KeyKind
  signer?: string | undefined
  subject?: string
  hash?: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
  /** RSASSA-PSS with a salt as long as the hash, or as long as it can be. */
  pss?: 'digest' | 'max'
  /** Days from now. */
  from?: number
  to?: number
  /** Lines of an openssl extension section. */
  extensions?: readonly string[]
}>

/** Extensions of ordinary certificates. */
export const authority = (...more: string[]) => [
  'basicConstraints=critical,CA:TRUE',
  'keyUsage=critical,keyCertSign,cRLSign',
  ...more,
]
export const server = (names: string, ...more: string[]) => [
  'basicConstraints=CA:FALSE',
  'keyUsage=critical,digitalSignature',
  'extendedKeyUsage=serverAuth',
  ...(names === '' ? [] : [`subjectAltName=${names}`]),
  ...more,
]

const date = (days: number) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/\D/g, '').slice(0, 14)}Z`

/** Certificates of any kind, good and bad, made by the openssl command in a folder of its own. */
export class CertificateZoo {
  readonly #folder = mkdtempSync(join(tmpdir(), 'certificate-zoo-'))
  readonly #keys = new Set<KeyKind>()
  readonly #recipes = new Map<string, Recipe>()

  path(name: string): string {
    return join(this.#folder, name)
  }

  pem(...names: readonly string[]): string {
    return names.map(name => readFileSync(this.path(`${name}.crt`), 'utf8')).join('')
  }

  /** Makes a certificate; "openssl ca", because only that can set any two dates (openssl 3.0). */
  make(name: string, recipe: Recipe): string {
    if (this.#recipes.has(name)) return name
    this.#recipes.set(name, recipe)
    const signer = recipe.signer === undefined ? null : this.#recipes.get(recipe.signer)
    const key = this.#key(recipe.key)
    const config = this.path(`${name}.cnf`)
    writeFileSync(this.path(`${name}.idx`), '')
    writeFileSync(
      config,
      [
        ...['[ca]', 'default_ca=d', '[d]', `database=${this.path(`${name}.idx`)}`],
        ...[`new_certs_dir=${this.#folder}`, 'rand_serial=yes', 'unique_subject=no', 'policy=p'],
        ...['[p]', 'commonName=supplied', '[v]', ...(recipe.extensions ?? []), ''],
      ].join('\n'),
    )
    const subject = `/CN=${recipe.subject ?? name}`
    this.#run('req', '-new', '-key', key, '-subj', subject, '-utf8', '-out', this.path(`${name}.csr`))
    this.#run(
      ...['ca', '-batch', '-notext', '-config', config, '-in', this.path(`${name}.csr`)],
      ...['-out', this.path(`${name}.crt`), '-startdate', date(recipe.from ?? -30)],
      ...['-enddate', date(recipe.to ?? 300), '-md', hashOf(recipe, signer)],
      ...(recipe.extensions?.length ? ['-extensions', 'v'] : []),
      ...(recipe.pss ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', `rsa_pss_saltlen:${recipe.pss}`] : []),
      ...(signer
        ? ['-cert', this.path(`${recipe.signer}.crt`), '-keyfile', this.#key(signer.key)]
        : ['-selfsign', '-keyfile', key]),
    )
    return name
  }

  /** A real TLS server (openssl) that shows a certificate and sends these beside it. Old methods included. */
  async serve(name: string, sent: readonly string[] = [], more: readonly string[] = []) {
    const recipe = this.#recipes.get(name)
    if (!recipe) throw new Error(`no certificate ${name}`)
    const chain = this.path(`${name}.chain`)
    writeFileSync(chain, this.pem(...sent))
    const child = spawn(
      'openssl',
      [
        ...[
          's_server',
          '-accept',
          '127.0.0.1:0',
          '-cert',
          this.path(`${name}.crt`),
          '-key',
          this.#key(recipe.key),
        ],
        ...(sent.length > 0 ? ['-cert_chain', chain] : []),
        ...['-cipher', 'ALL:@SECLEVEL=0', ...more],
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    )
    const said: string[] = []
    child.stderr.on('data', chunk => said.push(String(chunk)))
    const ended = once(child, 'exit')
    const port = await new Promise<number>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', line => {
        said.push(line)
        const [, found] = /^ACCEPT .*:(\d+)$/.exec(line) ?? []
        if (found !== undefined) resolve(Number(found))
      })
      void ended.then(() => reject(new Error(`openssl s_server: ${said.join('\n')}`)))
    })
    return {
      port,
      stop: async () => {
        child.kill('SIGKILL')
        await ended
      },
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #key(kind: KeyKind): string {
    const file = this.path(`key-${kind}.pem`)
    if (!this.#keys.has(kind)) {
      this.#run('genpkey', ...keyArguments[kind], '-out', file)
      this.#keys.add(kind)
    }
    return file
  }

  #run(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] })
  }
}

/** Edwards keys bring their own hash. */
function hashOf(recipe: Recipe, signer: Recipe | null | undefined): string {
  return (signer?.key ?? recipe.key).startsWith('ed') ? 'default' : (recipe.hash ?? 'sha256')
}
