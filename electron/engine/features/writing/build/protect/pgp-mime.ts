import { asBuffer } from '../../../../formats/as-buffer'
import { type Entity, multipart } from '../body-parts'

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Armor as it stands in a message: CRLF line ends and one at the end. */
const lines = (armored: string): string => `${armored.trimEnd().replace(/\r?\n/g, '\r\n')}\r\n`

const versionPart = 'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n'
const dataHeader =
  'Content-Type: application/octet-stream; name="encrypted.asc"\r\n' +
  'Content-Disposition: inline; filename="encrypted.asc"\r\n\r\n'

/** PGP/MIME encryption (RFC 3156 §4): exactly two parts, the version and the message. */
export const encryptedEntity = (armored: string, boundary: string): Entity =>
  multipart(
    'encrypted',
    boundary,
    [[ascii(versionPart)], [ascii(dataHeader + lines(armored))]],
    ['protocol="application/pgp-encrypted"'],
  )

/** Every byte of the body of an encrypted message that is not ciphertext: what stands before it and behind it. */
export const aroundCiphertext = (boundary: string): readonly [before: string, after: string] => [
  `--${boundary}\r\n${versionPart}\r\n--${boundary}\r\n${dataHeader}`,
  `\r\n--${boundary}--\r\n`,
]

/** A PGP/MIME signature (RFC 3156 §5): the exact bytes that were signed, and the signature. */
export const signedEntity = (
  payload: Uint8Array,
  signature: { armored: string; micalg: string },
  boundary: string,
): Entity =>
  multipart(
    'signed',
    boundary,
    [
      [asBuffer(payload)],
      [
        ascii(
          'Content-Type: application/pgp-signature; name="signature.asc"\r\n' +
            `Content-Disposition: attachment; filename="signature.asc"\r\n\r\n${lines(signature.armored)}`,
        ),
      ],
    ],
    [`micalg=${signature.micalg}`, 'protocol="application/pgp-signature"'],
  )
