import type { ErrorCode, SureFact } from '../../shared/kit/error-facts'

/** The shape of a language: the same keys as English, any text. A missing or superfluous key is a type error. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

/** Words of a feature in both languages, by namespace. Namespaces of several features are put together. */
export type FeatureWords<W extends object> = Readonly<{ en: W; de: Words<W> }>

type Named<T extends string> = T extends `${string}{{${infer N}}}${infer Rest}` ? N | Named<Rest> : never
/** What failed, why, and what to do. */
export type Sentences = Readonly<{ what: string; why: string; fix: string }>
type Said<S> = S extends Sentences ? S['what' | 'why' | 'fix'] : never

/**
 * Words for errors, each in its sentence; that none is missing is checked where all words are joined (`features/languages.ts`). A sentence may name only facts that always come with its code (`shared/kit/error-facts.ts`): any other
 * does not compile, because the sentence would have a hole where it is missing. (A test holds other languages to the same facts.)
 */
export const wordsForErrors = <const W extends Readonly<Partial<Record<ErrorCode, Sentences>>>>(
  words: W & {
    [C in keyof W & ErrorCode]: Named<Said<W[C]>> extends SureFact<C>
      ? unknown
      : { theseFactsMayBeMissing: Exclude<Named<Said<W[C]>>, SureFact<C>> }
  },
): W => words
