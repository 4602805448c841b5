/**
 * Mailbox names in modified UTF-7 (RFC 3501 §5.1.3). Bytes arrive as a JS string of what the server wrote.
 */
const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,'

/** Unicode text as modified UTF-7. Total: any string has exactly one encoding. */
export function encodeMailboxName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/gu, run => {
    if (run === '&') return '&-'
    const bytes = Buffer.alloc(run.length * 2)
    for (let i = 0; i < run.length; i++) bytes.writeUInt16BE(run.charCodeAt(i), i * 2)
    return `&${bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`
  })
}

/** The decoded name, or null when `wire` is not modified UTF-7 (then it is shown as it came). */
export function decodeMailboxName(wire: string): string | null {
  let out = ''
  for (let i = 0; i < wire.length; i++) {
    const char = wire.charAt(i)
    if (char !== '&') {
      out += char
      continue
    }
    const end = wire.indexOf('-', i + 1)
    if (end < 0) return null
    const run = wire.slice(i + 1, end)
    i = end
    if (run === '') {
      out += '&'
      continue
    }
    for (const c of run) if (!base64Alphabet.includes(c)) return null
    const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64')
    if (bytes.length % 2 === 1) return null
    for (let at = 0; at < bytes.length; at += 2) out += String.fromCharCode(bytes.readUInt16BE(at))
  }
  return out
}

/**
 * How a server writes the mailboxes whose names are not clean modified UTF-7. Two names that would look alike
 * after decoding stay apart, and what is sent back is what was listed, byte for byte.
 */
export class MailboxNames {
  readonly #wireByPath = new Map<string, string>()

  /** The path for a listed name; remembers the name when it cannot be made again from the path. */
  toPath(wire: string): string {
    if (wire.toUpperCase() === 'INBOX') return 'INBOX'
    const decoded = decodeMailboxName(wire)
    const path = decoded !== null && encodeMailboxName(decoded) === wire ? decoded : wire
    if (encodeMailboxName(path) !== wire) this.#wireByPath.set(path, wire)
    return path
  }

  /** The name to send for a path. */
  toWire(path: string): string {
    if (path.toUpperCase() === 'INBOX') return 'INBOX'
    return this.#wireByPath.get(path) ?? encodeMailboxName(path)
  }
}
