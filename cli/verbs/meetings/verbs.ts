import { randomBytes } from 'node:crypto'
import {
  isFixedMeeting,
  type MeetingPlace,
  meetingHostTyped,
  meetingKinds,
  meetingLink,
  meetingPlaceLimit,
  meetingRoomBytes,
  placeNamed,
} from '../../../shared/features/meetings/places'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

const placesOf = (options: Arguments): Promise<readonly MeetingPlace[]> =>
  withSession(options, async session => (await session.call('settings.get', {})).meetingPlaces)

/** A provider that is named needs no profile: it may be set up in none. */
const placesIfAny = async (options: Arguments): Promise<readonly MeetingPlace[]> => {
  try {
    return await placesOf(options)
  } catch (error) {
    const isOptional = error instanceof SiegelError && ['no-profile', 'locked'].includes(error.code)
    if (isOptional && options.text('provider') !== undefined) return []
    throw error
  }
}

/** A list of providers as it is printed. */
const printed = (places: readonly MeetingPlace[]) => ({
  providers: places.map(({ kind, address, hosts }, at) => ({ number: at + 1, kind, address, hosts })),
})
const lines = (places: readonly MeetingPlace[]): string[] =>
  places.length === 0
    ? ['No provider of meetings is set up.']
    : places.map(({ kind, address, hosts }, at) =>
        [`${at + 1}  ${kind.padEnd(8)}  ${address}`, ...hosts.map(host => `+ ${host}`)].join('  '),
      )

function placeTyped(options: Arguments): MeetingPlace {
  const [address = ''] = options.positionals
  const kindTyped = options.text('kind')
  const kind = meetingKinds.find(each => each === kindTyped)
  if (kindTyped !== undefined && kind === undefined)
    throw new UsageError(`--kind takes one of: ${meetingKinds.join(', ')}`)
  const hosts = options.texts('host').map(typed => {
    const host = meetingHostTyped(typed)
    if (host === null) throw new UsageError(`--host takes HOST or HOST:PORT, not "${typed}"`)
    return host
  })
  if (hosts.length > 10) throw new UsageError('--host can be given ten times at most')
  const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(address)
  const place: MeetingPlace = {
    kind: kind ?? (address.includes('{room}') ? 'own' : 'jitsi'),
    address: isWhole ? address : `https://${address}`,
    hosts,
  }
  if (place.address.length > 500 || meetingLink(place, randomBytes(meetingRoomBytes)) === null)
    throw new UsageError(`"${address}" is no https address of a meeting, or of a place for them`)
  return place
}

/** Meetings by a link: the providers that are set up, and links of them. */
export const meetings: readonly Verb[] = [
  {
    name: 'meet new',
    usage: 'meet new [--provider P] [--title T]',
    about:
      'Make the link of a new meeting that nobody guesses; nothing is asked of anybody. P: a provider that is set up, by its number or host (the first without --provider), or the host of a Jitsi, or an https address with {room} in it',
    options: { provider: { type: 'string' }, title: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      const [provider, title] = [options.text('provider'), options.text('title')]
      const place = placeNamed(provider, await placesIfAny(options))
      if (place === null) throw new SiegelError('meeting-no-place')
      const url = meetingLink(place, randomBytes(meetingRoomBytes), title)
      if (url === null)
        throw new UsageError(
          '--provider takes a provider that is set up, a host, or an https address with {room} in it',
        )
      const isFixed = isFixedMeeting(place)
      const facts = { url, provider: new URL(url).hostname, kind: place.kind, title: title ?? '', isFixed }
      output.result(facts, () => [url])
    },
  },
  {
    name: 'meet providers list',
    usage: 'meet providers list',
    about: 'Show where meetings can take place; the first one is the usual',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const places = await placesOf(options)
      output.result(printed(places), () => lines(places))
    },
  },
  {
    name: 'meet providers add',
    usage: 'meet providers add ADDRESS [--kind jitsi|opentalk|bbb|own] [--host HOST[:PORT]]… [--first]',
    about:
      'Add a provider of meetings: the address of a Jitsi, of a room of OpenTalk or BigBlueButton, or any https address with {room} in it. --host: a further host that its pages need, as for TURN',
    options: {
      kind: { type: 'string' },
      host: { type: 'string', multiple: true },
      first: { type: 'boolean' },
    },
    positionals: [1, 1],
    async run(options, output) {
      const place = placeTyped(options)
      const places = await withSession(options, async session => {
        const before = (await session.call('settings.get', {})).meetingPlaces
        const others = before.filter(each => each.address !== place.address)
        if (others.length >= meetingPlaceLimit)
          throw new SiegelError('too-large', { what: 'meeting providers', limit: meetingPlaceLimit })
        const meetingPlaces = options.flag('first') ? [place, ...others] : [...others, place]
        return (await session.call('settings.set', { meetingPlaces })).meetingPlaces
      })
      output.result(printed(places), () => lines(places))
    },
  },
  {
    name: 'meet providers remove',
    usage: 'meet providers remove PROVIDER',
    about: 'Take a provider of meetings away, by its number, host or address; links of it stay what they are',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const [name = ''] = options.positionals
      const places = await withSession(options, async session => {
        const before = (await session.call('settings.get', {})).meetingPlaces
        const found = placeNamed(name, before)
        if (found === null || !before.includes(found))
          throw new SiegelError('not-found', { what: 'meeting provider', name })
        const meetingPlaces = before.filter(each => each !== found)
        return (await session.call('settings.set', { meetingPlaces })).meetingPlaces
      })
      output.result(printed(places), () => lines(places))
    },
  },
]
