/** Letters of other scripts that cannot be told from Latin ones in small type. After the confusables of Unicode TS #39. */
const lookAlikes = /^[асԁеһіјӏорԛѕԝхуъЬьҽпгѵѡкмαικνορτυωϲɡɑıƅɩ0-9-]+$/u
const latin = /\p{Script=Latin}/u
const confusable = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
/** Latin letters that no language writes names with. */
const phonetic = /[\u0250-\u02af\u1d00-\u1dbf\ua720-\ua7ff\uff21-\uff5a]/u

/** A host with its `xn--` labels as text (RFC 3492), without asking the URL parser, which only goes the other way. */
export const unicodeHost = (host: string): string =>
  host
    .split('.')
    .map(label => (/^xn--/i.test(label) ? decodeLabel(label.slice(4).toLowerCase()) : label))
    .join('.')

/**
 * A host in ASCII, or an address of mail at one, as it is shown to people: with its letters behind it, isolated from what
 * stands around them (UAX #9), where it has others than ASCII.
 */
export const bothForms = (name: string): string => {
  const letters = hostLetters(name)
  return letters === '' ? name : `${name} (\u2068${letters}\u2069)`
}

/** The letters of a host that has others than ASCII, else empty. What would move or hide letters is not among them. */
export const hostLetters = (name: string): string => {
  const letters = unicodeHost(name).replaceAll(/[\p{C}\p{Z}]/gu, '\ufffd')
  return letters === name ? '' : letters
}

/** Whether a word mixes Latin with letters of scripts that look like it. */
export const mixesScripts = (word: string): boolean => latin.test(word) && confusable.test(word)

/**
 * Whether a host is written to be taken for another: a label that mixes scripts, or one that is nothing but look-alikes under a
 * top level of Latin letters. Names in one script that can be told apart are honest, whatever the script.
 */
export function isLookAlikeHost(host: string): boolean {
  const labels = unicodeHost(host.toLowerCase()).split('.')
  const top = labels.at(-1) ?? ''
  return labels.some(
    label =>
      mixesScripts(label) ||
      phonetic.test(label) ||
      (confusable.test(label) && lookAlikes.test(label) && /^[a-z]+$/.test(top)),
  )
}

/** RFC 3492 §6.2; what is no Punycode comes back as it is. */
function decodeLabel(input: string): string {
  const dash = input.lastIndexOf('-')
  const output = dash > 0 ? [...input.slice(0, dash)].map(character => character.codePointAt(0) ?? 0) : []
  let codePoint = 128
  let index = 0
  let bias = 72
  for (let at = dash + 1; at < input.length; ) {
    const before = index
    for (let weight = 1, k = 36; ; k += 36) {
      const code = input.charCodeAt(at++)
      const digit = code >= 0x61 && code <= 0x7a ? code - 0x61 : code >= 0x30 && code <= 0x39 ? code - 22 : -1
      if (digit === -1 || at > input.length) return input
      index += digit * weight
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
      if (digit < threshold) break
      weight *= 36 - threshold
      if (weight > 2 ** 31) return input
    }
    const count = output.length + 1
    let delta = before === 0 ? Math.floor((index - before) / 700) : Math.floor((index - before) / 2)
    delta += Math.floor(delta / count)
    let k = 0
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35)
    bias = k + Math.floor((36 * delta) / (delta + 38))
    codePoint += Math.floor(index / count)
    index %= count
    if (codePoint > 0x10ffff) return input
    output.splice(index++, 0, codePoint)
  }
  return String.fromCodePoint(...output)
}
