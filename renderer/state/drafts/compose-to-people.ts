import type { Address } from '../../../shared/features/mail/model'
import type { Host } from '../../host/host'
import { runCommand } from '../run-command'
import { openDraft } from '../ui-store'

/** Opens a draft to these people, with their names, beginning with a text where one is given. False when it failed and was said so. Nothing is sent. */
export async function composeToPeople(host: Host, people: readonly Address[], text = ''): Promise<boolean> {
  const draft = await runCommand(host, 'drafts.create', { mode: 'new', messageId: null, accountId: null })
  if (draft === null) return false
  const saved = await runCommand(host, 'drafts.save', {
    draftId: draft.id,
    content: {
      ...draft.content,
      to: [...draft.content.to, ...people],
      ...(text === '' ? {} : { text: `${text}\n${draft.content.text}`, html: null }),
    },
    revision: draft.revision,
    as: 'start',
  })
  if (saved === null) return false
  openDraft(draft.id)
  return true
}
