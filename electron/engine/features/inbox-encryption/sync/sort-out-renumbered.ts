import { leaseKeyword, type Replacement } from '../../../ports/keys/inbox-encryption'
import type { MailboxStatus, RemoteHeader } from '../../../ports/mail/mail-backend'
import { flagChange, hasFlag } from './flags-to-keep'
import { giveLeaseBack } from './lease'
import { bytesOf, decryptedOf, digestOf, factsOf, type ReplaceContext } from './replace-context'

/** Messages looked at when a message has no Message-ID to ask for. */
const newestLookedAt = 5_000

/**
 * Ends replacements whose mailbox was numbered anew in between, after sync has listed it again: no UID of before means
 * anything, so both sides are looked for by what they are. What was read back and adopted is the message, and what it
 * replaces goes; before that the replaced message is the message, the copy goes and all begins again. Nothing goes
 * unless the other one is there. The mailbox must be open for changes.
 */
export async function sortOutRenumbered(
  context: ReplaceContext,
  status: MailboxStatus,
  rows: readonly Replacement[],
): Promise<void> {
  const { inboxEncryption } = context.store
  for (const row of rows) {
    const { replaced, copy } = await bothSides(context, row)
    if (row.state === 'adopted') {
      if (replaced && copy) {
        const { add } = flagChange(replaced.flags, copy.flags)
        if (add.length > 0) await context.session.storeFlags([copy.uid], { add, remove: [] })
        await removeFor(context, row, replaced)
      }
      inboxEncryption.abandon(row.id)
    } else if (row.state === 'lost') await sortOutLost(context, row, copy)
    else {
      if (replaced && copy) await removeFor(context, row, copy)
      if (replaced) await giveLeaseBack(context, status, [replaced.uid])
      // A slow server may still bring it.
      if (copy === null && row.state === 'begun') inboxEncryption.lose(row.id)
      else inboxEncryption.abandon(row.id)
    }
  }
}

/** The message may have been replaced anew meanwhile: then it is neither side, but the one that the local row stands for. */
async function sortOutLost(
  context: ReplaceContext,
  row: Replacement,
  copy: RemoteHeader | null,
): Promise<void> {
  const { store, session } = context
  if (copy === null || row.messageId === null) return
  const now = store.messages.location(row.messageId)
  if (now?.uid == null || now.mailboxId !== row.mailboxId || now.uid === copy.uid) return
  if (!(await factsOf(session, [now.uid])).has(now.uid)) return
  await removeFor(context, row, copy)
  store.inboxEncryption.abandon(row.id)
}

async function removeFor({ session, store }: ReplaceContext, row: Replacement, { uid }: RemoteHeader) {
  await session.expunge([uid])
  store.messages.removeUids(row.mailboxId, [uid])
}

type Sides = Readonly<{ replaced: RemoteHeader | null; copy: RemoteHeader | null }>

/**
 * The clear one is known by its bytes; the encrypted one by our token, or, when it is what is replaced, by what it
 * decrypts to. Of several the replaced one is the one that carries the lease.
 */
async function bothSides(context: ReplaceContext, row: Replacement): Promise<Sides> {
  const original = row.messageId === null ? null : context.store.inboxEncryption.original(row.messageId)
  if (original === null) return { replaced: null, copy: null }
  const facts = await namesakes(context, original)
  const tokenOf = ({ header }: RemoteHeader) => context.form.tokenOf(header)
  const clear = await withContent(
    context,
    row,
    facts.filter(each => tokenOf(each) === null && each.sizeBytes === original.length),
    async raw => raw,
  )
  const decrypt = (raw: Uint8Array) => decryptedOf(context, raw)
  if (row.direction === 'decrypt') {
    const encrypted = facts.filter(each => tokenOf(each) !== null)
    const forms = await withContent(context, row, encrypted, decrypt)
    return { replaced: leasedFirst(forms), copy: clear.find(each => !isLeased(each)) ?? null }
  }
  const ours = facts.filter(each => tokenOf(each) === row.token)
  // One that is to go may be damaged; one that is to stay may not.
  const forms = row.state === 'adopted' ? await withContent(context, row, ours, decrypt) : ours
  return { replaced: leasedFirst(clear), copy: forms[0] ?? null }
}

const isLeased = ({ flags }: RemoteHeader): boolean => hasFlag(flags, leaseKeyword)
const leasedFirst = (found: readonly RemoteHeader[]): RemoteHeader | null =>
  found.find(isLeased) ?? found[0] ?? null

/** Messages of the open mailbox with the Message-ID of the original, newest first. */
async function namesakes(
  { session, mime }: ReplaceContext,
  original: Uint8Array,
): Promise<readonly RemoteHeader[]> {
  const { messageIdHeader } = mime.parseHeader(original)
  const uids =
    messageIdHeader === ''
      ? (await session.searchUids({})).slice(-newestLookedAt)
      : await session.searchMessageId(messageIdHeader)
  const facts = await factsOf(session, uids)
  return [...facts.values()].sort((left, right) => right.uid - left.uid)
}

/** Those of them that are, or come to, the original byte for byte. */
async function withContent(
  { session }: ReplaceContext,
  row: Replacement,
  facts: readonly RemoteHeader[],
  contentOf: (raw: Uint8Array) => Promise<Uint8Array | null>,
): Promise<readonly RemoteHeader[]> {
  const raws = await bytesOf(
    session,
    facts.map(each => each.uid),
  )
  const found: RemoteHeader[] = []
  for (const each of facts) {
    const raw = raws.get(each.uid)
    const content = raw ? await contentOf(raw) : null
    if (content && digestOf(content) === row.digest) found.push(each)
  }
  return found
}
