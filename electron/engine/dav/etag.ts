/** A strong validator (RFC 9110 §8.8.1), which alone may stand in If-Match; null for a weak or missing one. */
export function strongEtag(etag: string | null | undefined): string | null {
  const value = etag?.trim() ?? ''
  // Letters that would end the header line come from nobody honest.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return value === '' || /^W\//i.test(value) || /[\x00-\x1f\x7f]/.test(value) ? null : value
}
