import { isIPv4, isIPv6 } from './ip-literal'

/** A bridge as Tor's bridge page gives it, taken apart and known to be nothing else. */
export type Bridge = Readonly<{
  /** Null: a plain bridge. */
  transport: 'obfs4' | 'snowflake' | null
  /** The line for torrc, rebuilt from its parts. */
  line: string
}>

/**
 * Reads one pasted line, with or without `Bridge` in front. Null for what is not exactly a bridge: another transport, a
 * host name in place of an address, quotes, comments, control characters. Nothing but the parts read here reaches torrc.
 */
export function parseBridge(pasted: string): Bridge | null {
  // No line may make a second one, begin a comment, or quote.
  if (pasted.length > 1000 || /[^\x20-\x7e]|["#\\]/.test(pasted)) return null
  const words = pasted.trim().split(/ +/)
  if (words[0]?.toLowerCase() === 'bridge') words.shift()
  const name = words[0] ?? ''
  const transport = name === 'obfs4' || name === 'snowflake' ? name : null
  if (transport !== null) words.shift()
  const address = words.shift() ?? ''
  if (!isAddress(address)) return null
  const fingerprint = /^[0-9A-Fa-f]{40}$/.test(words[0] ?? '') ? words.shift()?.toUpperCase() : undefined
  if (words.some(word => !/^[A-Za-z0-9][A-Za-z0-9._-]*=[\x21-\x7e]+$/.test(word))) return null
  if (transport === null && words.length > 0) return null
  if (transport === 'obfs4' && !words.some(word => word.startsWith('cert='))) return null
  const parts = [...(transport ? [transport] : []), address, ...(fingerprint ? [fingerprint] : []), ...words]
  return { transport, line: parts.join(' ') }
}

function isAddress(text: string): boolean {
  const match = /^(?:(\d[\d.]*)|\[([0-9a-fA-F:.]+)\]):(\d{1,5})$/.exec(text)
  if (!match) return false
  const [, four, six, port] = match
  const isHost = four !== undefined ? isIPv4(four) : isIPv6(six ?? '')
  return isHost && Number(port) >= 1 && Number(port) <= 65535
}
