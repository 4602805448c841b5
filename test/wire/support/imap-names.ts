/** A mailbox name in modified UTF-7 (RFC 3501 section 5.1.3). */
export function encodeMailboxName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, run => {
    if (run === '&') return '&-'
    const bytes = Buffer.from(run, 'utf16le').swap16()
    return `&${bytes.toString('base64').replaceAll('/', ',').replace(/=+$/, '')}-`
  })
}

/** The name a modified UTF-7 text stands for. */
export function decodeMailboxName(encoded: string): string {
  return encoded.replace(/&([^-]*)-/g, (_, base64: string) => {
    if (base64 === '') return '&'
    return Buffer.from(base64.replaceAll(',', '/'), 'base64').swap16().toString('utf16le')
  })
}

/** `text` as an IMAP string: quoted when it can be, otherwise a literal. */
export function imapString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `"${text.replace(/[\\"]/g, '\\$&')}"`
  return `{${Buffer.byteLength(text)}}\r\n${text}`
}

/** NIL or a string. */
export function imapNstring(text: string | undefined): string {
  return text === undefined ? 'NIL' : imapString(text)
}

/** The UIDs or sequence numbers of a set as `1:3,7`. */
export function imapSet(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const parts: string[] = []
  for (let i = 0; i < sorted.length; i++) {
    const first = sorted[i]!
    while (sorted[i + 1] === sorted[i]! + 1) i++
    const last = sorted[i]!
    parts.push(first === last ? String(first) : `${first}:${last}`)
  }
  return parts.join(',')
}

/** Whether a set such as `1:3,7,9:*` holds `value`; `*` stands for `largest`. */
export function inImapSet(set: string, value: number, largest: number): boolean {
  return set.split(',').some(part => {
    const [first, last = first] = part.split(':').map(end => (end === '*' ? largest : Number(end)))
    return value >= Math.min(first!, last!) && value <= Math.max(first!, last!)
  })
}
