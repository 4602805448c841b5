/**
 * Flags in mbox header fields: Status and X-Status (mutt, pine, Dovecot), X-Keywords, and what Thunderbird writes
 * (X-Mozilla-Status is a hexadecimal bit set). `null` for a message that its program has marked as deleted for good.
 */
export function readHeaderFlags(header: string): readonly string[] | null {
  const flags = new Set<string>()
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*?)\\r?$`, 'im').exec(header)?.[1] ?? ''
  const mozilla = Number.parseInt(field('X-Mozilla-Status'), 16)
  if (!Number.isNaN(mozilla)) {
    if (mozilla & 0x0008) return null
    if (mozilla & 0x0001) flags.add('\\Seen')
    if (mozilla & 0x0002) flags.add('\\Answered')
    if (mozilla & 0x0004) flags.add('\\Flagged')
    if (mozilla & 0x1000) flags.add('$Forwarded')
  }
  if (field('Status').includes('R')) flags.add('\\Seen')
  const status = field('X-Status')
  for (const [letter, flag] of statusLetters) if (status.includes(letter)) flags.add(flag)
  for (const name of ['X-Keywords', 'X-Mozilla-Keys']) {
    for (const keyword of field(name).split(/[\s,]+/)) if (isKeyword(keyword)) flags.add(keyword)
  }
  return [...flags]
}

const statusLetters = [
  ['A', '\\Answered'],
  ['F', '\\Flagged'],
  ['T', '\\Draft'],
  ['D', '\\Deleted'],
] as const

/** An IMAP keyword (RFC 3501 §9, flag-keyword) of sane length. */
export const isKeyword = (text: string): boolean => /^[!#$&'+\-./:<=>?@^_`|~A-Za-z0-9]{1,100}$/.test(text)

/** The header lines that say the flags to us and to other programs, without line ends. */
export function writeHeaderFlags(flags: readonly string[]): string[] {
  const has = (flag: string) => flags.some(each => each.toLowerCase() === flag.toLowerCase())
  const letters = statusLetters.filter(([, flag]) => has(flag)).map(([letter]) => letter)
  const keywords = flags.filter(flag => !flag.startsWith('\\') && isKeyword(flag))
  return [
    `Status: ${has('\\Seen') ? 'RO' : 'O'}`,
    ...(letters.length === 0 ? [] : [`X-Status: ${letters.join('')}`]),
    ...(keywords.length === 0 ? [] : [`X-Keywords: ${keywords.join(' ')}`]),
  ]
}
