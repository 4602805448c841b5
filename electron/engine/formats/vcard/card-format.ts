import { createHash } from 'node:crypto'
import type { CardFormat } from '../../ports/contacts/card-format'
import { bytesOf, byteTextOf } from '../content-lines/byte-text'
import { type Card, rawOf } from './card'
import { editCard } from './edit/edit-card'
import { contentOf, mergeCards } from './edit/merge-cards'
import { newCard } from './edit/new-card'
import { withPhoto } from './edit/set-photo'
import { nameOf, readFields } from './fields/read-fields'
import { editMembers, kindOf, membersOf, uidKey, uidOf, withUid } from './group-cards'
import { readCard } from './read-card'

const cardOf = (raw: Uint8Array): Card => readCard(byteTextOf(raw))
const bytes = (card: Card): Uint8Array => bytesOf(rawOf(card))

/** REV as every version takes it, in UTC. */
const revision = (nowMs: number): string =>
  `${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** Cards as bytes. */
export const vcard: Omit<CardFormat, 'readFile'> = {
  make: (uid, fields, isGroup = false) => bytes(newCard(uid, fields, { isGroup })),
  edit: (raw, change, nowMs) => bytes(editCard(cardOf(raw), change, revision(nowMs))),
  withPhoto: (raw, picture, nowMs) => {
    const card = withPhoto(cardOf(raw), picture, revision(nowMs))
    return card === null ? null : bytes(card)
  },
  editMembers: (raw, members) => bytes(editMembers(cardOf(raw), members)),
  merge: (ours, theirs, base) => {
    const merged = mergeCards(cardOf(ours), cardOf(theirs), base === null ? null : cardOf(base))
    return { raw: bytes(merged.card), conflicts: merged.conflicts }
  },
  facts: raw => {
    const card = cardOf(raw)
    const uid = uidOf(card)
    return {
      uid,
      uidKey: uidKey(uid),
      kind: kindOf(card),
      members: membersOf(card),
    }
  },
  nameOf: raw => nameOf(readFields(cardOf(raw))),
  contentKey: raw =>
    createHash('sha256')
      .update(contentOf(cardOf(raw)))
      .digest('base64'),
  withUid: (raw, uid) => bytes(withUid(cardOf(raw), uid)),
}
