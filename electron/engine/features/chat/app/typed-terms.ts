import type { FindTerm } from '../../../../../shared/features/find/read-find'
import { foldText, spelledOut } from '../../../../../shared/kit/fold-text'
import { indexWords } from '../../../../../shared/kit/index-words'

/** Words that a person typed, each of which must begin something. */
export const termsOf = (text: string): FindTerm[] =>
  (text.match(indexWords) ?? []).slice(0, 20).map(each => {
    const long = spelledOut(each)
    return { forms: long === null ? [foldText(each)] : [foldText(each), long], wanted: true }
  })
