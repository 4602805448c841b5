import { limits } from '../../ports/limits'
import type { SignedAttachment } from '../../ports/mail/reading'
import { readContent } from '../mime/parts/body'
import { partBytes } from '../mime/parts/leaf'
import { type MimePart, splitMessage } from '../mime/parts/split'

const signatureName = /^(.+)\.(?:sig|asc)$/i

const partOf = (root: MimePart, id: string): MimePart | null =>
  root.id === id
    ? root
    : root.children.reduce<MimePart | null>((found, child) => found ?? partOf(child, id), null)

/** Attachments that came with a detached signature (`report.pdf`, `report.pdf.sig`). They sign nothing but themselves. */
export function signedAttachmentsIn(raw: Buffer): SignedAttachment[] {
  const { root } = splitMessage(raw)
  const { attachments } = readContent(raw, root)
  const found: SignedAttachment[] = []
  for (const signature of attachments) {
    const name = signatureName.exec(signature.fileName)?.[1]
    const info = attachments.find(each => each !== signature && each.fileName === name)
    if (info === undefined || found.length >= limits.signedAttachments) continue
    const [file, over] = [partOf(root, info.partId), partOf(root, signature.partId)]
    if (file === null || over === null || file.end - file.bodyStart > limits.signedAttachmentBytes) continue
    found.push({ info, bytes: partBytes(raw, file), signature: partBytes(raw, over) })
  }
  return found
}
