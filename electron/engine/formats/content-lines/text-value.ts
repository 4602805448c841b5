/** Escapes of text values (RFC 5545 §3.3.11, RFC 6350 §3.4), on text as on bytes: none of the signs is part of another character. */
export const escapeText = (text: string): string =>
  text.replace(/[\\,;]/g, '\\$&').replace(/\r\n|\n|\r/g, '\\n')

export const unescapeText = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_all, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign))

/** Cuts at a separator that is not escaped; the pieces keep their escapes. */
export function splitEscaped(text: string, separator: ',' | ';'): string[] {
  const pieces: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === separator) {
      pieces.push(text.slice(from, at))
      from = at + 1
    }
  }
  pieces.push(text.slice(from))
  return pieces
}
