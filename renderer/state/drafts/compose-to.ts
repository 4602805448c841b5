import type { AccountId } from '../../../shared/kit/ids'
import type { Host } from '../../host/host'
import { runCommand } from '../run-command'
import { showToast } from '../toasts'
import { openDraft } from '../ui-store'
import { parseMailto } from './parse-mailto'

/** Opens a mailto: address as a draft of an account (null: the first one). Nothing is sent. */
export async function composeTo(
  host: Host,
  mailto: string,
  accountId: AccountId | null = null,
): Promise<void> {
  const draft = await runCommand(host, 'drafts.create', { mode: 'new', messageId: null, accountId })
  if (draft === null) return
  const fields = parseMailto(mailto)
  const content = {
    ...draft.content,
    to: [...draft.content.to, ...fields.to],
    cc: [...draft.content.cc, ...fields.cc],
    subject: fields.subject === '' ? draft.content.subject : fields.subject,
    text: fields.body === '' ? draft.content.text : `${fields.body}\n${draft.content.text}`,
  }
  const saved = await runCommand(host, 'drafts.save', {
    draftId: draft.id,
    content,
    revision: draft.revision,
    as: 'start',
  })
  if (saved === null) return
  openDraft(draft.id)
  const { people, characters } = fields.left
  if (people > 0 || characters > 0) showToast({ kind: 'link-cut', people, characters })
}
