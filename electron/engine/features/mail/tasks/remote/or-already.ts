import { SiegelError } from '../../../../../../shared/kit/result'
import type { MailSession } from '../../../../ports/mail/mail-backend'

/**
 * A change of a mailbox that turns out to be done already (an earlier answer was lost) is done. `isDone` is asked of the
 * paths that the server lists. Throws what the change was refused with.
 */
export async function orAlready(
  session: MailSession,
  change: () => Promise<void>,
  isDone: (paths: ReadonlySet<string>) => boolean,
): Promise<void> {
  try {
    await change()
  } catch (error) {
    if (!(error instanceof SiegelError) || !['server-refused', 'mailbox-missing'].includes(error.code))
      throw error
    // A level that only others lie below is no mailbox.
    const there = (await session.list()).filter(each => each.selectable)
    if (!isDone(new Set(there.map(each => each.path)))) throw error
  }
}
