import type { ContactKey, Fingerprint, KeyConflict, KeyFacts, OwnKey } from '../shared/model/openpgp-key'
import { UsageError } from './exit'
import type { Session } from './session'

const day = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString().slice(0, 10))

/** One line of what a key is. */
const factsLine = ({ fingerprint, algorithm, expiresAtMs, problems }: KeyFacts): string =>
  `${fingerprint}  ${algorithm}, expires ${day(expiresAtMs)}${problems.length > 0 ? `, ${problems.join(', ')}` : ''}`

export function ownKeyLines({ facts, defaultFor, ...key }: OwnKey): string[] {
  const state = [
    key.unlocked ? 'unlocked' : 'locked',
    defaultFor.length > 0 ? `key of ${defaultFor.length} account(s)` : 'for reading',
    key.backedUpAtMs === null ? 'never backed up' : `backed up ${day(key.backedUpAtMs)}`,
    ...(key.renewalDue ? ['renewal due'] : []),
  ]
  return [
    factsLine(facts),
    ...facts.userIds.map(({ name, address }) => `    ${`${name} <${address}>`.trim()}`),
    `    ${state.join(', ')}`,
  ]
}

/** What an own key was taken without. */
export const lostSubkeyLines = (lost: readonly string[]): string[] =>
  lost.length === 0
    ? []
    : [
        `${lost.length} subkey(s) left out, mail to them cannot be opened here: ${lost
          .map(kind => kind || 'damaged or not bound to the key')
          .join(', ')}`,
      ]

export function contactKeyLines(key: ContactKey): string[] {
  const state = key.inUse ? 'in use' : key.rejected ? 'rejected' : 'not in use'
  return [
    `${key.address}: ${state}, trust ${key.trust}`,
    `    ${factsLine(key.facts)}`,
    ...key.evidence.map(each => `    seen ${day(each.atMs)}: ${each.source} ${each.detail}`.trimEnd()),
  ]
}

export const conflictLine = ({ address, known, found, source }: KeyConflict): string =>
  `${address}: another key turned up (${source}): ${found}, in use is ${known}; decide with "keys trust ${address} FINGERPRINT" or "--reject"`

/** The own key of a fingerprint, of its last digits, or of an address. */
export async function ownKeyOf(session: Session, text: string): Promise<OwnKey> {
  const wanted = text.toLowerCase().replace(/\s+/g, '')
  const found = (await session.call('keys.list', {})).filter(
    ({ facts }) =>
      (wanted.length >= 8 && facts.fingerprint.endsWith(wanted)) ||
      facts.userIds.some(({ address }) => address === wanted),
  )
  const [key, other] = found
  if (!key) throw new UsageError(`there is no key ${text} of yours`)
  if (other) throw new UsageError(`${text} names several keys; take the fingerprint`)
  return key
}

/** A key of an address: the named one, or the one in use. */
export async function contactKeyOf(
  session: Session,
  address: string,
  text: string | undefined,
): Promise<{ key: ContactKey; fingerprint: Fingerprint }> {
  const { keys } = await session.call('keys.contacts', { address })
  const wanted = text?.toLowerCase().replace(/\s+/g, '')
  const key = keys.find(each =>
    wanted === undefined
      ? each.inUse || keys.length === 1
      : wanted.length >= 8 && each.facts.fingerprint.endsWith(wanted),
  )
  if (!key) throw new UsageError(`there is no such key for ${address}`)
  return { key, fingerprint: key.facts.fingerprint }
}

export async function accountOf(session: Session, address: string | undefined) {
  if (address === undefined) return null
  const account = (await session.call('accounts.list', {})).find(
    ({ config }) => config.address.toLowerCase() === address.toLowerCase(),
  )
  if (!account) throw new UsageError(`there is no account ${address}`)
  return account
}
