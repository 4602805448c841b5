import { withoutTraces } from '../../pictures/metadata/attachment-traces'
import { type Card, propertiesOf } from '../card'
import { pictureType } from '../fields/photo'
import type { WrittenValue } from '../property-value'
import { CardLines } from './edit-lines'

/**
 * The card with this picture inside it, or with none. The place where it was taken, the camera and whatever else is not shown is taken
 * out before. Null where the bytes are no picture that cards can hold.
 */
export function withPhoto(
  card: Card,
  picture: Uint8Array | null,
  revision: string | null = null,
): Card | null {
  const lines = new CardLines(card)
  const [first, ...others] = propertiesOf(card, 'PHOTO')
  for (const each of others) lines.remove(each)
  if (picture === null) {
    if (first !== undefined) lines.remove(first)
  } else {
    const type = pictureType(picture)
    if (type === undefined) return null
    const written = writtenPhoto(card.version, type, Buffer.from(withoutTraces(picture)).toString('base64'))
    if (first === undefined) lines.add({ name: 'PHOTO' }, written)
    else lines.replace(first, written, { parameters: [] })
  }
  const [stamp] = propertiesOf(card, 'REV')
  if (stamp !== undefined && revision !== null) lines.replace(stamp, { value: revision, parameters: [] })
  return lines.card
}

/** A data URI (RFC 6350 §6.2.4), ENCODING=b (RFC 2426 §3.1.4), or BASE64 as it was in 2.1. */
function writtenPhoto(version: Card['version'], type: string, base64: string): WrittenValue {
  if (version === '4.0') return { value: `data:${type};base64,${base64}`, parameters: [] }
  return {
    value: base64,
    parameters: [
      { name: 'ENCODING', values: [version === '3.0' ? 'b' : 'BASE64'] },
      { name: 'TYPE', values: [type.slice('image/'.length).toUpperCase()] },
    ],
  }
}
