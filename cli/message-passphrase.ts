import type { MessageId } from '../shared/model/ids'
import type { Arguments } from './arguments'
import { type Session, secretFromFile } from './session'

/** The option of every verb that opens messages. */
export const messagePassphraseOption = { 'message-passphrase-file': { type: 'string' } } as const

/** Opens a message with the passphrase of `--message-passphrase-file`; nothing without the option. Throws what keeps it closed. */
export async function openWithPassphrase(
  session: Session,
  options: Arguments,
  messageId: MessageId,
  attached: readonly string[] = [],
): Promise<void> {
  const file = options.text('message-passphrase-file')
  if (file === undefined) return
  const passphrase = new TextEncoder().encode(await secretFromFile(file))
  await session.call('messages.openWithPassphrase', { messageId, attached: [...attached], passphrase })
}
