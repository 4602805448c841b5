import { z } from 'zod'

/** What the page, the engine and the command line all have, and this room's types do not know (WHATWG URL). */
declare const URL: {
  parse(text: string): Readonly<{
    protocol: string
    host: string
    hostname: string
    pathname: string
    username: string
    password: string
    href: string
  }> | null
}

/**
 * Where meetings take place. `jitsi`: an instance, on which a room is whatever its address says. `opentalk`, `bbb`: the address of a room that was
 * made there before. `own`: any address; `{room}` in it becomes a room that nobody can guess.
 */
export const meetingPlace = z.strictObject({
  kind: z.enum(['jitsi', 'opentalk', 'bbb', 'own']),
  address: z.string().max(500),
})
export type MeetingPlace = z.infer<typeof meetingPlace>

export const meetingKinds = meetingPlace.shape.kind.options

/** Random bytes in the name of a room: 128 bits. */
export const meetingRoomBytes = 16

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** The name of a room from random bytes (base32, RFC 4648 §6, in small letters): no case to get wrong when it is read aloud. */
export function meetingRoom(random: Uint8Array): string {
  let bits = 0
  let held = 0
  let name = ''
  for (const byte of random) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      name += letters[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? name : name + letters[(held << (5 - bits)) & 31]
}

const placeholder = '{room}'

const hostOf = (address: string): string | null =>
  URL.parse(address.replaceAll(placeholder, 'room'))?.host ?? null

/** Where a meeting is when nobody chose: a public Jitsi, which needs no account of those who come. */
const usual: MeetingPlace = { kind: 'jitsi', address: 'https://meet.jit.si' }

/** A place in one word: the host of a Jitsi, or an https address with `{room}` in it. */
export function placeNamed(name: string | undefined): MeetingPlace {
  if (name === undefined) return usual
  if (name.includes(placeholder)) return { kind: 'own', address: name }
  return { kind: 'jitsi', address: `https://${name.replace(/^https:\/\//i, '')}` }
}

/** Words of a title in the name of a room: for those who see the link; they prove nothing. */
const wordsOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)

/** The link of a new meeting, with words of its title before the random ones; null where the address is none: https, a host, and no user or password. */
export function meetingLink({ kind, address }: MeetingPlace, random: Uint8Array, title = ''): string | null {
  const words = wordsOf(title)
  const room = encodeURIComponent(words === '' ? meetingRoom(random) : `${words}-${meetingRoom(random)}`)
  const typed = address.trim()
  // Of `https:///{room}` the room would become the host.
  if (hostOf(typed.replaceAll(placeholder, '')) === null) return null
  const text =
    kind === 'jitsi' && !typed.includes(placeholder) ? `${typed.replace(/\/+$/, '')}/${placeholder}` : typed
  const url = URL.parse(text.replaceAll(placeholder, room))
  if (url === null || url.protocol !== 'https:' || url.host === '') return null
  return url.username !== '' || url.password !== '' ? null : url.href
}

/** Whether everybody who had the link once can come again: nothing in it is new. */
export const isFixedMeeting = ({ kind, address }: MeetingPlace): boolean =>
  kind !== 'jitsi' && !address.includes(placeholder)

/** Rooms of instances that nobody set up here, as their programs write them. */
const known: readonly Readonly<{ host: RegExp; path: RegExp }>[] = [
  // Jitsi Meet
  { host: /^(?:meet\.jit\.si|8x8\.vc|jitsi\.[^/]+|meet\.[^/]+)$/, path: /^\/[^/]{3,200}$/ },
  // OpenTalk
  { host: /(?:^|\.)opentalk\./, path: /^\/(?:room|invite)\/[\w-]{8,100}/ },
  // BigBlueButton behind Greenlight
  { host: /./, path: /^\/(?:b|gl|rooms)\/[a-z0-9]{3}(?:-[a-z0-9]{3}){2,3}(?:\/join)?\/?$/ },
]

/** The host of a link that leads to a meeting; null where it is none that is recognised. */
export function meetingHost(link: string, places: readonly MeetingPlace[]): string | null {
  const url = URL.parse(link)
  if (url === null || url.protocol !== 'https:' || url.username !== '') return null
  const isOwn = places.some(({ address }) => hostOf(address) === url.host) && url.pathname.length > 1
  const isKnown = known.some(({ host, path }) => host.test(url.hostname) && path.test(url.pathname))
  return isOwn || isKnown ? url.host : null
}
