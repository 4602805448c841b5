import type { ChatMessageId, ConversationId } from '../../../../../shared/features/chat/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { randomUuid } from '../../../kit/objects/new-uid'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { type OwnFile, ownFile } from '../connection/files/own-file'
import { settingsOf } from './settings'
import type { ShownContext } from './shown'

type Context = ShownContext & Needs<'random' | 'files' | 'background'>

/** Longest file that is taken from the disk. */
const largestBytes = 100_000_000

/** Files in conversations. */
export function chatFileUseCases(
  context: Context,
): Pick<UseCases, 'chat.sendFile' | 'chat.sendFiles' | 'chat.fetchFile' | 'chat.saveFile' | 'chat.stopFile'> {
  const { store, chat, clock, random, files } = context
  const { conversations, messages, outgoing } = store.chat
  const sendOne = (
    conversationId: ConversationId,
    file: OwnFile,
    inClear: boolean,
  ): { id: ChatMessageId; undoUntilMs: number } => {
    const row = conversations.require(conversationId)
    const accountId = conversations.accountOf(row)
    const own = chat.addressOf(accountId)
    if (own === null) throw new SiegelError('chat-no-service')
    if (row.mode === 'encrypted' && row.hold !== null && !inClear)
      throw new SiegelError('chat-needs-decision', { reason: row.hold, name: row.jid })
    if (row.kind === 'room' && store.chat.roomOf(row)?.nick === undefined)
      throw new SiegelError('chat-not-in-room')
    const { undoSeconds } = settingsOf(conversations.settingsText(accountId))
    const undoUntilMs = clock.now() + (context.background ? undoSeconds * 1000 : 0)
    const id = outgoing.write({
      ...{ conversation: conversationId, own, stanza: randomUuid(random), text: '', inClear, undoUntilMs },
      saying: { kind: 'text', text: '', reply: null, isFile: true },
      isEncrypted: row.mode === 'encrypted' && !inClear,
      file: ownFile(file),
    })
    chat.changed(accountId)
    return { id, undoUntilMs }
  }
  const fetchFile = (id: ChatMessageId, index: number) => {
    const row = conversations.require(messages.require(id).conversation)
    return chat.fetchFile(conversations.accountOf(row), id, index)
  }
  return {
    'chat.sendFile': ({ conversationId, fileName, contentType, bytes, inClear }) =>
      sendOne(conversationId, { fileName, contentType, bytes }, inClear),
    'chat.sendFiles': async ({ conversationId, paths, inClear }) => {
      // All are read before the first is sent, so that none goes where another cannot.
      const read: OwnFile[] = []
      for (const path of paths)
        read.push({
          contentType: '',
          fileName: path.replace(/^.*[/\\]/s, ''),
          bytes: await files.read(path, largestBytes),
        })
      return { sent: read.map(file => sendOne(conversationId, file, inClear)) }
    },
    'chat.fetchFile': ({ id, index }) => fetchFile(id, index),
    'chat.saveFile': async ({ id, index, directory }) => {
      const { fileName, bytes } = await fetchFile(id, index)
      return { path: await files.writeNew(directory, fileName, bytes) }
    },
    'chat.stopFile': ({ id, index }) => {
      chat.stopFile(id, index)
      return {}
    },
  }
}
