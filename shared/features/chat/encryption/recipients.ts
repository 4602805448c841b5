import type { OmemoVersion } from '../../../ipc/vault/omemo-calls'
import type { ChatHold } from '../model'
import { mayRead, type StoredTrust } from './trust'

/** A device as it is known before something is sent. */
export type KnownDevice = Readonly<{
  /** Bare address, in one spelling. */
  jid: string
  deviceId: number
  trust: StoredTrust
  /** Versions in whose device list it stands now. What stands in none is not written for. */
  listed: readonly OmemoVersion[]
  /** Versions whose bundle was refused a short while ago: none is built with it. */
  refused: readonly OmemoVersion[]
  /** Versions with a session. */
  sessions: readonly OmemoVersion[]
}>

type Target = Readonly<{ jid: string; deviceId: number; version: OmemoVersion }>

export type SendingPlan = Readonly<{
  /** Each device once. */
  targets: readonly Target[]
  /** They wait for a decision; nothing is sent to them. */
  undecided: readonly Readonly<{ jid: string; deviceId: number }>[]
  /** Of those who are written to, who gets nothing: no device that may read. */
  without: readonly string[]
  /** Why nothing may be sent yet; null where it may. */
  hold: Extract<ChatHold, 'no-keys' | 'undecided-devices'> | null
}>

/** The version in which a device is written to: what protects more first; a session does not decide. Null: in none. */
const versionFor = ({ listed, refused, sessions }: KnownDevice): OmemoVersion | null =>
  (['omemo2', 'omemo'] as const).find(
    version => listed.includes(version) && (sessions.includes(version) || !refused.includes(version)),
  ) ?? null

/**
 * Whom something is encrypted for. `people`: bare addresses that are to read it (one, or the members of a room, offline ones too), without the own one.
 * `withoutAgreed`: of whom the user said to send to the others all the same (rooms). Own devices never hold anything.
 */
export function planSending({
  people,
  devices,
  own,
  withoutAgreed = [],
}: Readonly<{
  people: readonly string[]
  devices: readonly KnownDevice[]
  own: Readonly<{ jid: string; deviceId: number }>
  withoutAgreed?: readonly string[]
}>): SendingPlan {
  const readers = new Set([...people, own.jid])
  const concerned = devices.filter(
    device =>
      readers.has(device.jid) &&
      device.listed.length > 0 &&
      !(device.jid === own.jid && device.deviceId === own.deviceId),
  )
  const targets = concerned.flatMap(device => {
    const version = mayRead(device.trust) ? versionFor(device) : null
    return version === null ? [] : [{ jid: device.jid, deviceId: device.deviceId, version }]
  })
  const undecided = concerned
    .filter(({ trust }) => trust === 'undecided')
    .map(({ jid, deviceId }) => ({ jid, deviceId }))
  const without = people.filter(jid => jid !== own.jid && !targets.some(target => target.jid === jid))
  const isHeld =
    without.some(jid => !withoutAgreed.includes(jid)) ||
    (without.length > 0 && without.length === people.length)
  const waits = undecided.some(({ jid }) => without.includes(jid))
  return { targets, undecided, without, hold: !isHeld ? null : waits ? 'undecided-devices' : 'no-keys' }
}
