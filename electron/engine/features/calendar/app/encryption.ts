import type { CalendarId, CalendarSummary, EventId } from '../../../../../shared/features/calendar/model'
import type { CollectionProtection } from '../../../../../shared/features/collection-encryption/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { CollectionPlace } from '../../../ports/dav/encrypted-collections'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireCalendar, requireWritable } from './require'
import { placeOf } from './sync'

type Context = Needs<'encryptedCollections', 'calendars'>

/** Most that are named of what stays clear. */
const mostNamed = 1000

/** Calendars of accounts, encrypted and decrypted. What has to change on the server is done by passes (`calendars.sync`). */
export function calendarEncryptionUseCases(
  context: Context,
): Pick<
  UseCases,
  | 'calendars.protection'
  | 'calendars.encrypted'
  | 'calendars.encrypt'
  | 'calendars.decrypt'
  | 'calendars.members'
> {
  const { encryptedCollections: collections } = context
  const writable = (calendarId: CalendarId): CollectionPlace => {
    requireWritable(context, calendarId)
    return requirePlace(context, calendarId)
  }
  return {
    'calendars.protection': ({ calendarId }) => protectionOf(context, calendarId),
    'calendars.encrypted': () =>
      context.store.calendars.list().flatMap(calendar => {
        const place = findPlace(context, calendar)
        const state = place === null ? 'clear' : collections.protection(place).state
        return state === 'clear' ? [] : [{ calendarId: calendar.id, state }]
      }),
    'calendars.encrypt': async ({ calendarId, showsBusy, join }) => {
      await collections.encrypt(writable(calendarId), { showsBusy, join })
      return protectionOf(context, calendarId)
    },
    'calendars.decrypt': async ({ calendarId }) => {
      await collections.decrypt(writable(calendarId))
      return protectionOf(context, calendarId)
    },
    'calendars.members': async ({ calendarId, add, remove }) => {
      await collections.changeMembers(writable(calendarId), { add, remove })
      return protectionOf(context, calendarId)
    },
  }
}

function findPlace(context: Context, { id, accountId }: CalendarSummary): CollectionPlace | null {
  if (accountId === null) return null
  const remote = context.store.calendars.remote(accountId).find(each => each.id === id)
  return remote ? placeOf(context, accountId, remote) : null
}

function requirePlace(context: Context, calendarId: CalendarId): CollectionPlace {
  const place = findPlace(context, requireCalendar(context, calendarId))
  if (place === null)
    throw new SiegelError('unsupported', {
      reason: 'a calendar of this machine is encrypted with its profile',
    })
  return place
}

function protectionOf(context: Context, calendarId: CalendarId): CollectionProtection {
  const place = findPlace(context, requireCalendar(context, calendarId))
  if (place === null)
    return {
      ...{ state: 'clear', showsBusy: false, members: [], madeBy: null },
      ...{ left: 0, staysClear: [], refused: [] },
    }
  const protection = context.encryptedCollections.protection(place)
  const staysClear = protection.staysClear.slice(0, mostNamed).flatMap(id => {
    const detail = context.store.calendars.detail(id as EventId, null, 'UTC')
    return detail ? [{ id, title: detail.title }] : []
  })
  return { ...protection, staysClear }
}
