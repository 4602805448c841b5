import { setImmediate } from 'node:timers/promises'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { nameOfConversation, type ShownContext, shownMessages } from './shown'

type Context = ShownContext & Needs<'files' | 'vault', 'openpgp'>

/** So many are read and written at a stretch. */
const pageRows = 500
/** What the vault encrypts at once; some hundred thousand messages. */
const largestBytes = 150_000_000

const utc = (ms: number): string => new Date(ms).toISOString()

/**
 * The history of a conversation as JSON Lines (docs/chat-history.md): a head, then a line a message, the oldest first. Nothing in it is a key: files are
 * named and not held, and their addresses, which open encrypted ones, are left out.
 */
export const chatExportUseCases = (context: Context): Pick<UseCases, 'chat.export'> => ({
  'chat.export': async ({ conversationId, path, isEncrypted }) => {
    const { store, chat, clock, files, vault } = context
    const { conversations, messages } = store.chat
    const row = conversations.require(conversationId)
    const recipients = store.openpgp
      .ownKeys()
      .filter(({ facts }) => facts.canEncrypt)
      .map(({ publicKey }) => ({ key: publicKey, hidden: false }))
    if (isEncrypted && recipients.length === 0) throw new SiegelError('no-key')
    const lines: Buffer[] = []
    let [exported, bytes] = [0, 0]
    const write = (value: object): void => {
      const line = Buffer.from(`${JSON.stringify(value)}\n`)
      bytes += line.byteLength
      if (bytes > largestBytes) throw new SiegelError('too-large', { limitBytes: largestBytes })
      lines.push(line)
    }
    write({
      ...{ format: 'siegel-chat-history', version: 1, address: row.jid, kind: row.kind },
      name: nameOfConversation(context, row),
      account: chat.addressOf(conversations.accountOf(row)) ?? '',
      exportedAt: utc(clock.now()),
    })
    let rows = messages.behind(conversationId, null, pageRows)
    for (;;) {
      const last = rows.at(-1)
      if (last === undefined) break
      for (const message of shownMessages(context, row, rows)) {
        const { author, retracted, replyTo } = message
        write({
          ...{ id: message.id, originId: message.originId, stanzaId: message.stanzaId },
          ...{ from: message.from, to: message.to, author: author.name, own: author.isOwn },
          ...{ time: utc(message.atMs), text: message.text, encryption: message.encryption },
          ...{ trust: message.trust, state: message.state, reason: message.undecryptable },
          earlier:
            message.edits === 0
              ? []
              : messages
                  .versions(message.id)
                  .filter(({ text }) => text !== message.text)
                  .map(({ text, at }) => ({ text, time: utc(at) })),
          retracted: retracted && { by: retracted.by, reason: retracted.reason },
          replyTo: replyTo?.id ?? null,
          reactions: message.reactions.map(({ emoji, by }) => ({ emoji, by: by.map(({ name }) => name) })),
          attachments: message.attachments.map(({ fileName, contentType, sizeBytes, isEncrypted }) => ({
            ...{ fileName, contentType, sizeBytes, encrypted: isEncrypted },
          })),
        })
        exported += 1
      }
      if (rows.length < pageRows) break
      // What comes in meanwhile is not held up.
      await setImmediate()
      rows = messages.behind(conversationId, last, pageRows)
    }
    const whole = Buffer.concat(lines)
    try {
      if (!isEncrypted) await files.create(path, whole)
      else {
        const { armored } = await vault.encrypt({
          ...{ data: whole, recipients, signWith: null, nowMs: clock.now() },
        })
        await files.create(path, Buffer.from(armored))
      }
    } finally {
      for (const line of [whole, ...lines]) line.fill(0)
    }
    return { exported }
  },
})
