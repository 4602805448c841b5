import { describeFile } from '../../../../formats/chat/describe-file'
import { withoutTraces } from '../../../../formats/pictures/metadata/attachment-traces'

const longestName = 200

/** A file as it is kept and sent: cleaned of what it says beside its content, with a name that is one and a type. `contentType`: for a name that says none. */
export function asSent(
  file: Readonly<{ fileName: string; contentType: string; bytes: Uint8Array }>,
): Readonly<{ name: string; type: string; bytes: Uint8Array }> {
  const fileName = file.fileName.replace(/[?#]/g, '_').slice(0, longestName)
  return { ...describeFile(fileName, file.contentType), bytes: withoutTraces(file.bytes) }
}
