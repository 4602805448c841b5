/** Where a meeting is when nobody chose: a public Jitsi, which needs no account of those who come. */
const usualProvider = 'meet.jit.si'

/** Bits that nobody guesses. */
export const meetingRoomBytes = 16

export type MeetingLink = Readonly<{ url: string; provider: string }>

/**
 * The address of a new meeting. `provider`: a host that speaks Jitsi, or an https address in which {room} stands. `random`: `meetingRoomBytes`
 * of them; the title goes before, for those who see the link, and proves nothing. Null for what is no provider.
 */
export function meetingLink(
  random: Uint8Array,
  { provider = usualProvider, title = '' }: Readonly<{ provider?: string; title?: string }>,
): MeetingLink | null {
  const secret = [...random].map(byte => byte.toString(16).padStart(2, '0')).join('')
  const words = title
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  const room = encodeURIComponent(words === '' ? secret : `${words}-${secret}`)
  const template = provider.includes('{room}')
    ? provider
    : `https://${provider.replace(/^https:\/\//i, '').replace(/\/+$/, '')}/{room}`
  const text = template.replaceAll('{room}', room)
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hostname === '')
    return null
  return { url: url.href, provider: url.hostname }
}
