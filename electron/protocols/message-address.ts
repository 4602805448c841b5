import { attachedPath } from '../../shared/features/mail/attached-message'
import { type DraftId, draftId, type MessageId, messageId } from '../../shared/kit/ids'
import { schemes } from './schemes'

const segments = (url: string, wanted = 'message'): readonly string[] | null => {
  const { host, pathname, search, hash, username, port } = new URL(url)
  if (host !== wanted || search || hash || username || port) return null
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}

const idOf = (text: string | undefined): MessageId | null => {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return null
  const parsed = messageId.safeParse(Number(text))
  return parsed.success ? parsed.data : null
}

/** A message of a mailbox (`attached` empty), or one that came in it as a file. */
type MessagePlace = { messageId: MessageId; attached: string[] }

/** `mail-body://message/<id>`, with `/<partId>` for each message in the message; null for any other shape. */
export const parseBodyAddress = (url: string): MessagePlace | null => {
  const [first, ...rest] = segments(url) ?? []
  const id = idOf(first)
  const attached = attachedPath.safeParse(rest)
  return id === null || !attached.success ? null : { messageId: id, attached: attached.data }
}

/** The address of a body, as Chromium writes it. */
export const bodyAddress = ({
  messageId,
  attached,
}: Readonly<{ messageId: MessageId; attached: readonly string[] }>): string =>
  new URL(`${schemes.mailBody}://message/${[messageId, ...attached.map(encodeURIComponent)].join('/')}`).href

/**
 * `attachment://message/<id>/<partId>`, with `/<partId>` before it for each message in the message; null for any other
 * shape. Part ids may be 200 characters long.
 */
export const parsePartAddress = (url: string): (MessagePlace & { partId: string }) | null => {
  const parts = segments(url)
  const id = idOf(parts?.[0])
  const partId = parts?.at(-1)
  const attached = attachedPath.safeParse(parts?.slice(1, -1))
  if (!parts || parts.length < 2 || id === null || !partId || partId.length > 200 || !attached.success)
    return null
  return { messageId: id, attached: attached.data, partId }
}

/** `attachment://draft/<id>/<n>`, a picture in a text that is being written; null for any other shape. */
export const parseDraftAddress = (url: string): { draftId: DraftId; attachmentId: number } | null => {
  const parts = segments(url, 'draft')
  const id = draftId.safeParse(parts?.[0])
  const attachment = idOf(parts?.[1])
  return parts?.length === 2 && id.success && attachment !== null
    ? { draftId: id.data, attachmentId: attachment }
    : null
}

/** `attachment://remote/<id>/<n>`, an image that was loaded from outside; null for any other shape. */
export const parseRemoteAddress = (url: string): { messageId: MessageId; index: number } | null => {
  const parts = segments(url, 'remote')
  const id = idOf(parts?.[0])
  const index = parts?.[1] ?? ''
  if (parts?.length !== 2 || id === null || !/^\d{1,6}$/.test(index)) return null
  return { messageId: id, index: Number(index) }
}
