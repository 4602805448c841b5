import { readCalendarAddress } from '../../../shared/features/calendar/subscriptions/address'
import type { AccountRoute } from '../../../shared/features/network/model'
import type { PageReason } from '../../../shared/ipc/page-question'
import { ask, type CallGuards, type GuardParts, mustConfirm } from './guard'

type Asked = Readonly<{
  url: string
  follows: readonly string[]
  route: AccountRoute | null
  caPem: string | null
}>

/** An address is a message to whoever is asked for it, again and again: no page sends one by itself. */
export function subscriptionGuards({
  confirm,
  callEngine,
}: GuardParts): Pick<CallGuards, 'subscriptions.add' | 'subscriptions.change'> {
  const mustAgree = async ({ url, follows, route, caPem }: Asked) => {
    const read = readCalendarAddress(url)
    const { accounts } = await ask(callEngine, 'net.status', {})
    const isBare = route?.kind === 'direct' && accounts.some(({ way }) => way !== 'direct')
    const reasons: PageReason[] = [
      ...(isBare ? (['direct'] as const) : []),
      ...(caPem === null ? [] : (['authority'] as const)),
    ]
    // The whole of it: what is told to the server stands in its path.
    const address = 'refused' in read ? url : read.url
    const lines = [
      ...(address.match(/.{1,1000}/gs) ?? []),
      ...follows,
      ...(route?.kind === 'socks5' ? [`SOCKS5 ${route.host}:${route.port}`] : []),
    ]
    await mustConfirm(confirm, { kind: 'subscription', reasons, lines })
  }
  return {
    async 'subscriptions.add'(input) {
      // What is none is refused by the engine, and asks nobody.
      if (!('refused' in readCalendarAddress(input.url))) await mustAgree(input)
      return callEngine('subscriptions.add', input)
    },
    async 'subscriptions.change'(input) {
      const { url, follows, route, caPem } = input
      if (url !== undefined || follows !== undefined || route !== undefined || caPem !== undefined) {
        const before = (await ask(callEngine, 'subscriptions.list', {})).find(
          each => each.calendarId === input.calendarId,
        )
        await mustAgree({
          url: url ?? before?.url ?? '',
          follows: follows ?? before?.follows ?? [],
          route: route ?? null,
          caPem: caPem ?? null,
        })
      }
      return callEngine('subscriptions.change', input)
    },
  }
}
