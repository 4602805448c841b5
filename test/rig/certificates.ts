import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** One good certificate and the three a mail client must refuse. */
export type CertificateKind = 'server' | 'expired' | 'wronghost' | 'selfsigned'

/** Paths of PEM files. */
export interface CertificateFiles {
  readonly certificate: string
  readonly key: string
}

/** A throw-away certificate authority in a folder. */
export interface TestAuthority {
  /** PEM file of the authority, for `ca` options and --ca. */
  readonly caFile: string
  /** The certificate of that kind; made on first use. */
  certificate(kind: CertificateKind): Promise<CertificateFiles>
}

const run = promisify(execFile)
const goodNames = 'DNS:localhost,IP:127.0.0.1,DNS:rig.test,DNS:*.rig.test'

/** Makes a certificate authority below `folder` with the openssl command; about 30 ms, and 30 ms per certificate. */
export async function createTestAuthority(folder: string, name = 'Rig Test CA'): Promise<TestAuthority> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const path = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  // Throw-away keys: the unprivileged servers must be able to read them.
  const key = async (name: string) => {
    await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
    await chmod(path(`${name}.key`), 0o644)
  }

  await key('ca')
  await openssl(
    ...['req', '-x509', '-new', '-key', 'ca.key', '-sha256', '-days', '3650', '-subj', `/CN=${name}`],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ...['-out', 'ca.crt'],
  )

  const make = async (kind: CertificateKind): Promise<CertificateFiles> => {
    await key(kind)
    const files = { certificate: path(`${kind}.crt`), key: path(`${kind}.key`) }
    if (kind === 'selfsigned') {
      await openssl(
        ...['req', '-x509', '-new', '-key', 'selfsigned.key', '-sha256', '-days', '800'],
        ...['-subj', '/CN=selfsigned', '-addext', `subjectAltName=${goodNames}`, '-out', 'selfsigned.crt'],
      )
      return files
    }
    const names = kind === 'wronghost' ? 'DNS:other.invalid' : goodNames
    // "openssl ca" and not "x509 -req": only the former can set a past end date (openssl 3.0).
    const dates =
      kind === 'expired'
        ? ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z']
        : ['-startdate', opensslDate(-1), '-enddate', opensslDate(800)]
    const work = path(`${kind}.work`)
    await mkdir(work)
    await writeFile(join(work, 'index.txt'), '')
    await writeFile(
      join(work, 'ca.cnf'),
      [
        ...[
          '[ca]',
          'default_ca=d',
          '[d]',
          `database=${work}/index.txt`,
          `new_certs_dir=${work}`,
          'rand_serial=yes',
        ],
        ...['policy=p', '[p]', 'commonName=supplied'],
        ...['[v]', `subjectAltName=${names}`, 'basicConstraints=CA:FALSE', 'extendedKeyUsage=serverAuth'],
        '',
      ].join('\n'),
    )
    await openssl('req', '-new', '-key', `${kind}.key`, '-subj', `/CN=${kind}`, '-out', `${kind}.csr`)
    await openssl(
      ...['ca', '-batch', '-notext', '-md', 'sha256', '-cert', 'ca.crt', '-keyfile', 'ca.key'],
      ...[
        '-in',
        `${kind}.csr`,
        '-out',
        `${kind}.crt`,
        ...dates,
        '-extensions',
        'v',
        '-config',
        join(work, 'ca.cnf'),
      ],
    )
    await rm(work, { recursive: true })
    return files
  }

  const made = new Map<CertificateKind, Promise<CertificateFiles>>()
  return {
    caFile: path('ca.crt'),
    certificate(kind) {
      const known = made.get(kind) ?? make(kind)
      made.set(kind, known)
      return known
    },
  }
}

/** Reads both PEM files, for in-process servers. */
export async function readCertificate(files: CertificateFiles): Promise<{ cert: string; key: string }> {
  const [cert, key] = await Promise.all([readFile(files.certificate, 'utf8'), readFile(files.key, 'utf8')])
  return { cert, key }
}

function opensslDate(daysFromNow: number): string {
  return `${new Date(Date.now() + daysFromNow * 86_400_000).toISOString().replace(/\D/g, '').slice(0, 14)}Z`
}
