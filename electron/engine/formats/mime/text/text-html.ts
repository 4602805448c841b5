const address = /\b(?:https?:\/\/[^\s<>"]{1,2000}|www\.[\p{L}\p{N}-]{1,63}\.[^\s<>"]{2,2000})/giu

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Text that stands between HTML or pictures, as HTML: its lines as they are, addresses of the web as links. */
export function textToHtml(text: string): string {
  let out = ''
  let from = 0
  for (const match of text.matchAll(address)) {
    // A full stop or bracket behind an address ends the sentence, not the address.
    const url = match[0].replace(/[.,;:!?)\]'*]{1,20}$/, '')
    out += `${escapeText(text.slice(from, match.index))}<a href="${escapeText(/^www/i.test(url) ? `http://${url}` : url)}">${escapeText(url)}</a>`
    from = match.index + url.length
  }
  return `<div style="white-space: pre-wrap">${out}${escapeText(text.slice(from))}</div>`
}
