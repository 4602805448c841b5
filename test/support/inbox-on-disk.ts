import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inboxForm } from '../../electron/engine/features/inbox-encryption/form/inbox-form'
import type { Vault } from '../../electron/engine/ports/keys/openpgp'

/** A message as it lies in a Maildir. `original`: SHA-256 of the message, decrypted when it is encrypted; lines end in CRLF. */
export interface MessageOnDisk {
  readonly encrypted: boolean
  readonly original: string
  readonly receivedAtSeconds: number
  /** Letters of the system flags; keywords, which Dovecot names in a file of its own, are left out. */
  readonly flags: string
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Dovecot keeps mail with bare LF and gives it with CRLF. */
const asServed = (raw: Uint8Array): Buffer =>
  Buffer.from(Buffer.from(raw).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')

const filesIn = (folder: string): readonly string[] =>
  ['cur', 'new']
    .map(part => join(folder, part))
    .filter(existsSync)
    .flatMap(part => readdirSync(part).map(name => join(part, name)))

/** The messages of a Maildir folder as they lie there. */
export const mailOnDisk = (folder: string): readonly Buffer[] =>
  filesIn(folder).map(path => asServed(readFileSync(path)))

/** Everything in a Maildir folder, read without any server: what somebody who has the disk has. */
export async function inboxOnDisk(
  folder: string,
  vault: Pick<Vault, 'decrypt'>,
): Promise<readonly MessageOnDisk[]> {
  const found: MessageOnDisk[] = []
  for (const path of filesIn(folder)) {
    const raw = asServed(readFileSync(path))
    const encrypted = inboxForm.protectionOf(raw) !== null
    const payload = encrypted ? inboxForm.payloadOf(raw) : null
    const original = payload
      ? (await vault.decrypt(payload, { verifyWith: [], nowMs: Date.now() })).bytes
      : raw
    found.push({
      encrypted,
      original: sha256(original),
      receivedAtSeconds: Math.floor(statSync(path).mtimeMs / 1000),
      flags: (path.split(':2,')[1] ?? '').replace(/[a-zT]/g, ''),
    })
  }
  return found
}

/** As comparable text, one a message. */
export const asLines = (messages: readonly MessageOnDisk[]): string[] =>
  messages.map(each => `${each.original} ${each.receivedAtSeconds} ${each.flags}`).sort()
