import { SiegelError } from '../../../../../shared/kit/result'
import type { UseCases } from '../../../ports/use-cases'

const names = ['chat.sendFile', 'chat.sendFiles', 'chat.fetchFile', 'chat.stopFile'] as const

const refuse = (): never => {
  throw new SiegelError('unsupported', { reason: 'chat' })
}

/** Calls that are agreed on and have no answer so far: each says so. */
export const notYet = Object.fromEntries(names.map(name => [name, refuse])) as unknown as Pick<
  UseCases,
  (typeof names)[number]
>
