import { errorFacts, placeFacts } from '../../shared/kit/error-facts'
import type { ErrorCode, ErrorParams } from '../../shared/kit/result'

const filled = (names: readonly string[]): ErrorParams =>
  Object.fromEntries(names.map(name => [name, name === 'what' ? 'message' : `<${name}>`]))

/** The facts that always come with a code, with marks as values. */
export const sureFacts = (code: ErrorCode): ErrorParams =>
  filled(errorFacts[code].filter(name => !name.endsWith('?')))

/** All facts that a code can have, with marks as values. */
export const allFacts = (code: ErrorCode): ErrorParams =>
  filled([...errorFacts[code], ...placeFacts].map(name => name.replace('?', '')))
