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
  /** Further hosts that its pages need, as `host` or `host:port`: TURN servers, and OpenTalk's controller and media. */
  hosts: z.array(z.string().max(260)).max(10).default([]),
})
export type MeetingPlace = z.infer<typeof meetingPlace>

export const meetingKinds = meetingPlace.shape.kind.options

/** How many places can be set up. */
export const meetingPlaceLimit = 10

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

/** Where a link to a place leads, to name it by; the address as it is where it leads nowhere. */
export const placeName = ({ address }: MeetingPlace): string => hostOf(address) ?? address

/**
 * The place that was meant by a word: one of those that are set up by its number (1 is the first), host or address, or else the host of a Jitsi, or an
 * address with `{room}` in it. Without a word the first; null where none is set up.
 */
export function placeNamed(name: string | undefined, places: readonly MeetingPlace[]): MeetingPlace | null {
  if (name === undefined) return places[0] ?? null
  const known = places.find(
    (place, at) => String(at + 1) === name || placeName(place) === name || place.address === name,
  )
  if (known !== undefined) return known
  if (name.includes(placeholder)) return { kind: 'own', address: name, hosts: [] }
  return { kind: 'jitsi', address: `https://${name.replace(/^https:\/\//i, '')}`, hosts: [] }
}

/** A further host as it is typed, in the form that is compared; null where it is none. Port 443 is left out. */
export function meetingHostTyped(text: string): string | null {
  const typed = text.trim()
  const url = URL.parse(`https://${typed}`)
  return url === null || /[/@?#\s\\]/.test(typed) || url.host === '' ? null : url.host
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
export function meetingLink(
  { kind, address }: Pick<MeetingPlace, 'kind' | 'address'>,
  random: Uint8Array,
  title = '',
): string | null {
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
export const isFixedMeeting = ({ kind, address }: Pick<MeetingPlace, 'kind' | 'address'>): boolean =>
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

/**
 * What a link to a meeting leads to: the address as it is opened, its host (with a port that is not 443), and the further hosts of its place where the
 * person set one up with that host. Null where it is no https address with a host, or carries a user.
 */
export function meetingPlacesOf(
  link: string,
  places: readonly MeetingPlace[],
): Readonly<{ url: string; host: string; hosts: string[]; isOwn: boolean }> | null {
  const url = URL.parse(link)
  if (url === null || url.protocol !== 'https:' || url.host === '') return null
  if (url.username !== '' || url.password !== '') return null
  const own = places.filter(({ address }) => hostOf(address) === url.host)
  const hosts = [...new Set(own.flatMap(place => place.hosts))].filter(each => each !== url.host)
  return { url: url.href, host: url.host, hosts, isOwn: own.length > 0 }
}

/** The host of a link that leads to a meeting; null where it is none that is recognised. */
export function meetingHost(link: string, places: readonly Pick<MeetingPlace, 'address'>[]): string | null {
  const url = URL.parse(link)
  if (url === null || url.protocol !== 'https:' || url.username !== '') return null
  const isOwn = places.some(({ address }) => hostOf(address) === url.host) && url.pathname.length > 1
  const isKnown = known.some(({ host, path }) => host.test(url.hostname) && path.test(url.pathname))
  return isOwn || isKnown ? url.host : null
}
