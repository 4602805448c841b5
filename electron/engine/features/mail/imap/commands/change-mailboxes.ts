import { SiegelError } from '../../../../../../shared/kit/result'
import type { ImapContext } from '../context'
import { text } from '../wire'

const alreadyThere = /already ?exists|exists/i

/** CREATE and SUBSCRIBE. A mailbox that is already there is no error: the task may run twice. */
export async function createMailbox(context: ImapContext, path: string): Promise<void> {
  const name = text(context.names.toWire(path))
  try {
    await context.wire.run('CREATE', [name])
  } catch (error) {
    if (
      !(
        error instanceof SiegelError &&
        error.code === 'server-refused' &&
        alreadyThere.test(String(error.params.detail))
      )
    )
      throw error
  }
  try {
    await context.wire.run('SUBSCRIBE', [name])
  } catch (error) {
    // Other clients may not show it; it is there all the same.
    if (!(error instanceof SiegelError && error.code === 'server-refused')) throw error
  }
}

/** RENAME. Throws `server-refused` with the server's words. */
export async function renameMailbox(context: ImapContext, path: string, newPath: string): Promise<void> {
  if (context.selected?.path === path) context.selected = null
  await context.wire.run('RENAME', [text(context.names.toWire(path)), text(context.names.toWire(newPath))])
}

/** DELETE. */
export async function deleteMailbox(context: ImapContext, path: string): Promise<void> {
  if (context.selected?.path === path) context.selected = null
  await context.wire.run('DELETE', [text(context.names.toWire(path))])
}
