import { useState } from 'react'
import type { DraftAttachment } from '../../../../shared/features/writing/model'
import type { DraftId } from '../../../../shared/kit/ids'
import { makeFailure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'

/** As the engine: one message carries at most this much, before base64. Asked here to spare the copying. */
const mostBytes = 100_000_000

/** Ways to add and remove attachments of a draft. */
export function useAttach(draftId: DraftId, attachments: readonly DraftAttachment[]) {
  const host = useHost()
  const [adding, setAdding] = useState(0)
  const choose = () => void runCommand(host, 'files.attach', { draftId })
  const addFiles = async (files: readonly File[]) => {
    let room = mostBytes - attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    setAdding(count => count + files.length)
    for (const file of files) {
      room -= file.size
      if (room < 0)
        showToast({
          kind: 'failure',
          failure: makeFailure('too-large', { file: file.name }),
        })
      else {
        const bytes = await file.arrayBuffer().catch(() => null)
        if (bytes === null)
          showToast({
            kind: 'failure',
            failure: makeFailure('file-unreadable', { file: file.name }),
          })
        else
          await runCommand(host, 'drafts.addAttachment', {
            draftId,
            fileName: file.name.slice(0, 1000),
            contentType: file.type.slice(0, 200),
            bytes: new Uint8Array(bytes),
          })
      }
      setAdding(count => count - 1)
    }
  }
  const remove = ({ id }: DraftAttachment) =>
    void runCommand(host, 'drafts.removeAttachment', { draftId, attachmentId: id })
  return { adding, choose, addFiles, remove }
}
