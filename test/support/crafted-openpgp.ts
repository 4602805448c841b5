/** OpenPGP data that no honest program makes, packet by packet. Only for tests of refusing it. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { encryptSessionKey, readKey } from 'openpgp'

/** Packet with a new-format header and a five-octet length (RFC 9580 §4.2.1). */
export function packet(tag: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(6)
  header[0] = 0xc0 | tag
  header[1] = 0xff
  header.writeUInt32BE(body.length, 2)
  return Buffer.concat([header, body])
}

/** RFC 9580 §5.9: binary data, a file name, no date. */
export function literal(text: string, fileName = ''): Buffer {
  const name = Buffer.from(fileName)
  return packet(
    11,
    Buffer.concat([Buffer.from([0x62, name.length]), name, Buffer.alloc(4), Buffer.from(text)]),
  )
}

/** RFC 9580 §5.6 with ZIP. */
export const compressed = (body: Uint8Array): Buffer =>
  packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(body, { level: 9 })]))

export function armored(bytes: Uint8Array, name = 'MESSAGE'): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN PGP ${name}-----\n\n${lines.join('\n')}\n-----END PGP ${name}-----\n`
}

export const dearmored = (text: string): Buffer =>
  Buffer.from(
    text
      .split(/\r?\n/)
      .filter(line => !/^(?:-----|=)|: /.test(line))
      .join(''),
    'base64',
  )

const cfb = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer => {
  const cipher = createCipheriv('aes-256-cfb', key, iv)
  return Buffer.concat([cipher.update(data), cipher.final()])
}

/** Encrypts ready packets to a key with AES-256: `protected` as RFC 9580 §5.13.1, `bare` as §5.7, which no program should. */
export async function encryptPackets(
  inside: Uint8Array,
  publicKey: string,
  form: 'protected' | 'bare',
): Promise<Buffer> {
  const key = randomBytes(32)
  const wrapped = await encryptSessionKey({
    data: key,
    algorithm: 'aes256',
    encryptionKeys: await readKey({ armoredKey: publicKey }),
    format: 'binary',
  })
  const random = randomBytes(16)
  const prefix = Buffer.concat([random, random.subarray(14)])
  if (form === 'protected') {
    const hashed = Buffer.concat([prefix, inside, Buffer.from([0xd3, 0x14])])
    const plain = Buffer.concat([hashed, createHash('sha1').update(hashed).digest()])
    const body = Buffer.concat([Buffer.from([1]), cfb(key, Buffer.alloc(16), plain)])
    return Buffer.concat([wrapped as Uint8Array, packet(18, body)])
  }
  const head = cfb(key, Buffer.alloc(16), prefix)
  const body = Buffer.concat([head, cfb(key, head.subarray(2), inside)])
  return Buffer.concat([wrapped as Uint8Array, packet(9, body)])
}

/** The packets of a message with new-format or old-format headers, for changing one of them. */
export function packetsOf(bytes: Buffer): { tag: number; whole: Buffer; body: Buffer }[] {
  const found: { tag: number; whole: Buffer; body: Buffer }[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at
    const first = bytes[at] ?? 0
    const isNew = (first & 0x40) !== 0
    const tag = isNew ? first & 63 : (first >> 2) & 15
    let length = 0
    let head = 2
    const second = bytes[at + 1] ?? 0
    if (isNew && second < 192) length = second
    else if (isNew && second < 224) {
      length = (second - 192) * 256 + (bytes[at + 2] ?? 0) + 192
      head = 3
    } else if (isNew && second === 255) {
      length = bytes.readUInt32BE(at + 2)
      head = 6
    } else if (!isNew && (first & 3) === 0) length = second
    else if (!isNew && (first & 3) === 1) {
      length = bytes.readUInt16BE(at + 1)
      head = 3
    } else if (!isNew && (first & 3) === 2) {
      length = bytes.readUInt32BE(at + 1)
      head = 5
    } else throw new Error('partial lengths are not read here')
    at += head + length
    found.push({ tag, whole: bytes.subarray(start, at), body: bytes.subarray(start + head, at) })
  }
  return found
}
