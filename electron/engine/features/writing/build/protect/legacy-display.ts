/**
 * Header lines repeated at the head of the text, for readers that decrypt but show only the outer header
 * (RFC 9788 §2.1.2, §5.2.2). Readers that know the standard take them away again.
 */

/** Plain text: the lines, an empty line, the text. */
export const withLegacyText = (text: string, lines: readonly string[]): string =>
  lines.length === 0 ? text : `${lines.join('\n')}\n\n${text}`

/** HTML: the lines as the first thing in the body, in the one element that readers look for. */
export function withLegacyHtml(html: string, lines: readonly string[]): string {
  if (lines.length === 0) return html
  const element = `<div class="header-protection-legacy-display"><pre>${lines.map(escapeHtml).join('\n')}</pre></div>\n`
  const bodyAt = html.indexOf('<body>\n') + '<body>\n'.length
  return html.slice(0, bodyAt) + element + html.slice(bodyAt)
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
