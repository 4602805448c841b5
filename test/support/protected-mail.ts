/** Messages as programs build them, for tests of reading protected mail. All lines end in CRLF. */

const crlf = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n')

const lines = (...parts: readonly string[]): string => crlf(parts.join('\n'))

export type HeaderOf = Readonly<Record<string, string | readonly string[]>>

export const defaultHeader: HeaderOf = {
  From: 'Anna <anna@example.org>',
  To: 'Bert <bert@example.org>',
  Subject: 'Plan',
  // Now, as signatures are made in these tests now.
  Date: new Date().toUTCString().replace('GMT', '+0000'),
  'Message-ID': '<plan@example.org>',
}

const fieldsOf = (header: HeaderOf): string[] =>
  Object.entries(header).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map(each => `${name}: ${each}`),
  )

/** A part, or a whole message when the header is one of a message. */
export const entity = (header: HeaderOf, body: string): string => lines(...fieldsOf(header), '', body)

export const textPart = (text: string, header: HeaderOf = {}): string =>
  entity({ 'Content-Type': 'text/plain; charset=utf-8', ...header }, text)

export const htmlPart = (html: string): string => entity({ 'Content-Type': 'text/html; charset=utf-8' }, html)

/** A multipart of ready parts. */
export function multipart(
  type: string,
  parts: readonly string[],
  header: HeaderOf = {},
  boundary = 'boundary-of-tests',
): string {
  const body = [...parts.map(part => `--${boundary}\n${part}`), `--${boundary}--`, ''].join('\n')
  const semicolon = type.includes(';')
    ? type.replace(';', `; boundary="${boundary}";`)
    : `${type}; boundary="${boundary}"`
  return entity({ ...header, 'Content-Type': semicolon }, body)
}

export const controlPart = (): string => entity({ 'Content-Type': 'application/pgp-encrypted' }, 'Version: 1')

export const dataPart = (armored: string, type = 'application/octet-stream; name="encrypted.asc"'): string =>
  entity({ 'Content-Type': type }, armored)

/** RFC 3156 §4. */
export const encryptedMime = (armored: string, header: HeaderOf = {}, boundary = 'encrypted'): string =>
  multipart(
    'multipart/encrypted; protocol="application/pgp-encrypted"',
    [controlPart(), dataPart(armored)],
    header,
    boundary,
  )

/** RFC 3156 §5; `part` is exactly what was signed. */
export const signedMime = (
  part: string,
  signature: string,
  header: HeaderOf = {},
  boundary = 'signed',
): string =>
  multipart(
    'multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"',
    [part, entity({ 'Content-Type': 'application/pgp-signature; name="signature.asc"' }, signature)],
    header,
    boundary,
  )

export const rawMail = (message: string): Uint8Array => Buffer.from(message, 'utf8')

/** A message that brings the user's own key from another program (Autocrypt Level 1 §4.4.2). */
export const setupMail = (armored: string, header: HeaderOf): string =>
  multipart(
    'multipart/mixed',
    [
      textPart('This message holds your key. Open it in the program that is to have it.'),
      entity(
        {
          'Content-Type': 'application/autocrypt-setup',
          'Content-Disposition': 'attachment; filename="autocrypt-setup-message.html"',
        },
        armored,
      ),
    ],
    { ...header, 'Autocrypt-Setup-Message': 'v1' },
    'setup',
  )
