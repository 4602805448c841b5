import { type AnyPacket, PrivateKey, SecretKeyPacket, SecretSubkeyPacket } from '../library'
import { packetList } from './public-key'

const isSecret = (packet: AnyPacket): packet is SecretKeyPacket | SecretSubkeyPacket =>
  packet instanceof SecretKeyPacket || packet instanceof SecretSubkeyPacket

/** The signatures of `next` with the secret packets of `stored`, which lie under the key's own passphrase. */
export const withStoredSecrets = (next: PrivateKey, stored: PrivateKey): PrivateKey => {
  const locked = new Map(
    [...stored.toPacketList()].filter(isSecret).map(packet => [packet.getFingerprint(), packet]),
  )
  const packets = [...next.toPacketList()].map(packet =>
    isSecret(packet) ? (locked.get(packet.getFingerprint()) ?? packet) : packet,
  )
  return new PrivateKey(packetList(packets))
}
