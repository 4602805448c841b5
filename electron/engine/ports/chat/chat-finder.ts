import type { FoundChat } from '../../../../shared/features/chat/model'
import type { FindTerm } from '../../../../shared/features/find/read-find'

/** What the one search asks of chat. */
export type ChatFinder = Readonly<{
  /**
   * Conversations by name or address, then messages, newest first, in which every wanted term begins a word, of at most `limit` rows together. `within`: only what
   * was written at such a time, and no conversations; null for any.
   */
  find(
    asked: Readonly<{
      terms: readonly FindTerm[]
      within: Readonly<{ fromMs: number; toMs: number; isIn: (atMs: number) => boolean }> | null
      limit: number
    }>,
  ): readonly FoundChat[]
}>
