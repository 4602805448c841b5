import type { ErrorCode, SureFact } from '../../shared/kit/error-facts'

/** The shape of a language: the same keys as English, any text. A missing or superfluous key is a type error. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

type Named<T extends string> = T extends `${string}{{${infer N}}}${infer Rest}` ? N | Named<Rest> : never
type Sentences = Readonly<{ what: string; why: string; fix: string }>

/**
 * Words for every error. A sentence may name only facts that always come with its code (`shared/kit/error-facts.ts`): any other
 * does not compile, because the sentence would have a hole where it is missing. (A test holds other languages to the same facts.)
 */
export const wordsForErrors = <const W extends Readonly<Record<ErrorCode, Sentences>>>(
  words: W & {
    [C in ErrorCode]: Named<W[C]['what' | 'why' | 'fix']> extends SureFact<C>
      ? unknown
      : { theseFactsMayBeMissing: Exclude<Named<W[C]['what' | 'why' | 'fix']>, SureFact<C>> }
  },
): W => words
