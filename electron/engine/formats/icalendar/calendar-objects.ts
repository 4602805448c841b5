import type { CalendarObjects, EditedBytes, ImportedObject } from '../../ports/calendar/calendar-objects'
import { changeObject, createObject, type Edited, removeFrom } from './edit/edit-object'
import { readObjectBytes } from './event/event-object'
import { organizerOf } from './event/read-event'
import { hasGuests } from './merge/merge-objects'
import { type Component, propertyOf, readComponents, withLine, writeComponent } from './text/component'
import { makeLine } from './text/content-line'
import { writeText } from './text/values'
import { joinFile } from './transfer/join-file'
import { readFeed } from './transfer/read-feed'
import { type FileObject, splitFile } from './transfer/split-file'

/** Bytes one a character, as the readers take them. */
export const asLatin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
const asBytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const written = (calendar: Component): Uint8Array => asBytes(writeComponent(calendar))

const editedBytes = ({ calendar, more, dropped }: Edited): EditedBytes => ({
  bytes: calendar && written(calendar),
  more: more && written(more),
  dropped,
})

const imported = ({ bytes, ...object }: FileObject): ImportedObject => ({
  ...object,
  bytes: asBytes(bytes),
  hasTime: () => object.kind !== 'VEVENT' || !readObjectBytes(bytes).notes.includes('no-start'),
})

/** Calendar objects of RFC 5545. */
export const calendarObjects: CalendarObjects = {
  create: (fields, uid, facts) => written(createObject(fields, uid, facts)),
  change: (bytes, place, fields, uid, facts) =>
    editedBytes(changeObject(readObjectBytes(asLatin1(bytes)), place, fields, uid, facts)),
  remove: (bytes, place, facts) => editedBytes(removeFrom(readObjectBytes(asLatin1(bytes)), place, facts)),
  hasGuests: bytes => hasGuests(asLatin1(bytes)),
  organizer: bytes => {
    const { master, overrides } = readObjectBytes(asLatin1(bytes))
    const event = master ?? overrides[0]
    return event ? (organizerOf(event.component)?.address ?? null) : null
  },
  split: file => splitFile(file).map(imported),
  published: file => {
    const { objects, ...said } = readFeed(file)
    return { ...said, objects: objects.map(imported) }
  },
  *join(objects) {
    for (const piece of joinFile(mapped(objects, asLatin1))) yield asBytes(piece)
  },
  withUid: (bytes, uid) => {
    const [calendar] = readComponents(asLatin1(bytes))
    if (calendar === undefined) return bytes
    const items = calendar.items.map(item =>
      'items' in item && item.name !== 'VTIMEZONE' && propertyOf(item, 'UID') === undefined
        ? withLine(item, 'UID', makeLine('UID', writeText(uid)))
        : item,
    )
    return written({ ...calendar, items })
  },
}

function* mapped<From, To>(all: Iterable<From>, map: (each: From) => To): Generator<To> {
  for (const each of all) yield map(each)
}
