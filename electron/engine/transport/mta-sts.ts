/** MTA-STS as data (RFC 8461): the TXT record, the policy document, and which servers it names. */

/** RFC 8461 §3.2: a year at most. */
const MAXIMUM_AGE_SECONDS = 31_557_600
const MAXIMUM_PATTERNS = 100

/** The policy document as it says itself. */
export type PolicyDocument = Readonly<{
  mode: 'enforce' | 'testing' | 'none'
  mx: readonly string[]
  maxAgeSeconds: number
}>

/**
 * The id of the one TXT record at `_mta-sts` that speaks of a policy (§3.1); null when there is none, more than one,
 * or one that breaks the grammar.
 */
export function policyIdOf(texts: readonly string[]): string | null {
  const ours = texts.filter(text => /^v=STSv1\s*;/.test(text))
  const [text] = ours
  if (text === undefined || ours.length > 1 || text.length > 1000) return null
  const fields = text.split(';').map(field => field.trim())
  if (fields.at(-1) === '') fields.pop()
  const ids = fields.flatMap(field => /^id\s*=\s*([A-Za-z0-9]{1,32})$/.exec(field)?.[1] ?? [])
  const areWhole = fields
    .slice(1)
    .every(field => /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}\s*=\s*[!-:<>-~]+$/.test(field))
  return areWhole && ids.length === 1 ? (ids[0] ?? null) : null
}

/** Reads a policy (§3.2); null for anything that does not follow the grammar. */
export function parsePolicy(bytes: Uint8Array): PolicyDocument | null {
  const lines = Buffer.from(bytes).toString('latin1').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const single = new Map<string, string>()
  const mx: string[] = []
  for (const line of lines) {
    const [, key, value] = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (key === undefined || value === undefined) return null
    if (key === 'mx') {
      const pattern = value.toLowerCase().replace(/\.$/, '')
      if (!/^(\*\.)?[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+$/.test(pattern) || pattern.length > 253) return null
      if (mx.length >= MAXIMUM_PATTERNS) return null
      mx.push(pattern)
      // §3.2: of fields that stand twice the first counts.
    } else if (!single.has(key)) single.set(key, value)
  }
  const mode = single.get('mode')
  const age = single.get('max_age') ?? ''
  if (single.get('version') !== 'STSv1' || !/^\d{1,10}$/.test(age)) return null
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return null
  const maxAgeSeconds = Number(age)
  if (maxAgeSeconds > MAXIMUM_AGE_SECONDS || (mode !== 'none' && mx.length === 0)) return null
  return { mode, mx, maxAgeSeconds }
}

/** Whether a policy names a server (§4.1): a wildcard stands for exactly one label. */
export function namesServer(patterns: readonly string[], host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  return patterns.some(pattern =>
    pattern.startsWith('*.')
      ? name.slice(name.indexOf('.') + 1) === pattern.slice(2) && name.includes('.')
      : name === pattern,
  )
}
