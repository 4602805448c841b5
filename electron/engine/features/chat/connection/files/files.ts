import type { ChatParts } from '../link'
import { createDownloads } from './download'
import type { FileParts } from './place'
import { createProgress } from './progress'
import { createUploads } from './upload'

/** Files of messages on their way in both directions. */
export function createFiles(parts: ChatParts, files: FileParts) {
  const progress = createProgress(parts.clock, id => parts.store.chat.noteFile(id))
  const uploads = createUploads(parts, files, progress)
  const downloads = createDownloads(parts, files, progress)
  return {
    send: uploads.send,
    fetch: downloads.fetch,
    progress: progress.of,
    stop: progress.stop,
    close: async (): Promise<void> => {
      await uploads.close()
      await downloads.close()
    },
  }
}
