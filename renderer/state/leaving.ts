import { create } from 'zustand'
import type { MessageId } from '../../shared/kit/ids'

type Leaving = Readonly<{
  /** Sent away; the program has not answered yet. */
  asked: ReadonlySet<MessageId>
  /** The program agreed. The list has been told anew so many times since, and still had it. */
  agreed: ReadonlyMap<MessageId, number>
}>

const none: Leaving = { asked: new Set(), agreed: new Map() }

/**
 * Messages that were sent away from the list that is shown: it is without them in the next frame, before the program has
 * answered. They come back when it refuses or changed nothing, when the change is taken back, and when another list is shown;
 * otherwise they are forgotten here as soon as the list is told without them.
 */
export const useLeaving = create<Leaving>(() => none)

/** Hides the messages while `change` is asked for, which answers how many it changed, or null when it was refused. */
export async function leave(ids: readonly MessageId[], change: () => Promise<number | null>): Promise<void> {
  useLeaving.setState(({ asked }) => ({ asked: new Set([...asked, ...ids]) }))
  const count = await change()
  useLeaving.setState(({ asked, agreed }) => {
    // Those of a list that is not shown any more are forgotten already.
    const mine = new Set(ids.filter(id => asked.has(id)))
    return {
      asked: new Set([...asked].filter(id => !mine.has(id))),
      agreed: count ? new Map([...agreed, ...[...mine].map(id => [id, 0] as const)]) : agreed,
    }
  })
}

/**
 * The list was told anew. What it still has may be from just before the change; what it has a second time is in it, as after a move
 * from one inbox to another.
 */
export function listTold(ids: readonly MessageId[]): void {
  const { agreed } = useLeaving.getState()
  if (agreed.size === 0) return
  const here = new Set(ids)
  useLeaving.setState({
    agreed: new Map([...agreed].flatMap(([id, times]) => (here.has(id) && times === 0 ? [[id, 1]] : []))),
  })
}

/** Another list is shown, or a change was taken back. */
export const forgetLeaving = (): void => {
  const { asked, agreed } = useLeaving.getState()
  if (asked.size + agreed.size > 0) useLeaving.setState(none)
}

/** The list without those that are leaving it. */
export const withoutLeaving = (
  ids: readonly MessageId[],
  { asked, agreed }: Leaving,
): readonly MessageId[] =>
  asked.size + agreed.size === 0 ? ids : ids.filter(id => !asked.has(id) && !agreed.has(id))
