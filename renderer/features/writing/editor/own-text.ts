const quoteHeads = [/^-{5,} ?(forwarded|weitergeleitete|original)/i]

/** What the writer wrote: without quoted lines, the signature and a forwarded message. */
export function ownText(text: string): string {
  const own: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line === '-- ' || quoteHeads.some(head => head.test(line))) break
    if (!line.startsWith('>')) own.push(line)
  }
  return own.join('\n')
}
