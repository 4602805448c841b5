import {
  type CollectionAnswer,
  type CollectionWaitFacts,
  type CollectionWaitKind,
  collectionAnswer,
} from '../../../shared/kit/collections/wait'
import { asErrorCode } from '../../../shared/kit/result'
import type { Arguments, OptionSpec } from '../arguments'
import { UsageError } from '../exit'
import { errorWords } from '../words/error-words'

/** What the words need to know. `thing`: "event", "contact"; `collection`: "calendar", "address book". */
type Wait = CollectionWaitFacts &
  Readonly<{ what: CollectionWaitKind; object: number | null; title: string; href: string | null }>
type Kind = Readonly<{ thing: string; collection: string }>

/** What waits, as the end of a sentence that begins with its collection. */
export function waitWords(wait: Wait, { thing, collection }: Kind): string {
  const { what, object, title, count = 0, problem, lost = [], changed = [], second, href, answer } = wait
  const one = `${thing} ${object ?? ''}${title === '' ? '' : ` "${title}"`}`
  const things = count === 1 ? `one ${thing} is` : `${count} ${thing}s are`
  const because = problem
    ? `: ${errorWords({ code: asErrorCode(problem.code), params: problem.params })}`
    : ''
  switch (what) {
    case 'asks-removal':
      return answer === undefined
        ? `${things} gone from the server, more than a third. That stays here until you say what is meant`
        : `${things} gone from the server; with the next sync that ${answer === 'remove' ? 'goes from here too' : 'goes there again'}`
    case 'gone':
      return `the server has this ${collection} no more. What was in it is still here`
    case 'read-only':
      return `${count} changes wait, and this ${collection} may only be read now`
    case 'not-sent':
      return `${one}: the server does not take the change${because}`
    case 'unread':
      return `${href ?? ''} on the server cannot be read; it is asked for again from time to time, and when it changes`
    case 'altered':
      return [
        `${one} is kept otherwise by the server`,
        ...(lost.length > 0 ? [`it left out ${lost.join(', ')}, which is still here`] : []),
        ...(changed.length > 0 ? [`it changed ${changed.join(', ')}, which is so here too`] : []),
      ].join('; ')
    case 'kept-both':
      return `${one} was changed here and on the server in the same place. It is as the server has it; what was written here is ${thing} ${second ?? ''}`
    case 'kept-theirs':
      return `${one} was removed here and changed on the server; it is back`
    case 'kept-ours':
      return `${one} was removed on the server and changed here; it is there again`
  }
}

export const answerOptions: OptionSpec = Object.fromEntries(
  collectionAnswer.options.map(name => [name, { type: 'boolean' as const }]),
)

/** Which of what waits, and what is said to it. Throws UsageError. */
export function answerFrom(options: Arguments): { waitId: number; answer: CollectionAnswer } {
  const [text] = options.positionals
  const waitId = Number(text)
  if (!Number.isSafeInteger(waitId) || waitId < 1) throw new UsageError(`"${text}" is no number of them`)
  const [answer, ...more] = collectionAnswer.options.filter(name => options.flag(name))
  if (answer === undefined || more.length > 0) throw new UsageError('give one answer')
  return { waitId, answer }
}

/** What follows from an answer. */
export const saidWords = (answer: CollectionAnswer, { collection }: Kind, verb: string): string =>
  ({
    remove: `Removed, or removed with the next "${verb}".`,
    'put-back': `With the next "${verb}" they go to the server again.`,
    keep: `It is one ${collection} on this machine now.`.replace(
      'one ',
      `a${/^[aeiou]/.test(collection) ? 'n' : ''} `,
    ),
    'try-again': `Tried again with the next "${verb}".`,
    'give-up': "The server's version counts again.",
    seen: 'Noted.',
  })[answer]
