import type { AttachedMessage } from '../../../shared/features/mail/attached-message'
import type { AttachmentInfo } from '../../../shared/features/mail/model'
import { outsideLines, securityLines } from './security-words'

type Shown = Pick<
  AttachedMessage,
  'security' | 'attachments' | 'blockedRemoteCount' | 'trackerCount' | 'warnings' | 'outside'
> & { text: string | null }

/** What stands below From, To, Date and Subject of a message. */
export const shownLines = (message: Shown): string[] => [
  ...securityLines(message.security),
  ...(message.attachments.length > 0
    ? [`Files:   ${message.attachments.map(each => each.fileName).join(', ')}`]
    : []),
  ...(message.blockedRemoteCount > 0
    ? [`Blocked: ${message.blockedRemoteCount} remote references, ${message.trackerCount} trackers`]
    : []),
  ...message.warnings.map(each => `Warning: ${each.code} ${each.detail}`),
  '',
  message.text ?? '',
  ...outsideLines(message.outside),
]

/** One line a file: part id, size, type, name. */
export const attachmentLine = (each: AttachmentInfo): string =>
  `${each.partId.padEnd(6)} ${String(each.sizeBytes).padStart(10)}  ${each.contentType}  ${each.fileName}${each.danger ? `  (${each.danger})` : ''}`
