import { type MessageId, messageId } from '../../shared/model/ids'

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

/** `mail-body://message/<id>`; null for any other shape. */
export const parseBodyAddress = (url: string): MessageId | null => {
  const parts = segments(url)
  return parts?.length === 1 ? idOf(parts[0]) : null
}

/** `attachment://message/<id>/<partId>`; null for any other shape. Part ids may be 200 characters long. */
export const parsePartAddress = (url: string): { messageId: MessageId; partId: string } | null => {
  const parts = segments(url)
  const id = idOf(parts?.[0])
  const partId = parts?.[1]
  if (parts?.length !== 2 || id === null || !partId || partId.length > 200) return null
  return { messageId: id, partId }
}

/** `attachment://remote/<id>/<n>`, an image that was loaded from outside; null for any other shape. */
export const parseRemoteAddress = (url: string): { messageId: MessageId; index: number } | null => {
  const parts = segments(url, 'remote')
  const id = idOf(parts?.[0])
  const index = parts?.[1] ?? ''
  if (parts?.length !== 2 || id === null || !/^\d{1,6}$/.test(index)) return null
  return { messageId: id, index: Number(index) }
}
