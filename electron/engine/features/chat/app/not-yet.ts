import { chatCalls } from '../../../../../shared/features/chat/calls'
import { SiegelError } from '../../../../../shared/kit/result'
import type { UseCases } from '../../../ports/use-cases'

type ChatCall = keyof typeof chatCalls

const refuse = (): never => {
  throw new SiegelError('unsupported', { reason: 'chat' })
}

/** Calls that are agreed on and have no answer so far: each says so. */
export const notYet = Object.fromEntries(
  Object.keys(chatCalls).map(name => [name, refuse]),
) as unknown as Pick<UseCases, ChatCall>
