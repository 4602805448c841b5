import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { CertificateFiles } from './certificates'

/** A Web Key Directory on loopback. */
export type KeyDirectory = Readonly<{
  /** SHA-256 of its certificate, as a user pins it. */
  fingerprint256: string
  /** Host and path of every question, in order. */
  asked: readonly string[]
  stop(): Promise<void>
}>

/** Why none can be had on this machine; null when one can. The port of a directory is 443, which is not for everybody. */
export const whyNoKeyDirectory = (): string | null =>
  process.getuid?.() === 0 ? null : 'port 443 is for root only'

/** Answers every question for a key with this one (draft-koch-openpgp-webkey-service §3.1), on 127.0.0.1. */
export async function startKeyDirectory(files: CertificateFiles, key: Uint8Array): Promise<KeyDirectory> {
  const cert = readFileSync(files.certificate)
  const asked: string[] = []
  const server = createServer({ cert, key: readFileSync(files.key) }, (request, response) => {
    asked.push(`${request.headers.host}${request.url}`)
    response.setHeader('Content-Type', 'application/octet-stream').end(key)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(443, '127.0.0.1', resolve)
  })
  return {
    fingerprint256: new X509Certificate(cert).fingerprint256.toLowerCase(),
    asked,
    stop: () => {
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
