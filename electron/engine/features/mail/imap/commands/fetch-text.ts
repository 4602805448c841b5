import { limits } from '../../../../ports/limits'
import type { RemoteText } from '../../../../ports/mail/mail-backend'
import { readStructure, type StructureNode } from '../body-structure'
import type { ImapContext } from '../context'
import { uidSets } from '../uid-set'
import { type Argument, atom } from '../wire'
import { fetchRows } from './fetch-rows'

/** Bytes of one text part that are fetched; base64 and multi-byte text need more than its characters. */
const partBytes = 4 * limits.textCharacters
/** Text parts of one message that are fetched. */
const textParts = 20

/**
 * The text of a large message without its attachments' bytes. BODYSTRUCTURE says what there is; the text parts
 * are fetched and put back into a message of the same shape with the other parts empty, so that decoding, names
 * and numbering are those of the MIME reader. Null when the message is gone or its structure cannot be read.
 */
export async function fetchText(context: ImapContext, uid: number): Promise<RemoteText | null> {
  let structure: StructureNode | null = null
  for await (const row of oneRow(context, uid, [atom('UID'), atom('BODYSTRUCTURE')]))
    structure ??= readStructure(row.structure)
  if (!structure) return null
  const header = await fetchSection(context, uid, 'HEADER', limits.headerBytes)
  if (!header) return null
  const contents = new Map<string, Buffer>()
  for (const leaf of leavesOf(structure).filter(isReadableText).slice(0, textParts)) {
    const content = await fetchSection(context, uid, leaf.partId, partBytes)
    if (content) contents.set(leaf.partId, content)
  }
  const parsed = context.mime.parseMessage(
    Buffer.concat([withoutContentFields(header), ...serialise(structure, contents)]),
  )
  const sizes = new Map(leavesOf(structure).map(leaf => [leaf.partId, decodedSize(leaf)]))
  return {
    uid,
    parsed: {
      ...parsed,
      attachments: parsed.attachments.map(info => ({
        ...info,
        sizeBytes: sizes.get(info.partId) ?? info.sizeBytes,
      })),
    },
  }
}

function oneRow(context: ImapContext, uid: number, items: readonly Argument[]) {
  return fetchRows(context, uidSets([uid], 1)[0]?.set ?? String(uid), items, { wanted: new Set([uid]) })
}

async function fetchSection(
  context: ImapContext,
  uid: number,
  section: string,
  maxBytes: number,
): Promise<Buffer | null> {
  const item = { type: 'ATOM' as const, value: 'BODY.PEEK', section: [atom(section)], partial: [0, maxBytes] }
  let body: Buffer | null = null
  for await (const row of oneRow(context, uid, [atom('UID'), item])) body ??= row.body
  return body
}

function leavesOf(node: StructureNode): readonly StructureNode[] {
  return node.contentType.startsWith('multipart/') ? node.children.flatMap(leavesOf) : [node]
}

function isReadableText({ contentType, disposition }: StructureNode): boolean {
  return contentType.startsWith('text/') && disposition?.kind !== 'attachment'
}

/** The size after decoding: base64 is 4 bytes for 3, in lines of 76 with their ends. */
function decodedSize({ encoding, sizeBytes }: StructureNode): number {
  return encoding === 'base64' ? Math.floor((sizeBytes * 3 * 76) / (4 * 78)) : sizeBytes
}

function withoutContentFields(header: Buffer): Buffer {
  const text = header.toString('latin1').replace(/(\r?\n)\r?\n[\s\S]*$/, '$1')
  const kept = text
    .split(/\r?\n(?![ \t])/)
    .filter(field => field !== '' && !/^(content-[a-z-]+|mime-version)\s*:/i.test(field))
  return Buffer.from(kept.map(field => `${field}\r\n`).join(''), 'latin1')
}

/** Header fields of a node, the empty line, and its content. */
function serialise(node: StructureNode, contents: ReadonlyMap<string, Buffer>): Buffer[] {
  const fields: string[] = []
  const out: Buffer[] = []
  if (node.contentType.startsWith('multipart/')) {
    const boundary = `part-${node.partId === '' ? 'root' : node.partId}-end`
    fields.push(`Content-Type: ${node.contentType}; boundary="${boundary}"`)
    for (const child of node.children)
      out.push(Buffer.from(`--${boundary}\r\n`), ...serialise(child, contents), Buffer.from('\r\n'))
    out.push(Buffer.from(`--${boundary}--\r\n`))
  } else {
    const content = contents.get(node.partId)
    fields.push(`Content-Type: ${node.contentType}${writeParameters(node.parameters)}`)
    if (content && node.encoding !== '') fields.push(`Content-Transfer-Encoding: ${node.encoding}`)
    if (content) out.push(content)
  }
  if (node.disposition)
    fields.push(
      `Content-Disposition: ${node.disposition.kind}${writeParameters(node.disposition.parameters)}`,
    )
  if (node.contentId) fields.push(`Content-ID: ${oneLine(node.contentId)}`)
  return [Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'utf8'), ...out]
}

function writeParameters(parameters: readonly (readonly [string, string])[]): string {
  return parameters
    .filter(([name]) => name !== 'boundary')
    .map(([name, value]) =>
      name.endsWith('*')
        ? `; ${name}=${oneLine(value).replace(/[;"\s]/g, '_')}`
        : `; ${name}="${oneLine(value).replace(/["\\]/g, '\\$&')}"`,
    )
    .join('')
}

function oneLine(value: string): string {
  return value.replace(/[\r\n\0]+/g, ' ')
}
