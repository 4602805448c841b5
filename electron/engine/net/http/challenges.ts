/** One way to sign in that a server offers (RFC 9110 §11.6.1): scheme and parameter names in small letters. */
export type Challenge = Readonly<{ scheme: string; params: ReadonlyMap<string, string> }>

/** Longer headers are not read further, and more ways are not looked at. */
const longestHeader = 8_192
const mostChallenges = 10

const piece =
  /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~0-9A-Za-z-]+))|(?=\s|,|$))/y

/**
 * Reads a `WWW-Authenticate` field whose lines may have been joined, so that commas part both challenges and
 * parameters: a word with `=` belongs to the scheme before it. What cannot be read ends the list.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = []
  const text = header.slice(0, longestHeader)
  piece.lastIndex = 0
  for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
    const [, name = '', quoted, bare] = match
    const value = quoted?.replace(/\\(.)/gs, '$1') ?? bare
    if (value === undefined) {
      if (challenges.length === mostChallenges) break
      challenges.push({ scheme: name.toLowerCase(), params: new Map() })
    } else challenges.at(-1)?.params.set(name.toLowerCase(), value)
  }
  return challenges
}
