import { attachedPath } from '../../../shared/features/mail/attached-message'
import type { MessageId } from '../../../shared/kit/ids'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { person } from '../../kit/folders'
import type { Session } from '../../kit/session'
import type { Output } from '../../kit/words/output'
import { shownLines } from './shown-message'

/** `--attached PART[/PART…]`: the way to a message in a message; empty without the option. */
export function attachedOption(options: Arguments): string[] {
  const text = options.text('attached')
  if (text === undefined) return []
  const path = attachedPath.safeParse(text.split('/'))
  if (!path.success)
    throw new UsageError('--attached wants part ids as `attachments` lists them: 2 or 2/1.3, five at most')
  return path.data
}

/** `show ID --attached …`: as any message, and the first line says that it is an attached one. */
export async function showAttached(
  session: Session,
  output: Output,
  place: { messageId: MessageId; attached: string[] },
  form: 'all' | 'text' | 'html',
): Promise<void> {
  if (form === 'html') {
    const body = await session.call('messages.html', place)
    output.result(body, () => [body.html])
    return
  }
  const message = await session.call('messages.attached', place)
  if (form === 'text') {
    output.result({ text: message.text }, () => [message.text])
    return
  }
  const { subject, from, to, dateMs, ...rest } = message
  const date = dateMs === null ? null : new Date(dateMs).toISOString()
  const head = { from: from.map(person).join(', '), to: to.map(person), subject, date }
  output.result({ attachedTo: place.messageId, attached: place.attached, ...head, ...rest }, () => [
    `Attached message, part ${place.attached.join('/')} of message ${place.messageId}`,
    `From:    ${head.from}`,
    `To:      ${head.to.join(', ')}`,
    `Date:    ${date ?? ''}`,
    `Subject: ${subject}`,
    ...shownLines(message),
  ])
}
