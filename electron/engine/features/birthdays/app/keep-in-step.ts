import type { EventId } from '../../../../../shared/features/calendar/model'
import type { Stop } from '../../../kit/feature'
import type { Needs } from '../../../ports/parts'
import { dayObject } from './day-object'

type Context = Needs<'log', 'calendars' | 'contacts' | 'onChange' | 'settings' | 'transaction'>

const colour = '#8f5902'

/** UIDs and bytes of all days that contacts have. */
function wantedDays({ store }: Context): Map<string, Buffer> {
  const all = new Map<string, Buffer>()
  if (!store.settings.get().birthdayCalendar) return all
  const days = [
    ...store.contacts.birthdays().map(({ id, name, birthday }) => ({
      ...{ kind: 'birthday' as const, name, date: birthday },
      uid: `birthday-${id}`,
    })),
    ...store.contacts.anniversaries().map(({ id, name, anniversary }) => ({
      ...{ kind: 'anniversary' as const, name, date: anniversary },
      uid: `anniversary-${id}`,
    })),
  ]
  for (const day of days) {
    const text = dayObject(day)
    if (text !== null) all.set(day.uid, Buffer.from(text))
  }
  return all
}

/** Makes the calendar what the contacts say. Where nobody has a day, or it is not wanted, there is none. */
function renew(context: Context): void {
  const { store } = context
  store.transaction(() => {
    const wanted = wantedDays(context)
    const there = store.calendars.list().find(({ isOfPeople }) => isOfPeople === true)
    if (wanted.size === 0) {
      if (there) store.calendars.remove(there.id)
      return
    }
    const { id } = there ?? store.calendars.addOfPeople(colour)
    const known = new Map<string, { id: EventId; bytes: Uint8Array }>()
    for (const object of store.calendars.stored(id)) known.set(object.uid, object)
    for (const [uid, bytes] of wanted) {
      const object = known.get(uid)
      if (object === undefined) store.calendars.add(id, bytes)
      else if (!bytes.equals(object.bytes)) store.calendars.replace(object.id, bytes)
    }
    for (const [uid, object] of known) if (!wanted.has(uid)) store.calendars.removeObject(object.id)
  })
}

/** Birthdays and anniversaries of contacts are a calendar of their own, kept in step with the address books. */
export function keepInStep(context: Context): Stop {
  const { store, log } = context
  let soon: NodeJS.Immediate | null = null
  const now = (): void => {
    soon = null
    try {
      renew(context)
    } catch (error) {
      log.error('the calendar of birthdays could not be made', { error })
    }
  }
  now()
  const stop = store.onChange(entity => {
    if (entity === 'contact' || entity === 'settings') soon ??= setImmediate(now)
  })
  return () => {
    stop()
    if (soon !== null) {
      clearImmediate(soon)
      now()
    }
  }
}
