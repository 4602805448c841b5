import type { MessageDetail } from '../shared/model/mail'
import type { MessageSecurity } from '../shared/model/message-security'

type Outside = MessageDetail['outside']

const encryptionWords: Readonly<Record<MessageSecurity['encryption'], string>> = {
  none: 'not encrypted',
  encrypted: 'end-to-end encrypted',
  'inline-encrypted': 'partly encrypted (inline PGP); only the marked stretch',
  locked: 'encrypted; the key needs its passphrase first',
  failed: 'encrypted; could not be opened',
  'unchecked-smime': 'encrypted with S/MIME, which Siegel does not open',
}

const signatureWords: Readonly<Record<MessageSecurity['signature'], string>> = {
  none: 'not signed',
  good: 'signed by the sender',
  'unknown-key': 'signed with a key that is not known',
  'other-address': 'signed with a key that does not belong to the sender',
  'key-unusable': 'signed with a key that does not count',
  weak: 'signed with a method that is too weak to count',
  partial: 'only a part is signed, which counts as unsigned',
  unsupported: 'signed in a way that Siegel cannot check, which counts as unsigned',
  bad: 'WRONG SIGNATURE: changed on the way, or forged',
  'unchecked-smime': 'signed with S/MIME, which Siegel does not check',
}

const trustWords = {
  none: 'nothing vouches for the key',
  some: 'something vouches for the key',
  verified: 'verified key',
} as const

const failureWords: Readonly<Record<string, string>> = {
  'no-key': 'none of your keys opens it',
  'no-integrity': 'nothing would show that it was changed on the way, so it is not shown',
  'message-changed': 'it was changed or damaged after it was encrypted, so it is not shown',
  'cipher-unsupported': 'it is encrypted with a method that Siegel does not know',
  'passphrase-only': 'it is encrypted with a passphrase; give it with --message-passphrase-file',
  'passphrase-too-costly': 'it asks for more work or memory to try a passphrase than Siegel gives',
  'decrypt-failed': 'it was damaged or changed on the way, so it is not shown',
  'too-large': 'it is larger than what is decrypted',
  'message-malformed': 'it is not built as an encrypted message is',
}

const noteWords: Readonly<Record<string, string>> = {
  'signed-at-other-time': 'not signed when the message is dated; maybe an old message sent again. Signed at',
  'signature-kind': 'the signature is not wrong, but of a kind that Siegel cannot check:',
  'encrypted-part-apart':
    'there is an encrypted message in this one; open it by itself with --attached, nothing of it goes into an answer',
}

/** Encryption and signature in words; nothing for a message that has neither. */
export function securityLines(security: MessageSecurity): readonly string[] {
  const { encryption, signature, signer, failure, neededKeys } = security
  const isSilent = security.signedAttachments.length === 0 && security.warnings.length === 0
  if (encryption === 'none' && signature === 'none' && isSilent) return []
  const sealed = security.inboxEncrypted
    ? 'encrypted on arrival, not by the sender'
    : security.passphrase === 'opened' && encryption === 'encrypted'
      ? 'encrypted under a passphrase'
      : encryptionWords[encryption]
  const method = security.method === '' ? '' : `: ${security.method}`
  const also =
    security.passphrase === 'opens' && failure !== 'passphrase-only'
      ? '; a passphrase opens it too: --message-passphrase-file'
      : ''
  const why = failure === null ? '' : ` (${failureWords[failure] ?? failure}${method}${also})`
  const unusable =
    signature === 'key-unusable' ? ` (${signer?.problems.join(', ') || 'you rejected it'})` : ''
  const who = signer?.address ? `: ${signer.address}, ${trustWords[signer.trust]}` : ''
  const key = signer ? ` [${signer.fingerprint ?? signer.keyId}]` : ''
  return [
    `Secured: ${sealed}${why}; ${signatureWords[signature]}${unusable}${who}${key}`,
    ...(neededKeys.length > 0 ? [`Keys:    ${neededKeys.join(', ')}`] : []),
    ...security.signedAttachments.map(
      each => `Signed:  ${each.fileName} alone: ${signatureWords[each.state]}`,
    ),
    ...security.warnings.map(each =>
      `Note:    ${noteWords[each.code] ?? each.code} ${each.detail}`.trimEnd(),
    ),
  ]
}

/** What stands beside the protected part, set apart so that nobody takes it for a part of the message. */
export function outsideLines(outside: Outside): readonly string[] {
  if (outside === null) return []
  return [
    '',
    '--- added outside the protection, by anyone on the way ---',
    ...outside.text.split('\n').map(line => `| ${line}`),
    ...outside.attachments.map(each => `| file: ${each.fileName}`),
  ]
}
