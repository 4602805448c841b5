/** The link to an encrypted file (XEP-0454): `aesgcm://HOST/PATH#IVKEY`. It is text of a message and never a link that can be followed. */

const keyBytes = 32
/** What is written; 16 is what older programs wrote. */
const ivBytes = 12
const olderIvBytes = 16
const longestLink = 4000

export type FileKey = Readonly<{ iv: Uint8Array; key: Uint8Array }>
export type EncryptedFileLink = FileKey & Readonly<{ url: string }>

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** `url`: where it was uploaded, https. Throws RangeError for anything else: it would say the key to somebody. */
export function writeFileLink({ url, iv, key }: EncryptedFileLink): string {
  const { protocol, hash } = new URL(url)
  if (protocol !== 'https:' || hash !== '' || key.byteLength !== keyBytes || iv.byteLength !== ivBytes)
    throw new RangeError('no place or key for an encrypted file')
  return `aesgcm${url.slice('https'.length)}#${hexOf(iv)}${hexOf(key)}`
}

/**
 * The file that a text is, or null: a link alone, or with a thumbnail as a `data:` URL in the next line (which is not looked at), and nothing else.
 */
export function readFileLink(text: string): EncryptedFileLink | null {
  const [line = '', thumbnail, ...more] = text.trim().split('\n')
  if (more.length > 0 || (thumbnail !== undefined && !thumbnail.startsWith('data:'))) return null
  const link = line.trim()
  if (link.length > longestLink) return null
  const match = /^aesgcm:\/\/([^\s#/][^\s#]*)#((?:[0-9a-f]{2})+)$/i.exec(link)
  if (!match) return null
  const [, rest = '', fragment = ''] = match
  const bytes = new Uint8Array(Buffer.from(fragment, 'hex'))
  const length = bytes.byteLength - keyBytes
  if (length !== ivBytes && length !== olderIvBytes) return null
  const url = URL.canParse(`https://${rest}`) ? new URL(`https://${rest}`) : null
  if (url === null || url.username !== '' || url.password !== '' || url.hostname === '') return null
  return { url: url.href, iv: bytes.subarray(0, length), key: bytes.subarray(length) }
}
