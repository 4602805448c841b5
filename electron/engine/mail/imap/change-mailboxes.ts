import { SiegelError } from '../../../../shared/ipc/result'
import type { ImapContext } from './context'
import { text } from './wire'

/** CREATE and SUBSCRIBE. Throws `server-refused` with the server's words, also where the name is taken already. */
export async function createMailbox(context: ImapContext, path: string): Promise<void> {
  const name = text(context.names.toWire(path))
  await context.wire.run('CREATE', [name])
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
