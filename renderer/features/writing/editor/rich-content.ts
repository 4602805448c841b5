/** The parts of an editor's document that matter for its plain text. */
export type RichNode = Readonly<{
  type?: string
  text?: string
  attrs?: Readonly<Record<string, unknown>>
  marks?: readonly Readonly<{ type: string; attrs?: Readonly<Record<string, unknown>> }>[]
  content?: readonly RichNode[]
}>

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function paragraphs(lines: readonly string[]): string {
  const blocks = lines.join('\n').split(/\n{2,}/)
  return blocks.map(block => `<p>${escaped(block).replaceAll('\n', '<br>')}</p>`).join('')
}

/** Plain text as a document with formatting: blank lines part paragraphs, quoted lines become quotes. */
export function htmlFromText(text: string): string {
  const parts: { quoted: boolean; lines: string[] }[] = []
  for (const line of text.split(/\r?\n/)) {
    const quoted = line.startsWith('>')
    const last = parts.at(-1)
    const part = last?.quoted === quoted ? last : { quoted, lines: [] }
    if (part !== last) parts.push(part)
    part.lines.push(quoted ? line.replace(/^> ?/, '') : line)
  }
  return parts
    .map(({ quoted, lines }) =>
      quoted ? `<blockquote>${htmlFromText(lines.join('\n'))}</blockquote>` : paragraphs(lines),
    )
    .join('')
}

function inlineText(node: RichNode): string {
  if (node.type === 'hardBreak') return '\n'
  if (node.type === 'picture') return node.attrs?.['alt'] ? `[${String(node.attrs['alt'])}]` : ''
  if (node.type !== 'text') return (node.content ?? []).map(inlineText).join('')
  const text = node.text ?? ''
  const href = node.marks?.find(({ type }) => type === 'link')?.attrs?.['href']
  return typeof href === 'string' && href !== text && href !== `mailto:${text}` ? `${text} <${href}>` : text
}

const prefixed = (text: string, prefix: string): string =>
  text
    .split('\n')
    .map(line => (line === '' ? prefix.trimEnd() : `${prefix}${line}`))
    .join('\n')

function blockText(node: RichNode): string {
  const children = node.content ?? []
  switch (node.type) {
    case 'blockquote':
      // "> >" is written ">>" as in mail.
      return prefixed(blocksText(children), '> ').replaceAll(/^> (?=>)/gm, '>')
    case 'bulletList':
    case 'orderedList':
      return children
        .map((item, at) => {
          const mark = node.type === 'bulletList' ? '- ' : `${Number(node.attrs?.['start'] ?? 1) + at}. `
          const [first = '', ...rest] = blocksText(item.content ?? [], '\n').split('\n')
          return [
            `${mark}${first}`,
            ...rest.map(line => (line === '' ? '' : ' '.repeat(mark.length) + line)),
          ].join('\n')
        })
        .join('\n')
    case 'horizontalRule':
      return '---'
    default:
      return inlineText(node)
  }
}

const blocksText = (nodes: readonly RichNode[], between = '\n\n'): string =>
  nodes.map(blockText).join(between)

/** The plain text of a document: what goes out beside the formatting, and what stays when formatting is switched off. */
export const textFromRich = (document: RichNode): string => blocksText(document.content ?? [])

/** Whether switching to plain text would lose anything one can see. */
export function hasFormatting(node: RichNode): boolean {
  const visible = ['bulletList', 'orderedList', 'heading', 'codeBlock', 'horizontalRule', 'picture']
  if (visible.includes(node.type ?? '')) return true
  if ((node.marks ?? []).length > 0) return true
  return (node.content ?? []).some(hasFormatting)
}
