import { noSecurity } from '../../../../../../shared/features/mail/message-security'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { limits } from '../../../../ports/limits'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { ProtectedHeader } from '../../../../ports/mail/reading'
import type { Needs } from '../../../../ports/parts'
import { judgeSignatures } from './security/judge-signature'
import { summariseSecurity } from './security/message-security'
import { type Unwrapped, unwrapMessage } from './unwrap-message'

const nothing = new Uint8Array()
/** Parts that only an encrypted message has, as its attachments are listed before it is here as a whole. */
const sealedTypes: ReadonlySet<string> = new Set(['application/pgp-encrypted', 'multipart/encrypted'])

/** Opens a message, decrypting it when a key is there. Throws `cancelled`; every other failure is in `security`. */
export async function openMessage(
  context: Needs<'clock' | 'emit' | 'mime' | 'opened' | 'protection' | 'vault', 'messages' | 'openpgp'>,
  id: MessageId,
): Promise<OpenedMessage> {
  const { store } = context
  const raw = store.messages.raw(id)
  if (raw !== null) return context.opened.get(id, raw, signal => openBytes(context, raw, signal))
  const parsed = store.messages.storedText(id)
  // The text parts of an encrypted message say nothing: it is fetched whole.
  const isHidden = parsed?.attachments.some(({ contentType }) => sealedTypes.has(contentType)) ?? false
  return {
    raw: null,
    wrapping: null,
    effectiveRaw: nothing,
    sealedHead: null,
    parsed: isHidden ? null : parsed,
    quotable: isHidden ? '' : (parsed?.text ?? ''),
    security: noSecurity,
    outside: null,
  }
}

/** Opens a message of which the bytes are here, wherever they were. Throws `cancelled` only. */
export async function openBytes(
  context: Needs<'clock' | 'emit' | 'mime' | 'protection' | 'vault', 'openpgp'>,
  raw: Uint8Array,
  signal: AbortSignal,
): Promise<OpenedMessage> {
  return context.protection.isInboxForm(raw)
    ? openInboxForm(context, raw, signal)
    : openProtected(context, raw, signal)
}

/**
 * What was encrypted on arrival is read as if it had just arrived: its header is the whole of its header, its own
 * signatures count, and this encryption says nothing of who wrote it. Whoever fakes the form has written a plain mail.
 */
async function openInboxForm(
  context: Needs<'clock' | 'emit' | 'mime' | 'protection' | 'vault', 'openpgp'>,
  raw: Uint8Array,
  signal: AbortSignal,
): Promise<OpenedMessage> {
  const outer = context.mime.parseMessage(raw)
  const unwrapped = await unwrapMessage(context, raw, addressesOf(outer), signal, 1)
  if (unwrapped.encryption !== 'encrypted' || unwrapped.payload === null)
    return openProtected(context, raw, signal)
  const inside = await openProtected(context, unwrapped.payload, signal)
  const { encryption } = inside.security
  return {
    ...inside,
    raw,
    security: {
      ...inside.security,
      encryption: encryption === 'none' ? 'encrypted' : encryption,
      inboxEncrypted: true,
    },
  }
}

async function openProtected(
  context: Needs<'clock' | 'emit' | 'mime' | 'protection' | 'vault', 'openpgp'>,
  raw: Uint8Array,
  signal: AbortSignal,
): Promise<OpenedMessage> {
  const { protection, mime } = context
  const outer = mime.parseMessage(raw)
  const outerFrom = addressesOf(outer)
  const isLong = raw.length > limits.longDecryptBytes
  const progress = (done: number) =>
    isLong && context.emit('progress', { job: 'decrypt', done, total: raw.length })
  progress(0)
  const unwrapped = await unwrapMessage(context, raw, outerFrom, signal)
  progress(raw.length)
  if (unwrapped.payload === null) return closed(context, raw, outer, unwrapped)
  if (unwrapped.payload === raw) return plain(context, raw, outer, unwrapped)

  const header = protection.protectedHeader(unwrapped.payload)
  const { takesHeader, from, takesFrom, conflict } = chooseHeader(context, unwrapped, header, outerFrom)
  const judged = judgeSignatures(context.store.openpgp, unwrapped.signatures, from)
  const judgement =
    conflict && judged.state === 'good' ? { state: 'other-address' as const, signer: judged.signer } : judged
  const used = takesHeader ? header : null
  const effectiveRaw = protection.effective(raw, unwrapped.payload, used, takesFrom)
  const parsed = protection.parse(effectiveRaw, used)
  const hasCompany = unwrapped.encryption === 'encrypted' && unwrapped.outside !== null
  const security = await summariseSecurity(context, {
    unwrapped,
    judgement,
    effectiveRaw,
    header: used,
    differs: header === null ? [] : protection.differences(raw, header),
    from,
    dateMs: parsed.header.dateMs,
  })
  return {
    raw,
    wrapping: raw,
    effectiveRaw,
    sealedHead: unwrapped.encryption === 'encrypted' && !hasCompany ? headOf(unwrapped.payload) : null,
    parsed,
    // What looks like the footer of a mailing list may be a stranger's words behind a captured ciphertext, which must not
    // fetch its content by way of an answer.
    quotable: hasCompany ? '' : parsed.text,
    security,
    outside: unwrapped.outside,
  }
}

/** A copy, so that a small header does not keep a large message in memory. */
function headOf(payload: Uint8Array): Uint8Array {
  const end = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).indexOf('\r\n\r\n')
  return payload.slice(0, Math.min(end === -1 ? payload.length : end + 4, limits.headerBytes))
}

const addressesOf = ({ header }: ParsedMessage): string[] =>
  header.from.map(each => each.address.toLowerCase())

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each, at) => each === other[at])

/**
 * RFC 9788 §4.4. What only a signature protects counts only when that is right. A From inside that is another than the
 * outer one is shown only when its own key signed; otherwise the outer one is, and no signature counts.
 */
function chooseHeader(
  { store }: Needs<never, 'openpgp'>,
  unwrapped: Unwrapped,
  header: ProtectedHeader | null,
  outerFrom: readonly string[],
): { takesHeader: boolean; from: readonly string[]; takesFrom: boolean; conflict: boolean } {
  const isSigned = unwrapped.signatures.some(each => each.state === 'good')
  const takesHeader = header !== null && (unwrapped.encryption === 'encrypted' || isSigned)
  const inner = header?.from ?? []
  if (!takesHeader || inner.length === 0 || sameList(inner, outerFrom))
    return {
      takesHeader,
      from: outerFrom,
      // The display name inside is the protected one.
      takesFrom: takesHeader && inner.length > 0,
      conflict: header !== null && inner.length > 0 && !sameList(inner, outerFrom),
    }
  const isBound = judgeSignatures(store.openpgp, unwrapped.signatures, inner).state === 'good'
  return { takesHeader, from: isBound ? inner : outerFrom, takesFrom: isBound, conflict: !isBound }
}

/** Could not be opened: the header as it came, and nothing else. */
function closed(
  context: Needs<'clock' | 'protection' | 'vault', 'openpgp'>,
  raw: Uint8Array,
  outer: ParsedMessage,
  unwrapped: Unwrapped,
): Promise<OpenedMessage> {
  const parsed = { ...outer, text: '', html: null, attachments: [], snippet: '', broken: false }
  const none = { state: 'none', signer: null } as const
  return summariseSecurity(context, {
    unwrapped,
    judgement: none,
    effectiveRaw: null,
    header: null,
    differs: [],
    from: addressesOf(outer),
    dateMs: outer.header.dateMs,
  }).then(security => ({
    raw,
    wrapping: raw,
    effectiveRaw: nothing,
    sealedHead: null,
    parsed,
    quotable: '',
    security,
    outside: unwrapped.outside,
  }))
}

/** Nothing is wrapped, or an armored stretch stands in the text. */
async function plain(
  context: Needs<'clock' | 'protection' | 'vault', 'openpgp'>,
  raw: Uint8Array,
  outer: ParsedMessage,
  unwrapped: Unwrapped,
): Promise<OpenedMessage> {
  const from = addressesOf(outer)
  const { inline, encryption } = unwrapped
  const judgement = judgeSignatures(context.store.openpgp, unwrapped.signatures, from)
  const summary = await summariseSecurity(context, {
    unwrapped,
    judgement,
    effectiveRaw: raw,
    header: null,
    differs: [],
    from,
    dateMs: outer.header.dateMs,
  })
  if (inline === null) {
    return {
      raw,
      wrapping: raw,
      effectiveRaw: raw,
      sealedHead: null,
      parsed: outer,
      quotable: outer.text,
      security: summary,
      outside: null,
    }
  }
  const text = `${inline.before}${inline.inside}${inline.after}`.slice(0, limits.textCharacters)
  const start = Math.min(inline.before.length, text.length)
  const end = Math.min(start + inline.inside.length, text.length)
  const hasCompany = `${inline.before}${inline.after}`.trim() !== ''
  return {
    raw,
    wrapping: raw,
    effectiveRaw: raw,
    sealedHead: null,
    parsed: { ...outer, text, html: null, snippet: snippetOf(inline.inside) },
    // A stranger's words around a captured ciphertext must not fetch its content by way of an answer.
    quotable:
      encryption === 'inline-encrypted' && hasCompany
        ? `${inline.before.trimEnd()}\n\n${inline.after.trimStart()}`.trim()
        : text,
    security: { ...summary, inlineExtent: { start, end } },
    outside: null,
  }
}

const snippetOf = (text: string): string =>
  text.slice(0, 2000).replace(/\s+/g, ' ').trim().slice(0, limits.snippetCharacters)
