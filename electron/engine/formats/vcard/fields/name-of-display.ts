import type { ContactFields } from '../../../../../shared/features/contacts/model'

/**
 * The parts of a name that is known as a whole only. Some programs show N alone (RFC 2426 §3.1.2) and would show nobody: the last word is
 * the family's, or what stands before a comma. A single word is the given name.
 */
export function nameOfDisplay(displayName: string): ContactFields['name'] {
  const none = { family: '', given: '', additional: '', prefix: '', suffix: '' }
  const text = displayName.trim().replace(/\s+/gu, ' ')
  const comma = /^([^,]+), ?([^,]+)$/u.exec(text)
  if (comma !== null) return { ...none, family: comma[1] ?? '', given: comma[2] ?? '' }
  const at = text.lastIndexOf(' ')
  return at < 0 ? { ...none, given: text } : { ...none, given: text.slice(0, at), family: text.slice(at + 1) }
}
