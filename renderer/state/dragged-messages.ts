import type { MessageId } from '../../shared/kit/ids'

/** Says that messages are in the hand. The ids stay in the page: a drop outside must learn nothing of them. */
export const dragType = 'application/x-siegel-messages'

let ids: readonly MessageId[] = []

/** The messages being dragged now. */
export const dragged = {
  hold(held: readonly MessageId[]): void {
    ids = held
  },
  take(): readonly MessageId[] {
    const held = ids
    ids = []
    return held
  },
}
