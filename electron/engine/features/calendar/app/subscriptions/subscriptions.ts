import {
  type CalendarAddress,
  readCalendarAddress,
} from '../../../../../../shared/features/calendar/subscriptions/address'
import type { CalendarSubscription } from '../../../../../../shared/features/calendar/subscriptions/model'
import type { AccountRoute, ShownRoute } from '../../../../../../shared/features/network/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { SubscriptionPlace, SubscriptionRow } from '../../../../ports/calendar/subscription-store'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { readPublished } from '../../subscriptions/take-calendar'
import { colourOf } from '../calendars'

type Context = Needs<'calendarObjects' | 'subscriptions', 'calendars' | 'settings' | 'subscriptions'>

const minuteMs = 60_000

/** Calendars that are published at an address. */
export function subscriptionUseCases(
  context: Context,
): Pick<
  UseCases,
  'subscriptions.list' | 'subscriptions.add' | 'subscriptions.change' | 'subscriptions.refresh'
> {
  const { store, subscriptions } = context
  const refuseTwice = (url: string): void => {
    const there = store.subscriptions.list().find(each => each.url === url)
    if (there === undefined) return
    const name = store.calendars.get(there.calendarId)?.name ?? ''
    throw new SiegelError('subscription-there-already', { name })
  }
  return {
    'subscriptions.list': () => store.subscriptions.list().map(shown),
    'subscriptions.add': async input => {
      const { url } = addressOf(input.url)
      refuseTwice(url)
      const place: SubscriptionPlace = {
        url,
        route: input.route,
        follows: input.follows,
        caPem: input.caPem,
        intervalMs: input.intervalMinutes === null ? null : input.intervalMinutes * minuteMs,
      }
      const fetched = await firstAnswer(context, place)
      const published = fetched && readPublished(context, fetched.bytes)
      const name = freeName(context, input.name ?? (published?.name || addressOf(url).host))
      refuseTwice(url)
      const colour = input.colour ?? published?.colour ?? colourOf(store.calendars.list().length)
      const calendarId = store.subscriptions.add({ name, colour }, place)
      if (fetched === null) return { calendarId, outcome: 'waits' }
      const { outcome } = await subscriptions.take(calendarId, fetched)
      return { calendarId, outcome }
    },
    'subscriptions.change': async ({ calendarId, url, intervalMinutes, follows, route, caPem }) => {
      const before = store.subscriptions.get(calendarId)
      if (before === null) throw new SiegelError('not-found', { what: 'calendar' })
      const next = url === undefined ? before.url : addressOf(url).url
      if (next !== before.url) refuseTwice(next)
      // What is on its way goes the old one.
      await subscriptions.stop(calendarId)
      store.subscriptions.change(
        calendarId,
        {
          ...(next === before.url ? {} : { url: next }),
          ...(follows === undefined ? {} : { follows }),
          ...(route === undefined ? {} : { route }),
          ...(caPem === undefined ? {} : { caPem }),
          ...(intervalMinutes === undefined
            ? {}
            : { intervalMs: intervalMinutes === null ? null : intervalMinutes * minuteMs }),
        },
        0,
      )
      return {}
    },
    'subscriptions.refresh': async ({ calendarId }) => {
      const ids = calendarId === null ? store.subscriptions.list().map(each => each.calendarId) : [calendarId]
      const all = []
      for (const id of ids) all.push({ calendarId: id, ...(await subscriptions.refresh(id)) })
      return all
    },
  }
}

/** What the address gives; null offline, where it is asked later. */
async function firstAnswer({ subscriptions, store }: Context, place: SubscriptionPlace) {
  if (store.settings.get().offline) return null
  const fetched = await subscriptions.look(place)
  return fetched.kind === 'calendar' ? fetched : null
}

function addressOf(text: string): CalendarAddress {
  const read = readCalendarAddress(text)
  if ('refused' in read) throw new SiegelError('subscription-address', { reason: read.refused })
  return read
}

/** Two of one name cannot be told apart. */
function freeName({ store }: Context, name: string): string {
  const taken = new Set(store.calendars.list().map(each => each.name.toLowerCase()))
  let own = name
  for (let count = 2; taken.has(own.toLowerCase()); count++) own = `${name} ${count}`
  return own
}

const shown = ({
  calendarId,
  url,
  route,
  follows,
  intervalMs,
  nextAtMs,
  state,
}: SubscriptionRow): CalendarSubscription => ({
  calendarId,
  url,
  route: shownRoute(route),
  follows: [...follows],
  intervalMinutes: intervalMs === null ? null : Math.round(intervalMs / minuteMs),
  suggestedMinutes: state.suggestedMs === null ? null : Math.round(state.suggestedMs / minuteMs),
  checkedAtMs: state.checkedAtMs,
  changedAtMs: state.changedAtMs,
  nextAtMs,
  problem: state.problem,
  leftOut: state.leftOut,
})

/** Without the password of the proxy: it goes in and never comes out. */
function shownRoute(route: AccountRoute | null): ShownRoute {
  if (route === null) return { kind: 'unreadable', proxy: null }
  if (route.kind !== 'socks5') return { kind: route.kind, proxy: null }
  return { kind: 'socks5', proxy: { host: route.host, port: route.port, user: route.login?.user ?? null } }
}
