import { afterHealing, healableAtMs } from '../../../../../shared/features/chat/encryption/healing'
import { SiegelError } from '../../../../../shared/kit/result'
import {
  type Envelope,
  writeClear,
  writeEncryptedMessage,
  writeKeysOnly,
} from '../../../formats/chat/write-message'
import { randomUuid } from '../../../kit/objects/new-uid'
import type { Saying } from '../../../ports/chat/saying'
import { serialize } from '../../../ports/chat/serialize'
import type { OutgoingRow } from '../store/outgoing'
import type { ConversationRow } from '../store/rows'
import { devicesText, encryptFor, encryptNothing, planFor } from './encrypt'
import type { ChatParts, Link } from './link'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Who reads what is written in a conversation; of a room all members, those who are away too. */
function readersOf(parts: ChatParts, link: Link, row: ConversationRow): string[] {
  if (row.kind === 'person') return [row.jid.split('/')[0] ?? row.jid]
  return [...(parts.store.chat.roomOf(row)?.members ?? [])].filter(jid => jid !== link.own)
}

const envelopeOf = (parts: ChatParts, link: Link, row: ConversationRow, stanza: string): Envelope => {
  const settings = parts.settingsOf(link.accountId)
  const isPrivate = row.kind === 'person' && row.jid.includes('/')
  return {
    ...{ to: row.jid, kind: row.kind, isPrivate, id: stanza },
    asksReceipt: settings.receipts,
    asksMarker: settings.markers,
  }
}

/** Whether a conversation can take something now. */
function canSend(link: Link, row: ConversationRow): boolean {
  if (row.kind === 'room') {
    const room = link.rooms.get(row.jid)
    return room?.state === 'joined' && room.isCaughtUp
  }
  if (!row.jid.includes('/')) return true
  const room = link.rooms.get(row.jid.slice(0, row.jid.indexOf('/')))
  return room?.state === 'joined'
}

/** What came of one row: it left, waits for something, or failed. */
type Sent = 'sent' | 'waits' | 'failed'

async function sendOne(parts: ChatParts, link: Link, row: OutgoingRow): Promise<Sent> {
  const { chat } = parts.store
  const conversation = chat.conversations.get(row.conversation)
  if (conversation === null) return 'failed'
  if (!canSend(link, conversation)) {
    chat.outgoing.waitsFor(row.id, 'connection')
    return 'waits'
  }
  const isEncrypted = conversation.mode === 'encrypted' && row.in_clear === 0
  if (conversation.hold !== null && isEncrypted) {
    chat.outgoing.waitsFor(row.id, 'decision')
    return 'waits'
  }
  const kept = conversation.kind === 'room' ? chat.roomOf(conversation) : null
  if (kept !== null && isEncrypted && !(kept.isMembersOnly && kept.showsAddresses)) {
    chat.conversations.change(conversation.id, { hold: 'room-open' })
    chat.outgoing.waitsFor(row.id, 'decision')
    return 'waits'
  }
  // Written by this program, in this store.
  const saying = JSON.parse(row.content) as Saying
  const readers = readersOf(parts, link, conversation)
  let { bytes } = row
  const plan = isEncrypted && bytes !== null ? planFor(parts, link, readers) : null
  // What was made and not handed over is sent as it is, unless others read now than then.
  if (plan !== null && plan.hold === null && devicesText(plan) !== row.devices) bytes = null
  if (bytes === null) {
    const envelope = envelopeOf(parts, link, conversation, row.stanza)
    if (isEncrypted) {
      const room = conversation.kind === 'room' ? conversation.jid : null
      const made = await encryptFor(parts, link, readers, saying, room, ({ elements, devices, write }) => {
        const [first] = elements
        const stanza =
          first === undefined
            ? // Nobody reads the new form, and the old one has no place for this.
              writeClear(saying, envelope)
            : writeEncryptedMessage(saying, envelope, elements)
        const isOld = elements.some(({ version }) => version === 'omemo')
        const encryption = first === undefined ? 'none' : isOld ? 'omemo' : 'omemo2'
        chat.outgoing.made(row.id, bytesOf(serialize(stanza)), encryption, devices, write)
      })
      if (made.held !== null) {
        if (made.held !== 'own-keys') chat.conversations.change(conversation.id, { hold: made.held })
        chat.outgoing.waitsFor(row.id, 'decision')
        return 'waits'
      }
      bytes = chat.outgoing.get(row.id)?.bytes ?? null
      // It was taken back while keys were asked for.
      if (bytes === null) return 'failed'
    } else {
      bytes = bytesOf(serialize(writeClear(saying, envelope)))
      chat.outgoing.made(row.id, bytes, 'none', '', () => undefined)
    }
  }
  try {
    if (!link.session.send(bytes, { id: row.stanza })) {
      chat.outgoing.waitsFor(row.id, 'connection')
      return 'waits'
    }
  } catch (error) {
    if (!(error instanceof SiegelError) || error.code !== 'too-large') throw error
    chat.outgoing.fail(row.id, { cause: 'too-large', detail: 'too-large' })
    return 'failed'
  }
  chat.outgoing.setState(row.id, 'handed')
  return 'sent'
}

/**
 * Hands over what may leave now, in the order in which it was written in each conversation. The result is when something is due next, in ms since 1970;
 * null where nothing waits for a time.
 */
export function pump(parts: ChatParts, link: Link): Promise<number | null> {
  return link.oneRound(async () => {
    let next: number | null = null
    const held = new Set<number>()
    for (const row of parts.store.chat.outgoing.waiting(link.accountId)) {
      if (!link.isCaughtUp || link.bound === null) return next
      if (held.has(row.conversation)) continue
      const nowMs = parts.clock.now()
      if (row.not_before > nowMs) {
        next = Math.min(next ?? row.not_before, row.not_before)
        held.add(row.conversation)
        continue
      }
      // It may have been taken back, or held, since the list was read.
      const current = parts.store.chat.outgoing.get(row.id)
      if (current === null || (current.state !== 'held' && current.state !== 'ready')) continue
      const sent = await sendOne(parts, link, current)
      if (sent === 'sent') link.sent += 1
      if (sent === 'waits') held.add(row.conversation)
    }
    link.changed()
    return next
  })
}

/**
 * Sends empty messages that are owed to devices: answers, heartbeats, and one healing a device, however many messages of it could not be read. The result is
 * when the pause of a healing ends next, in ms since 1970; null where none waits.
 */
export function settleOwed(parts: ChatParts, link: Link): Promise<number | null> {
  // Two rounds at once would heal a device twice.
  return link.oneRound(() => settleNow(parts, link))
}

async function settleNow(parts: ChatParts, link: Link): Promise<number | null> {
  const { keys } = parts.store.chat
  let next: number | null = null
  for (const owed of keys.owed(link.accountId)) {
    if (!link.isCaughtUp || link.bound === null) return null
    const memory =
      owed.heal_attempts === 0 ? null : { attempts: owed.heal_attempts, lastAtMs: owed.healed_at }
    const nowMs = parts.clock.now()
    const isHeal = owed.owes === 'heal'
    const dueMs = isHeal ? healableAtMs(memory, nowMs) : nowMs
    if (dueMs > nowMs) {
      next = Math.min(next ?? dueMs, dueMs)
      continue
    }
    const after = isHeal ? afterHealing(memory, nowMs) : memory
    const device = { jid: owed.jid, deviceId: owed.device_id, version: owed.version }
    const settle = (): void => keys.settled(link.accountId, owed.jid, owed.device_id, owed.version, after)
    const isMade = await encryptNothing(parts, link, device, isHeal, (element, write) => {
      parts.store.chat.transaction(() => {
        write()
        settle()
      })
      // Its loss is healed by the next message; the key is used either way.
      link.session.tell(writeKeysOnly(owed.jid, randomUuid(parts.random), element))
    })
    if (!isMade) settle()
  }
  link.changed()
  return next
}
