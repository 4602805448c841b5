/** Room for what a person types; the search field itself has all of it. */
const longest = 120

/** The beginning of a long text, up to the last word that fits, and that it goes on. */
const shortened = (text: string): string => {
  const letters = [...text]
  if (letters.length <= longest) return text
  const start = letters.slice(0, longest).join('')
  return `${start.replace(/\s+\S*$/u, '')} …`
}

/**
 * A text as it stands between quotation marks: quotation marks of its own become the inner ones of the language (a pair in
 * `inner`), and where it is nothing but a phrase they are left out.
 */
export function quotable(text: string, inner: string): string {
  const [open = '', close = ''] = [...inner]
  const trimmed = shortened(text.trim())
  const only = /^["„“”«»]([^"„“”«»]+)["„“”«»]$/u.exec(trimmed)?.[1]
  return only?.trim() ?? trimmed.replace(/["„“”«»]([^"„“”«»]*)(?:["„“”«»]|$)/gu, `${open}$1${close}`)
}
