import type { ChatTrust } from '../model'

/**
 * What is stored of a device's key, by its fingerprint. `blind`: it was there before anybody compared a device of this person, and is trusted
 * for that. `undecided`: it came after that and waits. The others are the person's word.
 */
export type StoredTrust = 'blind' | 'undecided' | 'trusted' | 'verified' | 'rejected'

/** Of a key that is seen for the first time. `othersOfPerson`: what is stored of the same person's keys, devices that are gone included. */
export const firstTrust = (othersOfPerson: readonly StoredTrust[]): 'blind' | 'undecided' =>
  othersOfPerson.includes('verified') ? 'undecided' : 'blind'

const shown: Readonly<Record<StoredTrust, ChatTrust>> = {
  blind: 'unverified',
  trusted: 'unverified',
  undecided: 'undecided',
  verified: 'verified',
  rejected: 'rejected',
}

export const trustShown = (stored: StoredTrust): ChatTrust => shown[stored]

/** Whether it is written for. What is received from it is shown in any case, with its level. */
export const mayRead = (stored: StoredTrust): boolean =>
  stored === 'blind' || stored === 'trusted' || stored === 'verified'

/** What is known of all who will read it: the least of them; `none` for nobody. */
export const leastTrust = (devices: readonly StoredTrust[]): ChatTrust => {
  const readers = devices.filter(mayRead)
  if (readers.length === 0) return 'none'
  return readers.every(each => each === 'verified') ? 'verified' : 'unverified'
}
