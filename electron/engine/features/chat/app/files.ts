import type { ChatMessageId, ConversationId } from '../../../../../shared/features/chat/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { randomUuid } from '../../../kit/objects/new-uid'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import type { ShownContext } from './shown'

type Context = ShownContext & Needs<'random' | 'files'>

/** Longest file that is taken from the disk. */
const largestBytes = 100_000_000

/** Files in conversations. */
export function chatFileUseCases(
  context: Context,
): Pick<UseCases, 'chat.sendFile' | 'chat.sendFiles' | 'chat.fetchFile' | 'chat.stopFile'> {
  const { store, chat, clock, random } = context
  const { conversations, messages, outgoing } = store.chat
  const sendOne = async (
    conversationId: ConversationId,
    file: Readonly<{ fileName: string; contentType: string; bytes: Uint8Array }>,
    inClear: boolean,
  ): Promise<{ id: ChatMessageId; undoUntilMs: number }> => {
    const row = conversations.require(conversationId)
    const accountId = conversations.accountOf(row)
    const own = chat.addressOf(accountId)
    if (own === null) throw new SiegelError('chat-no-service')
    if (row.mode === 'encrypted' && row.hold !== null && !inClear)
      throw new SiegelError('chat-needs-decision', { reason: row.hold, name: row.jid })
    const isEncrypted = row.mode === 'encrypted' && !inClear
    const { url, bytes } = await chat.upload(accountId, {
      ...{ fileName: file.fileName, bytes: file.bytes, isEncrypted },
    })
    const undoUntilMs = clock.now()
    const id = store.chat.transaction(() => {
      const written = outgoing.write({
        ...{
          conversation: conversationId,
          own,
          stanza: randomUuid(random),
          text: url,
          inClear,
          undoUntilMs,
          isEncrypted,
        },
        saying: { kind: 'text', text: url, reply: null, isFile: true },
      })
      messages.addOwnFile(written, {
        ...{ name: file.fileName, type: file.contentType, url, isEncrypted, bytes },
      })
      return written
    })
    chat.changed(accountId)
    return { id, undoUntilMs }
  }
  return {
    'chat.sendFile': ({ conversationId, fileName, contentType, bytes, inClear }) =>
      sendOne(conversationId, { fileName, contentType, bytes }, inClear),
    'chat.sendFiles': async ({ conversationId, paths, inClear }) => {
      const sent: Awaited<ReturnType<typeof sendOne>>[] = []
      for (const path of paths) {
        const { name, bytes } = await readOne(context, path)
        const contentType = 'application/octet-stream'
        sent.push(await sendOne(conversationId, { fileName: name, contentType, bytes }, inClear))
      }
      return { sent }
    },
    'chat.fetchFile': ({ id, index }) => {
      const row = conversations.require(messages.require(id).conversation)
      return chat.fetchFile(conversations.accountOf(row), id, index)
    },
    'chat.stopFile': ({ id, index }) => {
      chat.stopFile(id, index)
      return {}
    },
  }
}

async function readOne({ files }: Context, path: string): Promise<{ name: string; bytes: Uint8Array }> {
  const bytes = await files.read(path, largestBytes)
  return { name: path.replace(/^.*[/\\]/s, ''), bytes }
}
