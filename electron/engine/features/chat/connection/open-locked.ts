import { answerDue, heartbeatDue, whenToHeal } from '../../../../../shared/features/chat/encryption/healing'
import { wordOfNoKey, wordOfRefusal } from '../../../../../shared/features/chat/encryption/unread'
import type { Undecryptable } from '../../../../../shared/features/chat/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Identity } from '../../../formats/chat/identify'
import type { Locked } from '../../../formats/chat/judge'
import { ns } from '../../../formats/chat/namespaces'
import { type Content, readContent } from '../../../formats/chat/read-content'
import type { Incoming } from '../../../formats/chat/unwrap'
import {
  encryptedElementsOf,
  type ReceivedEncrypted,
  readEncrypted,
} from '../../../formats/omemo/stanza/encrypted'
import { readEnvelope } from '../../../formats/omemo/stanza/envelope'
import { el } from '../../../ports/chat/element'
import type { Decrypted } from '../../../ports/chat/omemo'
import type { ChatParts, Link } from './link'

/** What was in a message that came encrypted; `write` stores the states of keys and is called in the transaction that stores the rest. */
export type Opened = Readonly<{ content: Content; locked: Locked; write: () => void }>

const nothing = (): Content => readContent(el('content', ns.sce))

/** Whose devices may have written it: the one whose address is proven, or in a room without a word of who it was its members. */
function senders(parts: ChatParts, link: Link, identity: Identity, deviceId: number): string[] {
  if (identity.kind === 'person') return [identity.isOwn ? link.own : (identity.sender.split('/')[0] ?? '')]
  if (identity.isOwn) return [link.own]
  if (identity.realJid !== null) return [identity.realJid]
  const here = link.rooms.get(identity.conversation)?.occupants.get(identity.senderName)?.jid
  if (here !== undefined && here !== '') return [here]
  const row = parts.store.chat.conversations.byJid(link.accountId, identity.conversation)
  const members = row === null ? [] : (parts.store.chat.roomOf(row)?.members ?? [])
  return members.filter(jid => parts.store.chat.keys.device(link.accountId, jid, deviceId) !== null)
}

async function unlessDamaged(answer: Promise<Decrypted>): Promise<Decrypted | 'own-keys-damaged'> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof SiegelError && error.code === 'vault-damaged') return 'own-keys-damaged'
    throw error
  }
}

/** What is shown of a message that is not even tried to be opened. */
export function cannotBeOpened(incoming: Incoming): Opened | null {
  const [first] = encryptedElementsOf(incoming.message)
  if (first === undefined) return null
  return {
    content: nothing(),
    locked: { ...silent(first.version, 0, null), isEmpty: false, undecryptable: 'broken' },
    write: () => undefined,
  }
}

/**
 * Opens what a message has for this device. Null where nothing is to be shown and nothing to be kept: a copy, or keys for others alone. Called one
 * after the other for an account.
 */
export async function openLocked(
  parts: ChatParts,
  link: Link,
  incoming: Incoming,
  identity: Identity,
): Promise<Opened | null> {
  const { keys, conversations } = parts.store.chat
  const { accountId } = link
  const own = keys.own(accountId)
  const found = encryptedElementsOf(incoming.message)
  const isBeforeDevice = own === null || incoming.atMs < own.made_at - 60_000
  const first = found[0]
  if (first === undefined) return null
  const unread = (
    word: Undecryptable | null,
    version = first.version,
    deviceId = 0,
    fingerprint: string | null = null,
    write: () => void = () => undefined,
  ): Opened | null =>
    word === null
      ? null
      : {
          content: nothing(),
          locked: {
            ...{ encryption: version, fingerprint, deviceId, undecryptable: word },
            ...{ isEmpty: false, isTextOnly: version === 'omemo' },
          },
          write,
        }
  if (own === null) return unread('before-this-device')
  const reading = { jid: link.own, deviceId: own.device_id }
  const read = found.flatMap(({ version, element }): ReceivedEncrypted[] => {
    const encrypted = readEncrypted(version, element, reading)
    return encrypted === null ? [] : [encrypted]
  })
  if (read.length === 0) return unread('broken')
  const forUs = read.find(({ keys: all }) => all.length > 0)
  if (forUs === undefined) {
    // What this device wrote itself is known by its id and never comes here with a text to show.
    const hasPayload = read.some(({ payload }) => payload !== null)
    const [one] = read
    if (one !== undefined && identity.isOwn && one.senderDeviceId === own.device_id) return null
    return unread(wordOfNoKey({ hasPayload, isBeforeDevice }), one?.version, one?.senderDeviceId)
  }
  const { version, senderDeviceId: deviceId } = forUs
  let last: Extract<Decrypted, { kind: 'refused' }> | null = null
  let lastJid = ''
  for (const jid of senders(parts, link, identity, deviceId))
    for (const key of forUs.keys) {
      const session = keys.session(accountId, jid, deviceId, version)
      const known = keys.device(accountId, jid, deviceId)
      // Its owner's list is read again before the next message goes there.
      if (known === null) link.listsAt.delete(jid)
      const opened = await unlessDamaged(
        parts.vault.omemo.decrypt({
          ...{ accountId, device: own.sealed, nowMs: parts.clock.now() },
          message: {
            version,
            sender: { jid, deviceId },
            sessions: session === null || session.sealed.length === 0 ? null : session.sealed,
            fingerprint: known === null || known.fingerprint === '' ? null : known.fingerprint,
            ...{ key, iv: forUs.iv, payload: forUs.payload },
          },
        }),
      )
      // The own keys are gone: nothing that comes now can be read, and a new device is on its way.
      if (opened === 'own-keys-damaged') return unread('no-session', version, deviceId)
      if (opened.kind === 'refused') {
        last = opened
        lastJid = jid
        continue
      }
      const isKnown = jid === link.own || conversations.isFamiliar(accountId, jid)
      const write = (): void => {
        keys.sealSession(accountId, jid, deviceId, version, opened.sessions)
        if (opened.device !== null) {
          keys.sealOwn(accountId, opened.device)
          keys.setPublished(accountId, false)
        }
        keys.know(accountId, jid, deviceId, opened.fingerprint, true)
        keys.settled(accountId, jid, deviceId, version, null)
        const isDue = answerDue({ isNewSession: opened.isNewSession, isKnown, isCatchingUp: false })
        if (isDue) keys.owe(accountId, jid, deviceId, version, 'answer')
        else if (heartbeatDue(opened, session?.beat ?? null) && isKnown)
          keys.owe(accountId, jid, deviceId, version, 'heartbeat', opened.chain)
      }
      const locked: Locked = {
        ...{ encryption: version, fingerprint: opened.fingerprint, deviceId, undecryptable: null },
        ...{ isEmpty: opened.content === null, isTextOnly: version === 'omemo' },
      }
      if (opened.content === null) return { content: nothing(), locked, write }
      if (version === 'omemo') {
        const text = new TextDecoder('utf-8', { fatal: false }).decode(opened.content)
        // What stands beside it in clear may say what the text is about, and never what it says.
        return { content: readContent(incoming.message, text), locked, write }
      }
      const element = parts.readXml(opened.content)
      const envelope =
        element === null
          ? ('malformed' as const)
          : readEnvelope(element, {
              sender: jid,
              room: identity.kind === 'room' ? identity.conversation : null,
            })
      if (typeof envelope === 'string') {
        parts.log.warn('the inside of an encrypted message was refused', { reason: envelope })
        return unread('broken', version, deviceId, opened.fingerprint, write)
      }
      const content = readContent(el('content', ns.sce, {}, ...envelope.content))
      // Whether an answer is wanted stands beside it: it changes nothing of what is shown.
      const { asksReceipt, isMarkable } = readContent(incoming.message)
      return { content: { ...content, asksReceipt, isMarkable }, locked, write }
    }
  if (last === null) return unread(isBeforeDevice ? 'before-this-device' : 'no-session', version, deviceId)
  const { reason, fingerprint } = last
  const isKnown = lastJid === link.own || conversations.isFamiliar(accountId, lastJid)
  const word = wordOfRefusal(reason, { hasPayload: forUs.payload !== null, isBeforeDevice })
  const session = keys.session(accountId, lastJid, deviceId, version)
  const healing = whenToHeal({
    ...{ reason, isKnown, isCatchingUp: !link.isCaughtUp, nowMs: parts.clock.now() },
    memory:
      session === null || session.heal_attempts === 0
        ? null
        : { attempts: session.heal_attempts, lastAtMs: session.healed_at },
  })
  // A device that a person rejected is not spoken to.
  const isHealed = healing !== 'never' && keys.device(accountId, lastJid, deviceId)?.trust !== 'rejected'
  // Owed, whenever it may be: what is owed is sent after catch-up, and not before the pause is over.
  const write = (): void => {
    if (isHealed) keys.owe(accountId, lastJid, deviceId, version, 'heal')
  }
  if (word === null) {
    if (!isHealed) return null
    return { content: nothing(), locked: { ...silent(version, deviceId, fingerprint) }, write }
  }
  return unread(word, version, deviceId, fingerprint, write)
}

const silent = (encryption: Locked['encryption'], deviceId: number, fingerprint: string | null): Locked => ({
  ...{ encryption, fingerprint, deviceId, undecryptable: null, isEmpty: true },
  isTextOnly: encryption === 'omemo',
})
