/** Characters at the end of a name that stay when it is cut, unless more are needed to tell it from another. */
const usualEnd = 10
/** So much of the end still fits beside a few characters of the beginning. */
const longestEnd = 22
/** Beside an end that is shared, so much of what differs. */
const differing = 4
/** Up to here a name is not divided. */
const shortName = 16

const clusters = (text: string): string[] => [...new Intl.Segmenter().segment(text)].map(each => each.segment)

const sharedEnd = (one: readonly string[], other: readonly string[]): number => {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length += 1
  return length
}

/**
 * Divides a name into what may be cut and the end that stays: long enough that names which begin alike are told apart, also
 * when their last characters are the same ("offer-1-signed.pdf", "offer-2-signed.pdf").
 */
export function fileNameEnd(name: string, others: readonly string[] = []): readonly [string, string] {
  const letters = clusters(name)
  if (letters.length <= shortName) return [name, '']
  let length = usualEnd
  // Names enough to compare; of hundreds the first ones decide.
  for (const other of others.slice(0, 100)) {
    if (other === name) continue
    const shared = sharedEnd(letters, clusters(other))
    length = Math.max(length, Math.min(shared + differing, longestEnd))
  }
  const at = letters.length - length
  return [letters.slice(0, at).join(''), letters.slice(at).join('')]
}
