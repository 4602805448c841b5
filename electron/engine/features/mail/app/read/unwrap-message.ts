import type { MessageSecurity } from '../../../../../../shared/features/mail/message-security'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Decrypted, SignatureFacts } from '../../../../ports/keys/openpgp'
import { limits } from '../../../../ports/limits'
import type { InlineStretch, OutsideContent, ProtectionLayer } from '../../../../ports/mail/reading'
import type { EngineParts, Needs } from '../../../../ports/parts'
import { withSigningKeys } from './security/signing-keys'

/** What opening a layer takes. */
type Opening = Needs<'clock' | 'protection' | 'vault', 'openpgp'>
type Warning = MessageSecurity['warnings'][number]

/** A message without its layers of protection. */
export type Unwrapped = {
  encryption: MessageSecurity['encryption']
  failure: string | null
  /** What the method is called that nothing here opens, where it has a name. */
  method: string
  passphrase: MessageSecurity['passphrase']
  neededKeys: string[]
  /** What was inside the layers; null when it could not be opened, and then nothing is shown. */
  payload: Uint8Array | null
  /** Text with an armored stretch that was opened; the payload is then the message as it came. */
  inline: Readonly<{ before: string; inside: string; after: string }> | null
  /** Signatures over everything that is shown. */
  signatures: readonly SignatureFacts[]
  /** A signature that covers less, or that was made over what is encrypted and not over what it says. */
  partial: readonly SignatureFacts[] | null
  signedSmime: boolean
  recipientKeyIds: readonly string[]
  outside: OutsideContent | null
  warnings: Warning[]
}

const oldCiphers = /3des|tripledes|idea|cast5|blowfish/i

/** Opens layer by layer, outermost first; each one is opened only when it is the whole of what holds it. */
export async function unwrapMessage(
  context: Opening,
  raw: Uint8Array,
  from: readonly string[],
  signal: AbortSignal,
  maxLayers: number = limits.protectionLayers,
): Promise<Unwrapped> {
  const { protection } = context
  const found: Unwrapped = {
    encryption: 'none',
    failure: null,
    method: '',
    passphrase: 'none',
    neededKeys: [],
    payload: raw,
    inline: null,
    signatures: [],
    partial: null,
    signedSmime: false,
    recipientKeyIds: [],
    outside: null,
    warnings: [],
  }
  let layer = protection.outermost(raw)
  for (let depth = 0; depth < maxLayers; depth++) {
    if (depth > 0 && !isWhole(layer)) {
      found.partial ??= layer.kind === 'signed' ? [] : null
      if (layer.kind === 'encrypted') found.warnings.push({ code: 'encrypted-part-apart', detail: '' })
      return found
    }
    const inside = await openLayer(context, found, layer, from, signal)
    if (inside === null) return found
    found.payload = inside
    layer = protection.outermost(inside)
  }
  return found
}

/** Inside a layer nothing is repaired, guessed, or taken out of what stands beside it. */
const isWhole = (layer: ProtectionLayer): boolean =>
  (layer.kind === 'encrypted' && layer.form === 'mime' && layer.outside === null) ||
  (layer.kind === 'signed' && layer.outside === null) ||
  layer.kind === 'none' ||
  layer.kind === 'smime-encrypted' ||
  layer.kind === 'smime-signed'

/** The payload of one layer, or null when there is no further one. */
async function openLayer(
  context: Opening,
  found: Unwrapped,
  layer: ProtectionLayer,
  from: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  switch (layer.kind) {
    case 'none':
      if (layer.signedInside) found.partial ??= []
      if (layer.sealedInside) found.warnings.push({ code: 'encrypted-part-apart', detail: '' })
      return null
    case 'smime-encrypted':
      if (found.encryption === 'none') found.encryption = 'unchecked-smime'
      return null
    case 'smime-signed':
      found.signedSmime = true
      return null
    case 'signed':
      return openSigned(context, found, layer, from)
    case 'encrypted':
      return openEncrypted(context, found, layer, from, signal)
    case 'inline-signed':
      await openInlineSigned(context, found, layer.stretch, from)
      return null
    case 'inline-encrypted':
      await openInlineEncrypted(context, found, layer.stretch, from, signal)
      return null
  }
}

async function openSigned(
  context: Opening,
  found: Unwrapped,
  layer: ProtectionLayer & { kind: 'signed' },
  from: readonly string[],
): Promise<Uint8Array> {
  const { protection, vault, clock } = context
  const verify = (bytes: Uint8Array) =>
    withSigningKeys(
      context,
      from,
      verifyWith => vault.verify(bytes, layer.signature, { verifyWith, nowMs: clock.now() }),
      facts => facts,
    ).catch(unreadable)
  let facts = await verify(layer.signed)
  const canonical = facts.some(each => each.state === 'bad') ? protection.withCrlf(layer.signed) : null
  if (canonical !== null) facts = await verify(canonical)
  if (layer.outside === null) found.signatures = [...found.signatures, ...facts]
  else {
    found.partial = facts
    noteOutside(found, layer.outside, layer.isFooter)
  }
  return layer.signed
}

/** A signature that is none is bad: something claims that this message is signed. */
const unreadable = (error: unknown): SignatureFacts[] => {
  if (!(error instanceof SiegelError)) throw error
  return [
    {
      state: 'bad',
      keyId: '0'.repeat(16),
      fingerprint: null,
      createdAtMs: null,
      hash: '',
      kind: '',
      problems: [],
    },
  ]
}

function noteOutside(found: Unwrapped, outside: OutsideContent | null, isFooter: boolean): void {
  if (outside === null) return
  found.outside = outside
  found.warnings.push({ code: isFooter ? 'mailing-list-footer' : 'content-outside-protection', detail: '' })
}

async function openEncrypted(
  context: Opening,
  found: Unwrapped,
  layer: ProtectionLayer & { kind: 'encrypted' },
  from: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const decrypted = await decrypt(context, layer.data, from, signal).catch((error: unknown) => {
    fail(found, error)
    // A file that does not open is still a file that came with the message.
    if (layer.form !== 'attachment') found.payload = null
    noteOutside(found, layer.outside, true)
    return null
  })
  if (decrypted === null) return null
  const isMessage = context.protection.isEntity(decrypted.bytes)
  if (layer.form === 'attachment' && !isMessage) return null
  noteDecrypted(found, decrypted)
  found.encryption = 'encrypted'
  // What was signed outside is the ciphertext: whoever signed it need not have known what it says.
  found.partial = found.signatures.length > 0 ? found.signatures : found.partial
  found.signatures = decrypted.signatures
  if (layer.form !== 'mime') found.warnings.push({ code: 'repaired-structure', detail: '' })
  noteOutside(found, layer.outside, true)
  return isMessage ? decrypted.bytes : asText(decrypted.bytes)
}

/** Some programs encrypt bare text where RFC 3156 §4 wants a MIME entity. */
const asText = (bytes: Uint8Array): Uint8Array => {
  const hasEmptyHeader = bytes[0] === 0x0a || (bytes[0] === 0x0d && bytes[1] === 0x0a)
  return hasEmptyHeader ? bytes : Buffer.concat([Buffer.from('Content-Type: text/plain\r\n\r\n'), bytes])
}

const decrypt = (
  context: Needs<'clock' | 'vault', 'openpgp'>,
  data: Uint8Array,
  from: readonly string[],
  signal: AbortSignal,
): Promise<Decrypted> =>
  withSigningKeys(
    context,
    from,
    verifyWith => context.vault.decrypt(data, { verifyWith, nowMs: context.clock.now() }, signal),
    result => result.signatures,
  )

function noteDecrypted(found: Unwrapped, decrypted: Decrypted): void {
  found.recipientKeyIds = decrypted.recipientKeyIds
  if (decrypted.openedBy === null) found.passphrase = 'opened'
  if (oldCiphers.test(decrypted.cipher))
    found.warnings.push({ code: 'weak-cipher', detail: decrypted.cipher })
}

function fail(found: Unwrapped, error: unknown): void {
  if (!(error instanceof SiegelError) || error.code === 'cancelled') throw error
  const isLocked = error.code === 'key-locked' || error.code === 'locked'
  found.encryption = isLocked ? 'locked' : 'failed'
  found.failure = error.code
  found.method = String(error.params['algorithm'] ?? '').slice(0, 60)
  if (error.code === 'passphrase-only' || error.params['passphrase'] !== undefined) found.passphrase = 'opens'
  const named = `${error.params['keyIds'] ?? ''} ${error.params['fingerprint'] ?? ''}`.toLowerCase()
  found.neededKeys = [...named.matchAll(/[0-9a-f]{16,64}/g)].map(([id]) => keyIdOf(id)).slice(0, 50)
}

/** Key ID of a fingerprint: its end up to version 4, its beginning in version 6 (RFC 9580 §5.5.4). */
const keyIdOf = (id: string): string => (id.length === 64 ? id.slice(0, 16) : id.slice(-16))

async function openInlineSigned(
  context: Opening,
  found: Unwrapped,
  stretch: InlineStretch,
  from: readonly string[],
): Promise<void> {
  const { vault, clock, protection } = context
  const result = await withSigningKeys(
    context,
    from,
    verifyWith => vault.verifyCleartext(stretch.armored, { verifyWith, nowMs: clock.now() }),
    ({ signatures }) => signatures,
  ).catch((error: unknown) => ({ text: null, signatures: unreadable(error) }))
  found.warnings.push({ code: 'old-format', detail: '' })
  noteInline(found, stretch, result.signatures)
  // Whoever reads must see the text that was checked, not the armor; what cannot be read stays as it came.
  if (result.text !== null) found.inline = textOf(protection, stretch, result.text)
}

async function openInlineEncrypted(
  context: Opening,
  found: Unwrapped,
  stretch: InlineStretch,
  from: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  found.warnings.push({ code: 'old-format', detail: '' })
  const decrypted = await decrypt(context, stretch.armored, from, signal).catch((error: unknown) => {
    fail(found, error)
    return null
  })
  if (decrypted === null) return
  found.encryption = 'inline-encrypted'
  noteDecrypted(found, decrypted)
  noteInline(found, stretch, decrypted.signatures)
  found.inline = textOf(context.protection, stretch, decrypted.bytes)
}

function noteInline(found: Unwrapped, stretch: InlineStretch, signatures: readonly SignatureFacts[]): void {
  if (!stretch.hasCompany) {
    found.signatures = signatures
    return
  }
  if (signatures.length > 0) found.partial = signatures
  found.warnings.push({ code: 'content-outside-protection', detail: '' })
}

const textOf = (protection: EngineParts['protection'], stretch: InlineStretch, inside: Uint8Array) => ({
  before: protection.decodeText(stretch.before, stretch.charset),
  inside: protection.decodeText(inside, stretch.charset),
  after: protection.decodeText(stretch.after, stretch.charset),
})
