import type { Address } from '../../../shared/model/mail'
import { foldText, spelledOut } from '../../../shared/util/fold-text'

const piece = /[\p{L}\p{M}\p{N}]+/gu
/** Longest name and address that are cut into words. */
const mostCharacters = 400

/** A word written out ("mueller") as it would be with a mark: who types "mul" means this person too. */
const withoutLongForm = (word: string): string => word.replace(/([aou])e/g, '$1')

/**
 * What a suggestion may begin with, folded, each behind a space: words of the name and pieces of them, the address and pieces
 * of what stands before the @, and the domain from each of its labels on but the last one, which says nothing ("com").
 */
export function wordsOfPerson({ name, address }: Address): string {
  const folded = foldText(name.slice(0, mostCharacters))
  const written = spelledOut(name.slice(0, mostCharacters)) ?? ''
  const mail = foldText(address.slice(0, mostCharacters))
  const at = mail.lastIndexOf('@')
  const local = at < 0 ? mail : mail.slice(0, at)
  const labels = at < 0 ? [] : mail.slice(at + 1).split('.')
  const names = `${folded} ${written}`.split(/\s+/).map(word => word.replace(/^[^\p{L}\p{N}]+/u, ''))
  const pieces = `${folded} ${written} ${local}`.match(piece) ?? []
  return [
    '',
    ...new Set([
      ...[...names, ...pieces].flatMap(word => [word, withoutLongForm(word)]),
      mail,
      ...labels.slice(0, -1).map((_, from) => labels.slice(from).join('.')),
    ]),
    // Never empty, which would say that it was not done yet.
    '',
  ].join(' ')
}

/** What was typed as the beginnings that are looked for: each must begin a word. */
export function typedWords(text: string): string[] {
  return foldText(text)
    .split(/[\s,;<>"()]+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 8)
}
