import { newUid } from '../../../../kit/objects/new-uid'
import type { Needs } from '../../../../ports/parts'
import { gardenGroup, sampleContacts } from './sample/sample-contacts'
import { sampleEvents, sampleOrganizer } from './sample/sample-events'
import { sampleTodos } from './sample/sample-todos'

type Context = Needs<
  'calendarObjects' | 'cards' | 'clock' | 'random' | 'todoFormat',
  'calendars' | 'contacts'
>

const name = 'Beispiel · Sample'

/** Events, to-dos and contacts of the sample go into a calendar and an address book of their own, which can be deleted with all of them. */
export function addSampleCollections(context: Context): void {
  addCalendar(context)
  addContacts(context)
}

function addCalendar({ store, clock, random, todoFormat, calendarObjects }: Context): void {
  if (store.calendars.list().some(each => each.name === name)) return
  const { id } = store.calendars.addLocal({ name, colour: '#4e9a06' })
  const nowMs = clock.now()
  for (const { change, parts } of sampleTodos(nowMs)) {
    const uid = newUid({ random })
    store.calendars.add(id, todoFormat.create(change, uid, nowMs))
    for (const part of parts)
      store.calendars.add(id, todoFormat.create({ ...part, parentUid: uid }, newUid({ random }), nowMs))
  }
  const facts = { nowMs, raisesSequence: false, organizer: sampleOrganizer }
  for (const fields of sampleEvents(nowMs))
    store.calendars.add(id, calendarObjects.create(fields, newUid({ random }), facts))
}

function addContacts({ store, clock, random, cards }: Context): void {
  if (store.contacts.books().some(each => each.name === name)) return
  const bookId = store.contacts.addBook(name)
  const members: { uid: string; address: string }[] = []
  for (const { fields, inGarden } of sampleContacts(clock.now())) {
    const uid = newUid({ random })
    store.contacts.add({ bookId, raw: cards.make(uid, fields) })
    if (inGarden) members.push({ uid, address: '' })
  }
  const group = cards.make(newUid({ random }), { displayName: gardenGroup }, true)
  store.contacts.add({ bookId, raw: cards.editMembers(group, members) })
}
