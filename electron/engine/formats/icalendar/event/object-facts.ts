import { asLatin1 } from '../calendar-objects'
import { readObjectBytes } from './event-object'

/** UID and kind (`VEVENT`, `VTODO` ...) of an object, which may be anything: what cannot be read is an event without a UID. */
export function factsOf(bytes: Uint8Array): Readonly<{ uid: string; kind: string }> {
  try {
    const { uid, kind } = readObjectBytes(asLatin1(bytes))
    return { uid, kind }
  } catch {
    return { uid: '', kind: 'VEVENT' }
  }
}
