/**
 * format=flowed (RFC 3676): joins lines that end in a space with the next line of the same quote depth, removes
 * space stuffing, writes quote depth back as "> ". `deleteSpace` is DelSp=yes.
 */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = []
  let paragraph: string | null = null
  let paragraphDepth = 0
  const flush = () => {
    if (paragraph !== null) out.push(quote(paragraphDepth) + paragraph)
    paragraph = null
  }
  for (const line of text.split('\n')) {
    let depth = 0
    while (line[depth] === '>') depth++
    let content = line.slice(depth)
    if (content.startsWith(' ')) content = content.slice(1)
    if (paragraph !== null && depth !== paragraphDepth) flush()
    // The signature separator ends in a space and is never flowed (§4.3).
    const flows = content.endsWith(' ') && content !== '-- '
    if (content === '-- ') flush()
    paragraphDepth = depth
    const piece: string = flows && deleteSpace ? content.slice(0, -1) : content
    paragraph = paragraph === null ? piece : paragraph + piece
    if (!flows) flush()
  }
  flush()
  return out.join('\n')
}

const quote = (depth: number): string => (depth === 0 ? '' : `${'>'.repeat(depth)} `)
