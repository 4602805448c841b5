import type { SystemFlag } from '../../../../../shared/features/mail/model'
import { type FlagSet, flagBits } from '../../../formats/flags'
import type { ChangeFeed } from '../../../store/change-feed'

/** A message of which the flags were `before` and are `after`. */
export type FlagsBeforeAfter = Readonly<{ id: number; mailbox: number; before: FlagSet; after: FlagSet }>

/**
 * Tells of flags: the messages, and the mailboxes whose number of unread messages, or whose lists of unread or starred ones, are
 * others by it. In the transaction of the change.
 */
export function noteFlags(feed: ChangeFeed, changes: readonly FlagsBeforeAfter[]): void {
  const withOther = (flag: SystemFlag) =>
    changes
      .filter(({ before, after }) => ((before.bits ^ after.bits) & flagBits[flag]) !== 0)
      .map(({ mailbox }) => mailbox)
  feed.note(
    'message',
    changes.map(({ id }) => id),
    'flags',
  )
  feed.note('mailbox', withOther('seen'), 'unread')
  feed.note('mailbox', withOther('flagged'), 'flagged')
}
