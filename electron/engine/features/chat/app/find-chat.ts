import type { FoundChat } from '../../../../../shared/features/chat/model'
import { holdsFolded } from '../../../../../shared/kit/fold-text'
import type { ChatFinder } from '../../../ports/chat/chat-finder'
import { nameOfConversation, personOf, type ShownContext } from './shown'

/** As much of a message as a line of what was found shows. */
const lineLetters = 300

/** Finds in chat, for the one search. */
export const createChatFinder = (context: ShownContext): ChatFinder => ({
  find: ({ terms, within, limit }) => {
    const { conversations, messages } = context.store.chat
    const found: FoundChat[] = []
    if (within === null && terms.length > 0)
      for (const row of conversations.all()) {
        const name = nameOfConversation(context, row)
        const known = `${name} ${row.jid}`
        const isIt = terms.every(
          ({ forms, wanted }) => forms.some(form => holdsFolded(known, form)) === wanted,
        )
        if (isIt && found.length < limit)
          found.push({
            ...{
              conversationId: row.id,
              messageId: null,
              name,
              author: '',
              text: row.jid,
              atMs: row.last_at,
            },
          })
      }
    const rows = messages
      .find(
        terms,
        within === null ? {} : { fromMs: within.fromMs, toMs: within.toMs },
        // A day more on both sides is looked at than counts.
        within === null ? limit : limit * 4,
      )
      .filter(({ at }) => within === null || within.isIn(at))
      .slice(0, Math.max(0, limit - found.length))
    const files = messages.files(rows.map(({ id }) => id))
    for (const message of rows) {
      const row = conversations.get(message.conversation)
      if (row === null) continue
      const author = personOf(context, row, message)
      const text = message.text || (files.find(each => each.message === message.id)?.name ?? '')
      found.push({
        ...{ conversationId: row.id, messageId: message.id, name: nameOfConversation(context, row) },
        author: author.isOwn ? '' : author.name,
        ...{ text: text.slice(0, lineLetters), atMs: message.at },
      })
    }
    return found
  },
})
