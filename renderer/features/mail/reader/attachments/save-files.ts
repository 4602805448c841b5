import type { MessageId } from '../../../../../shared/kit/ids'
import type { Host } from '../../../../host/host'
import { runCommand } from '../../../../state/run-command'
import { showToast } from '../../../../state/toasts'
import type { MessagePlace } from '../message-place'

type Words = (saved: readonly string[]) => string

const say = (saved: readonly string[], words: Words) => {
  // Nothing saved means that the dialog was closed; that needs no word.
  if (saved.length > 0) showToast({ kind: 'notice', text: words(saved), action: null })
}

/** Main asks where to and saves under a cleaned name. `partId: null` saves all attachments. */
export async function saveAttachments(host: Host, place: MessagePlace, partId: string | null, words: Words) {
  const { messageId, attached } = place
  const done = await runCommand(host, 'files.saveAttachments', { messageId, attached: [...attached], partId })
  if (done !== null) say(done.saved, words)
}

/** Saves the whole message as it came, byte for byte. */
export async function saveMessage(host: Host, messageId: MessageId, words: Words) {
  const done = await runCommand(host, 'files.saveMessage', { messageId })
  if (done !== null) say(done.saved, words)
}
