/**
 * Counts packets before the library reads them. It makes an object of every packet and, once it has refused one, goes on to
 * the end of the input all the same: a mail of a hundred megabytes in packets of three bytes would take all memory, or all
 * time. The library has no setting for it, but it reads every list of packets, also those inside encryption and
 * compression, through one static method, and that method is guarded here.
 */

import { SiegelError } from '../../../../shared/kit/result'
import { PacketList } from '../library'
import { type Pieces, wholeBytes } from '../library/whole-bytes'
import { maxInnerPackets, maxKeyringPackets, maxOuterPackets, maxPlaintextBytes } from '../policy'
import { outerPackets, tags } from './outer-packets'

const publicKeyTag = 6

/** Decrypted data comes in pieces; all of them are read, and so authenticated, before the first is looked at. */
const refuseTooLarge = (size: number): void => {
  if (size > maxPlaintextBytes * 2) throw new SiegelError('too-large', { what: 'message' })
}

/** How many packets may stand where packets of these kinds may stand. */
const limitFor = (allowed: object): number => {
  if (publicKeyTag in allowed) return maxKeyringPackets
  return tags.protected in allowed ? maxOuterPackets : maxInnerPackets
}

const read = PacketList.fromBinary.bind(PacketList)

PacketList.fromBinary = async (bytes, allowed, ...rest) => {
  const whole = await wholeBytes(bytes as Uint8Array | Pieces, refuseTooLarge)
  outerPackets(whole, limitFor(allowed))
  return read(whole, allowed, ...rest)
}
