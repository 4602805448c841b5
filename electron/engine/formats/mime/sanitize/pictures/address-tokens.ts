/** A stretch of an address that only a machine would have made, and whether it is the name of a file. */
export type AddressToken = Readonly<{ text: string; isFileName: boolean }>

/** Shorter ones name an article or a size; and so do those that repeat themselves. */
const shortest = 16
const leastBitsEach = 3.2
/** Of one address; nobody's picture needs more. */
const mostTokens = 20

const imageFile = /\.(?:gif|png|jpe?g|webp|avif|svg|bmp)$/i

/** Shannon entropy in bits a character. */
function bitsEach(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

function isToken(text: string): boolean {
  // Somebody's address is as good as any number.
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) return true
  const digits = text.match(/\d/g)?.length ?? 0
  const isMixed = digits >= 3 || (text.length >= 20 && /[a-z]/.test(text) && /[A-Z]/.test(text))
  return text.length >= shortest && isMixed && bitsEach(text.slice(0, 500)) > leastBitsEach
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const parsed = (address: string): URL | null =>
  URL.parse(address.startsWith('//') ? `https:${address}` : address.trim())

/**
 * The tokens of an address: values of its query, and stretches of its path. That the same one stands in several addresses of a
 * message is for the caller to see: then it names the sender or the mailing and not the reader.
 */
export function tokensOf(address: string): readonly AddressToken[] {
  const url = parsed(address)
  if (!url) return []
  const found: AddressToken[] = []
  const look = (text: string, isFileName: boolean) => {
    if (found.length < mostTokens && isToken(text)) found.push({ text, isFileName })
  }
  const segments = decoded(url.pathname.slice(0, 4000)).split('/')
  for (const segment of segments) {
    if (imageFile.test(segment)) look(segment.replace(imageFile, ''), true)
    else for (const piece of segment.split(/[,;=!&|]/)) look(piece, false)
  }
  for (const pair of url.search.slice(1, 4000).split(/[&;]/)) {
    const at = pair.indexOf('=')
    const value = decoded(at === -1 ? pair : pair.slice(at + 1))
    look(value, imageFile.test(value))
  }
  // A label of the host can be made for one reader as well.
  for (const label of url.hostname.split('.').slice(0, -2)) look(label, false)
  return found
}

/** Whether an address names a file of a picture, whatever comes behind the name. */
export const isPictureFile = (address: string): boolean => imageFile.test(parsed(address)?.pathname ?? '')

/** Whether an address is that of a file of a picture and carries nothing else. */
export const isPlainFile = (address: string): boolean =>
  isPictureFile(address) && parsed(address)?.search === ''
