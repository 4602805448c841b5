import type { MessageId } from '../../../shared/kit/ids'
import type { Host } from '../../host/host'
import { runCommand } from '../run-command'
import { openDraft } from '../ui-store'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Opens an answer to a message that begins with a link. Nothing is sent; false where there is no answer. */
export async function answerWithLink(host: Host, messageId: MessageId, link: string): Promise<boolean> {
  const draft = await runCommand(host, 'drafts.create', { mode: 'reply', messageId, accountId: null })
  if (draft === null) return false
  const { text, html } = draft.content
  const content = {
    ...draft.content,
    text: `${link}\n${text}`,
    html: html === null ? null : `<p><a href="${escaped(link)}">${escaped(link)}</a></p>${html}`,
  }
  const { id: draftId, revision } = draft
  const saved = await runCommand(host, 'drafts.save', { draftId, content, revision, as: 'start' })
  if (saved === null) return false
  openDraft(draftId)
  return true
}
