import { describeFile } from '../../../../formats/chat/describe-file'
import { withoutTraces } from '../../../../formats/pictures/metadata/attachment-traces'

const longestName = 200

export type OwnFile = Readonly<{ fileName: string; contentType: string; bytes: Uint8Array }>

/** A file of one's own as it is kept and sent: cleaned of what it says beside its content, with a name that holds no path. */
export const ownFile = ({ fileName, contentType, bytes }: OwnFile) => ({
  ...describeFile(fileName.replace(/[?#]/g, '_').slice(0, longestName), contentType),
  bytes: withoutTraces(bytes),
})
