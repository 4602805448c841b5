import type { MessageSecurity } from '../../../../../../../shared/features/mail/message-security'
import type { ProtectedHeader } from '../../../../../ports/mail/reading'
import type { Needs } from '../../../../../ports/parts'
import type { Unwrapped } from '../unwrap-message'
import { type Judgement, judgeSignatures } from './judge-signature'
import { withSigningKeys } from './signing-keys'
import { isSignedAtOtherTime } from './signing-time'

const wildcard = /^0+$/

/** The one summary of a message (RFC 9787 §3) out of everything that was found. */
export async function summariseSecurity(
  context: Needs<'clock' | 'protection' | 'vault', 'openpgp'>,
  found: Readonly<{
    unwrapped: Unwrapped
    judgement: Judgement
    /** Null: nothing could be opened. */
    effectiveRaw: Uint8Array | null
    header: ProtectedHeader | null
    differs: readonly string[]
    from: readonly string[]
    /** Of the Date that is shown. */
    dateMs: number | null
  }>,
): Promise<MessageSecurity> {
  const { unwrapped, header, effectiveRaw } = found
  const { encryption } = unwrapped
  const isClosed = effectiveRaw === null || encryption === 'failed' || encryption === 'locked'
  const judgement = isClosed ? { state: 'none' as const, signer: null } : judged(context, found)
  const signedAttachments = isClosed ? [] : await judgeAttachments(context, effectiveRaw, found.from)
  const isProtected = encryption === 'encrypted' || judgement.state === 'good'
  const hasSubject = header?.fields.some(([name]) => name === 'subject') ?? false
  return {
    encryption,
    failure: unwrapped.failure,
    method: unwrapped.method,
    passphrase: unwrapped.passphrase,
    neededKeys: unwrapped.neededKeys,
    signature: judgement.state,
    signer: judgement.signer,
    headerProtection: header === null ? 'none' : encryption === 'encrypted' ? 'encrypted' : 'signed',
    protectedDiffers: [...found.differs].slice(0, 20),
    recipients: recipientsOf(context, unwrapped),
    hiddenRecipientCount: unwrapped.recipientKeyIds.filter(id => wildcard.test(id)).length,
    inboxEncrypted: false,
    inlineExtent: null,
    signedAttachments,
    warnings: [
      ...unwrapped.warnings,
      ...(signedAttachments.length > 0 ? [{ code: 'signed-attachment-only' as const, detail: '' }] : []),
      ...otherTime(judgement, found.dateMs),
      ...unknownKind(judgement, unwrapped),
      ...(isProtected && !hasSubject ? [{ code: 'subject-not-protected' as const, detail: '' }] : []),
    ].slice(0, 20),
  }
}

/** A good signature from another time may be one of an old message that somebody sends again. */
function otherTime({ state, signer }: Judgement, dateMs: number | null): MessageSecurity['warnings'] {
  const at = signer?.signedAtMs ?? null
  if (state !== 'good' || at === null || !isSignedAtOtherTime(at, dateMs)) return []
  return [{ code: 'signed-at-other-time', detail: new Date(at).toISOString().slice(0, 19) }]
}

/** What a signature is that cannot be checked here, where it says so. */
function unknownKind({ state }: Judgement, { signatures }: Unwrapped): MessageSecurity['warnings'] {
  if (state !== 'unsupported') return []
  const kinds = signatures.flatMap(({ kind }) => (kind === '' ? [] : [kind]))
  return kinds.length === 0
    ? []
    : [{ code: 'signature-kind', detail: [...new Set(kinds)].join(', ').slice(0, 300) }]
}

function judged(
  { store }: Needs<never, 'openpgp'>,
  found: { unwrapped: Unwrapped; judgement: Judgement; from: readonly string[] },
): Judgement {
  const { unwrapped, judgement } = found
  if (judgement.state !== 'none') return judgement
  if (unwrapped.partial !== null) {
    const { signer } = judgeSignatures(store.openpgp, unwrapped.partial, found.from)
    return { state: 'partial', signer }
  }
  return unwrapped.signedSmime ? { state: 'unchecked-smime', signer: null } : judgement
}

function recipientsOf(
  { store }: Needs<never, 'openpgp'>,
  unwrapped: Unwrapped,
): MessageSecurity['recipients'] {
  return unwrapped.recipientKeyIds
    .filter(id => !wildcard.test(id))
    .slice(0, 100)
    .map(keyId => {
      const key = store.openpgp.byKeyId(keyId)[0]
      return { keyId, address: key?.facts.userIds.find(each => each.address !== '')?.address ?? null }
    })
}

/** Each attachment with a signature of its own; a `good` here is for the file and the sender's address. */
async function judgeAttachments(
  context: Needs<'clock' | 'protection' | 'vault', 'openpgp'>,
  effectiveRaw: Uint8Array,
  from: readonly string[],
): Promise<MessageSecurity['signedAttachments']> {
  const { vault, clock, store, protection } = context
  const states: MessageSecurity['signedAttachments'] = []
  for (const { info, bytes, signature } of protection.signedAttachments(effectiveRaw)) {
    const facts = await withSigningKeys(
      context,
      from,
      verifyWith => vault.verify(bytes, signature, { verifyWith, nowMs: clock.now() }),
      found => found,
    ).catch(() => null)
    const { state, signer } =
      facts === null ? { state: 'bad' as const, signer: null } : judgeSignatures(store.openpgp, facts, from)
    const { partId, fileName } = info
    states.push({
      partId,
      fileName,
      state: state === 'none' ? 'bad' : state,
      address: signer?.address ?? null,
    })
  }
  return states
}
