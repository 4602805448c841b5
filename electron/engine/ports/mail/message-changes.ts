import type { SystemFlag } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'

/** Changes to messages, here at once and on the server as tasks; `features/mail/app/change/` is the real one. */
export type MessageChanges = {
  /** Changes flags without a way back for the user. */
  setFlags(
    ids: readonly MessageId[],
    change: { add: readonly SystemFlag[]; remove: readonly SystemFlag[] },
  ): void
  /** Removes messages for good. Not undoable. */
  deleteForGood(ids: readonly MessageId[]): void
}
