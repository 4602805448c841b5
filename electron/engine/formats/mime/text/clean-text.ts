/**
 * Characters that never belong into a name, a subject or a file name: C0 and C1 controls, line and paragraph
 * separators, bidi embeddings, overrides and isolates (they make text read as something else), zero-width
 * no-break space and the tag block.
 */
const unwanted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu
/** Fast answer for nearly every text: printable ASCII only. */
const plain = /^[ -~]*$/

/** One line of display text: unwanted characters out, white space single, at most `maxCharacters` UTF-16 units. */
export function cleanLine(text: string, maxCharacters: number): string {
  let line = text
  if (!plain.test(line))
    line = line
      .replace(/[\t\r\n]+/g, ' ')
      .replace(unwanted, '')
      .toWellFormed()
  if (line.includes('  ')) line = line.replace(/ {2,}/g, ' ')
  return cut(line.trim(), maxCharacters)
}

/** Cuts without leaving half a surrogate pair. */
export function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  const last = text.charCodeAt(maxCharacters - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxCharacters - 1 : maxCharacters)
}
