import type { ClearReport } from '../../../../../shared/features/writing/clear-report'
import { asBuffer } from '../../../formats/as-buffer'
import { textValue } from '../../../formats/mime/header/header-fields'
import { describeAttachment } from '../../../formats/mime/parts/leaf'
import { type MimePart, splitMessage } from '../../../formats/mime/parts/split'
import { limits } from '../../../ports/limits'
import { hiddenSubject } from './protect/header-protection'
import { recipientPackets } from './protect/recipient-packets'

const leavesOf = (part: MimePart): readonly MimePart[] =>
  part.children.length === 0 ? [part] : part.children.flatMap(leavesOf)

/**
 * What of any message stands in clear for every server it passes, and which keys open the rest, without opening it. Never
 * throws.
 */
export function reportClear(
  raw: Uint8Array,
): Omit<ClearReport, 'recipients'> & { keyIds: readonly string[] } {
  const bytes = asBuffer(raw)
  const { root, broken } = splitMessage(bytes)
  const data = root.type.value === 'multipart/encrypted' ? root.children[1] : undefined
  const keyIds = data ? recipientPackets(bytes.subarray(data.bodyStart, data.end)) : null
  const isEncrypted = keyIds !== null
  const leaves = leavesOf(root).filter(part => !isEncrypted || (part !== data && part !== root.children[0]))
  const { fields } = root
  const subject = textValue(fields, 'subject')
  const holds = (name: string): boolean => fields.names.includes(name)
  return {
    isEncrypted,
    isSigned: root.type.value === 'multipart/signed' ? true : isEncrypted ? null : false,
    keyIds: keyIds ?? [],
    fields: [...new Set(fields.names)].slice(0, 200).map(name => ({
      name: name.slice(0, 200),
      value: textValue(fields, name).slice(0, 1000),
    })),
    parts: leaves.slice(0, limits.mimeParts).map(part => ({
      type: part.type.value.slice(0, 200),
      fileName: describeAttachment(bytes, part, false).fileName.slice(0, 200),
      sizeBytes: part.end - part.bodyStart,
    })),
    problems: [
      ...(isEncrypted ? [] : ['content-in-clear' as const]),
      ...(isEncrypted && (leaves.length > 0 || broken) ? ['parts-beside' as const] : []),
      ...(subject === '' || subject === hiddenSubject || subject === '...'
        ? []
        : ['subject-in-clear' as const]),
      ...(holds('bcc') ? ['blind-copies-named' as const] : []),
    ],
  }
}
