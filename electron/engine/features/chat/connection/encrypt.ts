import {
  type KnownDevice,
  planSending,
  type SendingPlan,
} from '../../../../../shared/features/chat/encryption/recipients'
import type { ChatHold } from '../../../../../shared/features/chat/model'
import { bodyElement, contentOf } from '../../../formats/chat/write-message'
import { readBundle } from '../../../formats/omemo/stanza/bundle'
import { writeEncrypted } from '../../../formats/omemo/stanza/encrypted'
import { paddingLetters, writeEnvelope } from '../../../formats/omemo/stanza/envelope'
import { bundlePlace, versionsByWorth } from '../../../formats/omemo/stanza/names'
import type { Element } from '../../../ports/chat/element'
import type { Encrypted, OmemoBundle, OmemoRecipient, OmemoVersion } from '../../../ports/chat/omemo'
import type { Saying } from '../../../ports/chat/saying'
import { serialize } from '../../../ports/chat/serialize'
import type { ChatParts, Link } from './link'
import { refreshDevices } from './own-device'
import { items } from './pubsub'

/** Lists are asked for again after this long; a change is told of in between where the server does that. */
const listsLastMs = 3_600_000
/** A bundle that was refused is not asked for again for this long. */
const refusedLastsMs = 60_000

export type Encryption = Readonly<
  | { held: ChatHold }
  | {
      held: null
    }
>
/** What is to be stored when something was encrypted; `write` stores the states of keys and belongs into the same transaction. */
type Store = (
  made: Readonly<{
    elements: readonly Readonly<{ version: OmemoVersion; element: Element }>[]
    devices: string
    write: () => void
  }>,
) => void

const keyOf = (jid: string, deviceId: number, version: OmemoVersion): string =>
  `${jid}/${deviceId}/${version}`

function knownDevices(parts: ChatParts, link: Link, people: readonly string[]): KnownDevice[] {
  const { keys } = parts.store.chat
  const nowMs = parts.clock.now()
  return [...new Set([...people, link.own])].flatMap(jid =>
    keys.devices(link.accountId, jid).map(row => ({
      ...{ jid, deviceId: row.device_id, trust: row.trust },
      listed: versionsByWorth.filter(
        version => row.is_active === 1 && row.versions.split(',').includes(version),
      ),
      refused: versionsByWorth.filter(
        version =>
          (link.refusedAt.get(keyOf(jid, row.device_id, version)) ?? -refusedLastsMs) + refusedLastsMs >
          nowMs,
      ),
      sessions: versionsByWorth.filter(
        version => (keys.session(link.accountId, jid, row.device_id, version)?.sealed.length ?? 0) > 0,
      ),
    })),
  )
}

/** For whom something in a conversation would be encrypted, by what is known now. */
export const planFor = (parts: ChatParts, link: Link, people: readonly string[]): SendingPlan | null => {
  const own = parts.store.chat.keys.own(link.accountId)
  if (own === null) return null
  return planSending({
    people,
    devices: knownDevices(parts, link, people),
    own: { jid: link.own, deviceId: own.device_id },
  })
}

export const devicesText = ({ targets }: SendingPlan): string =>
  targets
    .map(({ jid, deviceId, version }) => keyOf(jid, deviceId, version))
    .sort()
    .join(' ')

/** Devices of all who will read are known, by lists that are not old. */
async function askForDevices(parts: ChatParts, link: Link, people: readonly string[]): Promise<void> {
  const nowMs = parts.clock.now()
  for (const jid of people)
    if ((link.listsAt.get(jid) ?? -listsLastMs) + listsLastMs <= nowMs) await refreshDevices(parts, link, jid)
}

async function bundleOf(
  link: Link,
  jid: string,
  deviceId: number,
  version: OmemoVersion,
): Promise<OmemoBundle | null> {
  const { node, item } = bundlePlace(version, deviceId)
  const found = await items(link, jid, node, version === 'omemo2' ? item : null)
  // Two of one device are none: nobody knows which is right.
  const wanted = version === 'omemo2' ? found.filter(({ id }) => id === item) : found
  const [first] = wanted
  return first === undefined || wanted.length > 1 ? null : readBundle(version, first.payload)
}

/** What goes into the new form: everything that the message says. */
const envelopeOf = (parts: ChatParts, link: Link, saying: Saying, room: string | null): Uint8Array => {
  const { text, about } = contentOf(saying)
  const element = writeEnvelope([...(text === null ? [] : [bodyElement(text)]), ...about], {
    ...{ from: link.own, to: room, time: new Date(parts.clock.now()).toISOString() },
    padding: paddingLetters(parts.random.bytes(210)),
  })
  return new TextEncoder().encode(serialize(element, ''))
}

/**
 * Encrypts what is said for every device of those who are to read it, and the own ones, and has it stored before anything else uses the keys. Held where
 * somebody has to decide first. `devices`: for whom, to be compared later; where it changed and nothing left yet, it is encrypted anew.
 */
export async function encryptFor(
  parts: ChatParts,
  link: Link,
  people: readonly string[],
  saying: Saying,
  room: string | null,
  store: Store,
): Promise<Encryption> {
  const { keys } = parts.store.chat
  const { accountId } = link
  const others = people.filter(jid => jid !== link.own)
  await askForDevices(parts, link, [...others, link.own])
  /** Sessions that do not open: begun anew from a bundle, as if there were none. */
  const damaged = new Set<string>()
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const plan = planFor(parts, link, others)
    if (plan === null) return { held: 'own-keys' }
    if (plan.hold !== null) return { held: plan.hold }
    const { text } = contentOf(saying)
    // Asked for before keys are used, so that nothing that comes meanwhile waits for the server.
    const bundles = new Map<string, OmemoBundle | null>()
    for (const { jid, deviceId, version } of plan.targets)
      if (
        (keys.session(accountId, jid, deviceId, version)?.sealed.length ?? 0) === 0 ||
        damaged.has(keyOf(jid, deviceId, version))
      )
        bundles.set(keyOf(jid, deviceId, version), await bundleOf(link, jid, deviceId, version))
    const isStored: boolean = await link.exclusively(async () => {
      const own = keys.own(accountId)
      if (own === null) return false
      const results: Encrypted[] = []
      for (const version of versionsByWorth) {
        const targets = plan.targets.filter(target => target.version === version)
        // The old form has no place for anything but text.
        if (targets.length === 0 || (version === 'omemo' && text === null)) continue
        const recipients = targets.map(({ jid, deviceId }): OmemoRecipient => {
          const session = keys.session(accountId, jid, deviceId, version)
          const row = keys.device(accountId, jid, deviceId)
          return {
            ...{
              jid,
              deviceId,
              sessions: session === null || session.sealed.length === 0 ? null : session.sealed,
            },
            bundle: bundles.get(keyOf(jid, deviceId, version)) ?? null,
            fingerprint: row === null || row.fingerprint === '' ? null : row.fingerprint,
          }
        })
        const content =
          version === 'omemo2' ? envelopeOf(parts, link, saying, room) : new TextEncoder().encode(text ?? '')
        const encrypted = await parts.vault.omemo.encrypt({
          ...{ accountId, device: own.sealed, version, content, recipients, nowMs: parts.clock.now() },
        })
        for (const { jid, deviceId, problem } of encrypted.failed) {
          const key = keyOf(jid, deviceId, version)
          if (problem === 'state-damaged' && !damaged.has(key)) {
            damaged.add(key)
            parts.log.warn('a session does not open: a new one is begun', { version })
            continue
          }
          link.refusedAt.set(key, parts.clock.now())
          parts.log.warn('keys of a device were refused', { problem, version })
        }
        results.push(encrypted)
      }
      // Without the refused ones the plan may be another: the other version, or nobody left. Nothing of this try is stored.
      if (results.some(({ failed }) => failed.length > 0)) return false
      store({
        elements: results.map(each => ({ version: each.version, element: writeEncrypted(each) })),
        devices: devicesText(plan),
        write: () => {
          for (const each of results) seal(parts, link, each)
        },
      })
      return true
    })
    if (isStored) return { held: null }
  }
  return { held: 'no-keys' }
}

function seal(parts: ChatParts, link: Link, { version, sessions }: Encrypted): void {
  const { keys } = parts.store.chat
  for (const each of sessions) {
    keys.sealSession(link.accountId, each.jid, each.deviceId, version, each.sessions)
    keys.know(link.accountId, each.jid, each.deviceId, each.fingerprint, false)
  }
}

/** An empty message for one device, stored with the states of its keys: it carries nothing else. False where it cannot be made. `renew`: a new session. */
export async function encryptNothing(
  parts: ChatParts,
  link: Link,
  { jid, deviceId, version }: Readonly<{ jid: string; deviceId: number; version: OmemoVersion }>,
  renew: boolean,
  store: (element: Element, write: () => void) => void,
): Promise<boolean> {
  const { keys } = parts.store.chat
  const sealed = (): Uint8Array | null => {
    const session = keys.session(link.accountId, jid, deviceId, version)
    return session === null || session.sealed.length === 0 ? null : session.sealed
  }
  const needsBundle = renew || sealed() === null
  const bundle = needsBundle ? await bundleOf(link, jid, deviceId, version) : null
  if (needsBundle && bundle === null) return false
  return link.exclusively(async () => {
    const own = keys.own(link.accountId)
    if (own === null) return false
    const row = keys.device(link.accountId, jid, deviceId)
    const encrypted = await parts.vault.omemo.encrypt({
      ...{ accountId: link.accountId, device: own.sealed, version, content: null, nowMs: parts.clock.now() },
      recipients: [
        {
          ...{ jid, deviceId, sessions: sealed(), bundle, renew },
          fingerprint: row === null || row.fingerprint === '' ? null : row.fingerprint,
        },
      ],
    })
    if (encrypted.keys.length === 0) return false
    store(writeEncrypted(encrypted), () => seal(parts, link, encrypted))
    return true
  })
}
