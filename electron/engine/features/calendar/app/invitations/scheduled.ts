import { isServiceOn } from '../../../../../../shared/features/accounts/services'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { newUid } from '../../../../kit/objects/new-uid'
import { requireAccount } from '../../../../kit/require'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { requireEvent } from '../require'
import { ownBusy } from './own-busy'
import { ownAddresses } from './read-mail'
import { invitationsTo, startAll } from './tell-guests'

/** What a server that schedules did for us, and what it did not. */
export function scheduledUseCases(
  context: Needs<
    'clock' | 'dav' | 'invitations' | 'post' | 'random',
    'accounts' | 'calendars' | 'transaction'
  >,
): Pick<UseCases, 'invitations.undelivered' | 'invitations.sendByMail' | 'calendars.freeBusy'> {
  const { store, invitations, dav, clock } = context
  const undelivered = (bytes: Uint8Array) => {
    const organizer = invitations.organizer(bytes)?.address.toLowerCase()
    return invitations
      .deliveries(bytes)
      .filter(({ address, isFailed }) => isFailed && address !== organizer)
      .slice(0, 1_000)
      .map(({ address, code }) => ({ address, code }))
  }
  const guestsOf = (bytes: Uint8Array, zone: string): string[] => {
    const inviter = invitations.organizer(bytes)?.address.toLowerCase()
    const people = invitations.shown(bytes, null, zone)?.attendees ?? []
    return people.map(({ address }) => address).filter(each => each.toLowerCase() !== inviter)
  }
  /** The account that is asked: the one that is named, or the first with a calendar on a server that schedules. */
  const asking = (accountId: AccountId | null): AccountId => {
    if (accountId !== null) return requireAccount(context, accountId).id
    const able = store.accounts.list().filter(account => isServiceOn(account, 'dav'))
    const calendars = store.calendars.list()
    const found =
      able.find(({ id }) =>
        calendars.some(each => each.accountId === id && store.calendars.schedules(each.id)),
      ) ?? able[0]
    if (!found) throw new SiegelError('not-found', { what: 'service', name: 'dav' })
    return found.id
  }
  return {
    'invitations.undelivered': ({ eventId }) => undelivered(requireEvent(context, eventId).bytes),
    'invitations.sendByMail': async ({ eventId, everybody, ...telling }) => {
      const { bytes } = requireEvent(context, eventId)
      const guests = everybody
        ? guestsOf(bytes, telling.zone)
        : undelivered(bytes).map(({ address }) => address)
      const letters = await invitationsTo(context, bytes, guests, telling)
      const items = store.transaction(() => letters.map(each => each.enqueue()))
      return { mails: await startAll(letters, items) }
    },
    'calendars.freeBusy': async ({ accountId, addresses, fromMs, toMs, zone, exceptUid }) => {
      if (toMs <= fromMs) throw new SiegelError('bad-request', { field: 'toMs' })
      const uid = newUid(context)
      const own = new Set(
        ownAddresses(context, null).flatMap(({ mine }) => mine.map(each => each.toLowerCase())),
      )
      const others = addresses.filter(each => !own.has(each.toLowerCase()))
      const answers =
        others.length === 0
          ? []
          : await dav.freeBusy(asking(accountId), organizer =>
              invitations.freeBusyRequest({
                ...{ uid, organizer, addresses: others, fromMs, toMs, nowMs: clock.now() },
              }),
            )
      const mine = ownBusy(context, { fromMs, toMs, zone, exceptUid, own })
      return addresses.map(address => {
        if (own.has(address.toLowerCase())) return { address, status: '', isKnown: true, busy: mine }
        const found = answers.find(each => each.address === address.toLowerCase())
        const isKnown = found?.bytes != null && found.status.startsWith('2')
        return {
          ...{ address, status: found?.status ?? '', isKnown },
          busy: found?.bytes && isKnown ? [...invitations.busy(found.bytes)] : [],
        }
      })
    },
  }
}
