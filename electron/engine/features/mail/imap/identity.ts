import { SiegelError } from '../../../../../shared/kit/result'
import { neutralIdentity } from '../../../ports/net/client-identity'
import type { ImapContext } from './context'
import { text } from './wire'

/** "Unsafe Login. Please contact ..." (NetEase), and what servers that demand an ID (RFC 2971) may well write. */
const wantsName = /unsafe\s*login|\bID command\b|\bidentif|client (?:id|name)|unknown client/i

/** Gives the neutral name, once a connection. False where it cannot be given, or was before. */
async function identify(context: ImapContext): Promise<boolean> {
  if (context.identity.given || !context.wire.has('ID')) return false
  context.identity.given = true
  await context.wire.run('ID', [neutralIdentity.map(text)])
  context.log.info('the server wants a client name; the neutral one was given', {})
  return true
}

/**
 * Runs a command, and once more after giving a neutral name where the refusal asks for one. From then on the other
 * connections of this account give it after the login. `alsoFor` widens what counts as asking.
 */
export async function withIdentity<T>(
  context: ImapContext,
  work: () => Promise<T>,
  alsoFor: (error: SiegelError) => boolean = () => false,
): Promise<T> {
  if (context.identity.isWanted) await identify(context)
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SiegelError) || error.code !== 'server-refused') throw error
    const asked = wantsName.test(String(error.params['detail'] ?? ''))
    if (!asked && !alsoFor(error)) throw error
    if (!(await identify(context))) throw error
    const result = await work()
    context.identity.wanted()
    return result
  }
}
