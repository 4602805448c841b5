/** The shape of a language: the same keys as English, any text. A missing or superfluous key is a type error. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }
