import { isAttachedMessage } from '../../../../../../shared/features/mail/attached-message'
import { SiegelError } from '../../../../../../shared/kit/result'
import { requireParsed } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { openAttached } from './open-attached'
import { readOpenedPart } from './opened-part'
import { wholeMessage } from './whole-message'

/** Attachments of a message: one read, one saved, all saved. */
export function attachmentFileUseCases(
  context: Needs<
    'clock' | 'emit' | 'files' | 'mime' | 'opened' | 'protection' | 'sync' | 'vault',
    'messages' | 'openpgp'
  >,
): Pick<UseCases, 'attachments.read' | 'attachments.save'> {
  return {
    'attachments.read': async ({ messageId, attached = [], partId }) => {
      await wholeMessage(context, messageId)
      const part = readOpenedPart(context, await openAttached(context, messageId, attached), partId)
      if (!part) throw new SiegelError('not-found', { what: 'attachment' })
      return { fileName: part.info.fileName, contentType: part.info.contentType, bytes: part.bytes }
    },
    'attachments.save': async ({ messageId, attached = [], partId, directory }) => {
      await wholeMessage(context, messageId)
      const opened = await openAttached(context, messageId, attached)
      const wanted = [
        ...requireParsed(opened).attachments,
        // Files beside the protection are saved one by one, by who means them.
        ...(partId === null ? [] : (opened.outside?.attachments ?? [])),
      ].filter(each => (partId === null ? !each.inline || isAttachedMessage(each) : each.partId === partId))
      if (partId !== null && wanted.length === 0) throw new SiegelError('not-found', { what: 'attachment' })
      const saved: string[] = []
      for (const { partId: each } of wanted) {
        const part = readOpenedPart(context, opened, each)
        if (part) saved.push(await context.files.writeNew(directory, part.info.fileName, part.bytes))
      }
      return { saved }
    },
  }
}
