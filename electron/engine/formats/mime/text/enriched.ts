/**
 * The words of text/enriched (RFC 1896) and of its ancestor text/richtext (RFC 1341 §7.1.3): formatting commands go, the
 * content of `<param>` and `<comment>` with them; single line ends are spaces except in `<nofill>`, more lose one. Linear.
 */
export function enrichedToText(text: string, type: 'text/enriched' | 'text/richtext'): string {
  const isEnriched = type === 'text/enriched'
  let out = ''
  let noFill = 0
  let skipped = 0
  for (const piece of text.match(/<<|<\/?[a-z0-9-]{1,60}>|[^<]+|</gi) ?? []) {
    const command = /^<(\/?)([a-z0-9-]+)>$/i.exec(piece)
    if (command === null) {
      if (skipped > 0) continue
      const words = piece === '<<' ? '<' : piece
      out += noFill > 0 || !isEnriched ? words : words.replace(/\n+/g, lines => lines.slice(1) || ' ')
      continue
    }
    const step = command[1] === '/' ? -1 : 1
    const name = (command[2] ?? '').toLowerCase()
    if (name === 'param' || name === 'comment') skipped = Math.max(0, skipped + step)
    else if (name === 'nofill') noFill = Math.max(0, noFill + step)
    else if (name === 'nl') out += '\n'
    else if (name === 'lt') out += '<'
    else if (name === 'paragraph' && step === -1) out += '\n\n'
  }
  return out
}
