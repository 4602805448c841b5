import type { Address } from '../../../../shared/features/mail/model'
import { foldText, spelledOut } from '../../../../shared/kit/fold-text'

const piece = /[\p{L}\p{M}\p{N}]+/gu
/** Longest name and address that are cut into words. */
const mostCharacters = 400

const longForm = /[aou]e|aa|dj/
/** A word written out ("mueller", "aarhus") as it would be with a mark: who types "mul" or "arh" means this person too. */
const withoutLongForms = (word: string): string[] => {
  if (!longForm.test(word)) return [word]
  const umlauts = word.replace(/([aou])e/g, '$1')
  return [word, umlauts, umlauts.replaceAll('aa', 'a').replaceAll('dj', 'd')]
}

/** Apostrophes and hyphens of all kinds as those of a keyboard. */
const plainSigns = (text: string): string =>
  text.replace(/[’‘ʼʻ‛′`´＇׳]/g, "'").replace(/[\u2010-\u2015\u2212־]/g, '-')
const folded = (text: string): string => plainSigns(foldText(plainSigns(text)))
/** "O'Brien" and "Jean-Luc" are also typed as one word. */
const inOne = (word: string): string => word.replace(/['-]/g, '')

/**
 * What a suggestion may begin with, folded, each behind a space: words of the name and pieces of them, the address and pieces
 * of what stands before the @, and the domain from each of its labels and their pieces on, but for the last one, which says
 * nothing ("com").
 */
export function wordsOfPerson({ name, address }: Address): string {
  const plain = folded(name.slice(0, mostCharacters))
  const written = plainSigns(spelledOut(plainSigns(name.slice(0, mostCharacters))) ?? '')
  const mail = folded(address.slice(0, mostCharacters))
  const at = mail.lastIndexOf('@')
  const local = at < 0 ? mail : mail.slice(0, at)
  const labels = at < 0 ? [] : mail.slice(at + 1).split('.')
  const domain = labels.slice(0, -1)
  const names = `${plain} ${written}`.split(/\s+/).map(word => word.replace(/^[^\p{L}\p{N}]+/u, ''))
  const pieces = `${plain} ${written} ${local} ${domain.join(' ')}`.match(piece) ?? []
  return [
    '',
    ...new Set([
      ...[...names, ...names.map(inOne), ...pieces, ...domain].flatMap(withoutLongForms),
      mail,
      mail.slice(Math.max(0, at)),
      ...domain.map((_, from) => labels.slice(from).join('.')),
    ]),
    // Never empty, which would say that it was not done yet.
    '',
  ].join(' ')
}

/** Words of a text of several pieces, as those of a person: folded, written out, each behind a space. */
export function wordsOfText(text: string): string {
  const found = `${folded(text)} ${spelledOut(plainSigns(text)) ?? ''}`.match(piece) ?? []
  return ['', ...new Set(found.flatMap(withoutLongForms)), ''].join(' ')
}

/** What was typed as the beginnings that are looked for: each must begin a word. */
export function typedWords(text: string): string[] {
  return folded(text)
    .split(/[\s,;<>"()]+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 8)
}
