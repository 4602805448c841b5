import type { CommandId } from '../../shared/ipc/commands'
import type { ErrorCode, ErrorThing } from '../../shared/kit/error-facts'
import type { Intersection } from '../../shared/kit/joined'
import { mergeOnce } from '../../shared/kit/joined'
import { german as ownGerman } from '../i18n/de'
import { english as ownEnglish } from '../i18n/en'
import type { Sentences, Words } from '../i18n/words'
import { features } from '.'

type Joined = typeof ownEnglish & Intersection<(typeof features)[number]['words']['en']>

/** All words of a language, by namespace. */
export type English = { [N in keyof Joined]: Joined[N] }

type Language = Readonly<Record<string, object>>

/** Words of one namespace may come from several features: their own errors, things and commands. Throws when two say the same. */
function joinedWords(languages: readonly Language[]): Language {
  const namespaces = new Set(languages.flatMap(language => Object.keys(language)))
  return Object.fromEntries(
    [...namespaces].map(name => [
      name,
      mergeOnce(
        languages.map(language => language[name] ?? {}),
        `words in ${name}`,
      ),
    ]),
  )
}

export const english = joinedWords([ownEnglish, ...features.map(({ words }) => words.en)]) as English
export const german = joinedWords([ownGerman, ...features.map(({ words }) => words.de)]) as Words<English>

/** Every error, every thing that one is about and every command has its words: what is missing does not compile. */
english satisfies Readonly<{
  errors: Readonly<Record<ErrorCode, Sentences>>
  things: Readonly<Record<ErrorThing, string>>
  commands: Readonly<Record<CommandId, string>>
}>
