import type { ChatMessageId, ConversationId } from '../../../../shared/features/chat/model'
import type { Host } from '../../../host/host'

/** What is being written in a conversation. */
export type ChatDraft = Readonly<{
  text: string
  replyTo: ChatMessageId | null
  corrects: ChatMessageId | null
}>

/** Typing rests this long before it is kept. */
const restMs = 400

const same = (one: ChatDraft, other: ChatDraft | null): boolean =>
  one.text === other?.text && one.replyTo === other.replyTo && one.corrects === other.corrects

/** Keeps what is being written in the store: soon after each pause, and at once when the conversation is left. */
export class DraftKeeper {
  readonly #host: Host
  readonly #conversationId: ConversationId
  /** What the store has; null after it could not keep something. */
  #kept: ChatDraft | null
  #now: ChatDraft
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(host: Host, conversationId: ConversationId, begin: ChatDraft) {
    this.#host = host
    this.#conversationId = conversationId
    this.#kept = begin
    this.#now = begin
  }

  set(draft: ChatDraft): void {
    this.#now = draft
    this.#timer ??= setTimeout(() => this.flush(), restMs)
  }

  /** The store was written to by another call: what it has is not known any more. */
  forgetKept(): void {
    this.#kept = null
  }

  /** Keeps what there is now; a text that was sent is kept no more. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (same(this.#now, this.#kept)) return
    const draft = this.#now
    this.#kept = draft
    void this.#host.call('chat.draft', { conversationId: this.#conversationId, ...draft }).then(result => {
      // Asked again with the next letter, or when the conversation is left.
      if (!result.ok && this.#kept === draft) this.#kept = null
    })
  }
}
