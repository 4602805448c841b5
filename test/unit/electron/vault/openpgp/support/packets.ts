import { encrypt, Message, PacketList, readKey } from 'openpgp'

/** A packet in the new format with a five-octet length (RFC 9580 §4.2.1). */
export const packet = (tag: number, body: Uint8Array): Buffer => {
  const header = Buffer.alloc(6)
  header[0] = 0xc0 | tag
  header[1] = 255
  header.writeUInt32BE(body.byteLength, 2)
  return Buffer.concat([header, body])
}

/** A literal data packet, binary, without a name. */
export const literal = (data: Uint8Array): Buffer =>
  packet(11, Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), data]))

/** Stands for packets as they are, so that a message of any content can be encrypted. */
class RawPackets extends PacketList<never> {
  readonly #raw: Uint8Array
  constructor(raw: Uint8Array) {
    super()
    this.#raw = raw
  }
  override write(): Uint8Array {
    return this.#raw
  }
}

/** Any packets, properly encrypted and integrity protected for a key: what an attacker who knows the key can send. */
export const encryptPackets = async (raw: Uint8Array, publicKey: Uint8Array): Promise<Uint8Array> => {
  const key = await readKey({ binaryKey: publicKey })
  const message = new Message<Uint8Array>(new PacketList<never>())
  Object.assign(message, { packets: new RawPackets(raw) })
  const plain = Object.create(message, {
    compress: { value: () => message },
  }) as Message<Uint8Array>
  return encrypt({ message: plain, encryptionKeys: key, format: 'binary' })
}
