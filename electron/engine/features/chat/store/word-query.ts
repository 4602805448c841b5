import type { FindTerm } from '../../../../../shared/features/find/read-find'
import { foldText, spelledOut } from '../../../../../shared/kit/fold-text'
import { indexWords } from '../../../../../shared/kit/index-words'

/** Stands between the two spellings of a text, so that no phrase reaches from one into the other. */
const border = '\ue000'

/** What the index holds of a text: folded, and once more with ä, ö, ü written out where there are any. */
export function indexedText(text: string): string {
  const long = spelledOut(text)
  return long === null ? foldText(text) : `${foldText(text)} ${border} ${long}`
}

/** A form as a phrase whose last word is begun; quoted, so that nothing in it is an operator. Null where the index knows nothing of it. */
const phraseOf = (form: string): string | null => {
  const words = form.match(indexWords)
  return words === null ? null : `"${words.join(' ')}" *`
}
const anyOf = ({ forms }: FindTerm): string | null => {
  const phrases = forms.flatMap(form => phraseOf(form) ?? [])
  return phrases.length === 0 ? null : `(${phrases.join(' OR ')})`
}

/** Terms as questions for the index, and what it cannot tell (emoji and other signs), which is looked for in the text itself. */
type WordQuery = Readonly<{
  /** Null where no word is wanted. */
  match: string | null
  /** What must not be there, where there is no `match` that says so. */
  not: string | null
  signs: readonly string[]
  noSigns: readonly string[]
}>

export function wordQuery(terms: readonly FindTerm[]): WordQuery {
  const asked = terms.map(term => ({ term, any: anyOf(term) }))
  const phrases = (isWanted: boolean) =>
    asked.flatMap(({ term, any }) => (any !== null && term.wanted === isWanted ? [any] : []))
  const signs = (isWanted: boolean) =>
    asked.flatMap(({ term, any }) => (any === null && term.wanted === isWanted ? term.forms.slice(0, 1) : []))
  const [all, none] = [phrases(true).join(' AND '), phrases(false).join(' OR ')]
  const match = all === '' ? null : none === '' ? all : `(${all}) NOT (${none})`
  return {
    ...{ match, not: match === null && none !== '' ? none : null },
    ...{ signs: signs(true), noSigns: signs(false) },
  }
}
