import type {
  MessageSecurity,
  SignatureState,
} from '../../../../../../../shared/features/mail/message-security'
import type { SignatureFacts } from '../../../../../ports/keys/openpgp'
import type { Store } from '../../../../../ports/store'

export type Judgement = Readonly<{ state: SignatureState; signer: MessageSecurity['signer'] }>

/** What is said when several were made: a good one counts, and then the worst is the one to know of. */
const order: readonly SignatureState[] = [
  'good',
  'bad',
  'weak',
  'key-unusable',
  'other-address',
  'unknown-key',
  'unsupported',
]

/**
 * What the signatures are worth for the sender that is shown (RFC 9787 §3, §6.4). `from`: every address of every From
 * field, lower case; a signature is good only for exactly one, and only when a valid user ID of its key names it.
 * A key that is not verified never stands beside one that is: for such an address it is a stranger's.
 */
export function judgeSignatures(
  openpgp: Store['openpgp'],
  signatures: readonly SignatureFacts[],
  from: readonly string[],
): Judgement {
  const judged = signatures.map(signature => judge(openpgp, signature, from))
  judged.sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
  return judged[0] ?? { state: 'none', signer: null }
}

function judge(openpgp: Store['openpgp'], signature: SignatureFacts, from: readonly string[]): Judgement {
  const { fingerprint, keyId, createdAtMs } = signature
  const key = openpgp.byKeyId(keyId).find(each => each.facts.fingerprint === fingerprint)
  const [sender, second] = from
  const addresses = (key?.facts.userIds ?? []).filter(each => each.valid && each.address !== '')
  const isSender = addresses.some(each => each.address === sender) && second === undefined
  const address = isSender ? sender : addresses[0]?.address
  const keys = address === undefined ? [] : openpgp.keysFor(address)
  const row = keys.find(each => each.facts.fingerprint === fingerprint)
  const trust = key?.own === true ? 'verified' : (row?.trust ?? 'none')
  const signer = {
    fingerprint,
    keyId,
    address: address ?? null,
    trust,
    own: key?.own ?? false,
    signedAtMs: createdAtMs,
    problems: signature.state === 'key-unusable' ? [...signature.problems] : [],
  } satisfies Judgement['signer']

  if (signature.state !== 'good') return { state: signature.state, signer }
  if (key === undefined) return { state: 'unknown-key', signer }
  if (row?.rejected === true) return { state: 'key-unusable', signer }
  if (!isSender) return { state: 'other-address', signer }
  const another = keys.some(each => each.trust === 'verified' && each.facts.fingerprint !== fingerprint)
  if (another && trust !== 'verified') return { state: 'unknown-key', signer }
  return { state: 'good', signer }
}
