/** A stretch of a plain-text message: what was written, what is quoted, or the signature. */
export type TextBlock = Readonly<{ kind: 'written' | 'quoted' | 'signature'; lines: readonly string[] }>

const isQuoted = (line: string): boolean => /^\s?>/.test(line)
/** Usenet convention, kept by mail: two hyphens and a space open the signature (RFC 3676 §4.3). */
const isSignatureMark = (line: string): boolean => line === '-- ' || line === '--'

/** Cuts a message into blocks, so that quotes can be folded and the signature set back. */
export function textBlocks(text: string): readonly TextBlock[] {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n')
  const signatureAt = lines.findLastIndex(isSignatureMark)
  const blocks: { kind: TextBlock['kind']; lines: string[] }[] = []
  lines.forEach((line, at) => {
    // The mark itself says nothing once the signature is set apart.
    if (at === signatureAt) return
    const kind = isQuoted(line) ? 'quoted' : signatureAt >= 0 && at >= signatureAt ? 'signature' : 'written'
    const last = blocks.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else blocks.push({ kind, lines: [line] })
  })
  return blocks
    .map(({ kind, lines: all }) => ({ kind, lines: trimBlank(all) }))
    .filter(block => block.lines.length > 0)
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex(line => line.trim() !== '')
  if (first < 0) return []
  const last = lines.findLastIndex(line => line.trim() !== '')
  return lines.slice(first, last + 1)
}
