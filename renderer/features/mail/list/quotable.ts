/**
 * A text as it stands between quotation marks: quotation marks of its own become the inner ones of the language (a pair in
 * `inner`), and where it is nothing but a phrase they are left out.
 */
export function quotable(text: string, inner: string): string {
  const [open = '', close = ''] = [...inner]
  const trimmed = text.trim()
  const only = /^["„“”«»]([^"„“”«»]+)["„“”«»]$/u.exec(trimmed)?.[1]
  return only?.trim() ?? trimmed.replace(/["„“”«»]([^"„“”«»]*)(?:["„“”«»]|$)/gu, `${open}$1${close}`)
}
