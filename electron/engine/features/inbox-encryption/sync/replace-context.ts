import { createHash } from 'node:crypto'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import { fetchPiecewise } from '../../../kit/fetching/fetch-piecewise'
import type { Withheld } from '../../../kit/fetching/withheld'
import type { Clock, Log, Random } from '../../../ports/basics'
import type { InboxForm } from '../../../ports/keys/inbox-encryption'
import type { Vault } from '../../../ports/keys/openpgp'
import type { MailSession, RemoteHeader } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { MailboxRow, Store } from '../../../ports/store'

/** What every step of a replacement works with. */
export type ReplaceContext = Readonly<{
  accountId: AccountId
  store: Store
  vault: Vault
  form: InboxForm
  mime: MimePort
  clock: Clock
  random: Random
  log: Log
  session: MailSession
  /** What the server does not give of the messages that are to be replaced. */
  withheld: Withheld
}>

/** Why everything stands still; a code that the faces have words for. */
export type Problem = Readonly<{ code: string; detail: string }>

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0

/** Header, flags, date and size of messages in the open mailbox, by UID. */
export async function factsOf(
  session: MailSession,
  uids: readonly number[],
): Promise<ReadonlyMap<number, RemoteHeader>> {
  const found = new Map<number, RemoteHeader>()
  if (uids.length === 0) return found
  for await (const each of session.fetchHeaders(uids)) found.set(each.uid, each)
  return found
}

/** Bytes of messages in the open mailbox, by UID. */
export async function bytesOf(
  session: MailSession,
  uids: readonly number[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>()
  if (uids.length === 0) return found
  const options = { maxBytes: Number.MAX_SAFE_INTEGER }
  for await (const { uid, raw } of session.fetchRaw(uids, options)) found.set(uid, raw)
  return found
}

/**
 * As `factsOf` and `bytesOf`, of messages that are still to be chosen: one that the server does not give costs only itself.
 * Not where absence means that a message is gone.
 */
export async function factsGiven(
  { session, withheld }: ReplaceContext,
  row: MailboxRow,
  uids: readonly number[],
): Promise<ReadonlyMap<number, RemoteHeader>> {
  const found = new Map<number, RemoteHeader>()
  const ask = (some: readonly number[]) => session.fetchHeaders(some)
  for await (const each of fetchPiecewise({ session, withheld, row, part: 'header', uids, ask }))
    found.set(each.uid, each)
  return found
}

export async function bytesGiven(
  { session, withheld }: ReplaceContext,
  row: MailboxRow,
  uids: readonly number[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>()
  const ask = (some: readonly number[]) => session.fetchRaw(some, { maxBytes: Number.MAX_SAFE_INTEGER })
  for await (const { uid, raw } of fetchPiecewise({ session, withheld, row, part: 'body', uids, ask }))
    found.set(uid, raw)
  return found
}

/** What a PGP/MIME message decrypts to; null when it is none, or no key of ours opens it whole. */
export async function decryptedOf(
  { form, vault, clock, log }: ReplaceContext,
  raw: Uint8Array,
): Promise<Uint8Array | null> {
  const payload = form.payloadOf(raw)
  if (!payload) return null
  try {
    return (await vault.decrypt(payload, { verifyWith: [], nowMs: clock.now() })).bytes
  } catch (error) {
    rethrowUnlessAboutMessage(error)
    log.warn('an encrypted message could not be opened')
    return null
  }
}

/** What says something of the message itself; a locked vault or key says nothing of it. */
const aboutMessage: ReadonlySet<string> = new Set([
  'no-key',
  'decrypt-failed',
  'no-integrity',
  'message-changed',
  'cipher-unsupported',
  'passphrase-only',
  'passphrase-too-costly',
  'message-malformed',
  'too-large',
])

function rethrowUnlessAboutMessage(error: unknown): void {
  if (!(error instanceof SiegelError) || !aboutMessage.has(error.code)) throw error
}
