import { limits } from '../../../../ports/limits'
import { requireParsed } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { openAttached } from './open-attached'
import { designWarning } from './security/design-warning'
import { wholeMessage } from './whole-message'

/** Reading a message that came as a file in another. Nothing of it is kept, searched, answered or learnt from. */
export function attachedUseCases(
  context: Needs<
    'clock' | 'emit' | 'inspect' | 'mime' | 'opened' | 'protection' | 'sync' | 'vault',
    'messages' | 'openpgp'
  >,
): Pick<UseCases, 'messages.attached'> {
  return {
    'messages.attached': async ({ messageId, attached }) => {
      await wholeMessage(context, messageId)
      const opened = await openAttached(context, messageId, attached)
      const parsed = requireParsed(opened)
      const { header, text, html, attachments } = parsed
      const { security, outside } = opened
      const clean = html === null ? null : await context.mime.readHtml(html)
      return {
        subject: header.subject,
        from: header.from.slice(0, 20),
        to: [...header.to],
        cc: [...header.cc],
        dateMs: header.dateMs,
        text: text.slice(0, limits.textCharacters),
        hasHtml: html !== null,
        blockedRemoteCount: clean?.blockedCount ?? 0,
        trackerCount: clean?.trackerCount ?? 0,
        attachments: [...attachments],
        security,
        outside: outside && { ...outside, attachments: [...outside.attachments] },
        warnings: [...context.inspect(parsed), ...designWarning(clean)],
      }
    },
  }
}
