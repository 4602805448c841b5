import type { CommandId } from '../../../shared/ipc/commands'

/** A draft window is there well before this; if it never comes, commands are heard again. */
const pauseMs = 1000

const opensDraft: ReadonlySet<CommandId> = new Set<CommandId>([
  'compose',
  'reply',
  'replyAll',
  'replyList',
  'forward',
])

/**
 * Keys typed between the command that opens a draft and the draft's focus are meant for the draft: they are
 * swallowed rather than taken as commands ("delete", "archive").
 */
export class WritingPause {
  #untilMs = 0

  ran(command: CommandId, nowMs: number): void {
    if (opensDraft.has(command)) this.#untilMs = nowMs + pauseMs
  }

  /** The draft is there and has the keyboard. */
  end(): void {
    this.#untilMs = 0
  }

  /** Whether this key is to be swallowed. A key in a field says that the draft is there: the pause ends. */
  swallows(
    event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
    inField: boolean,
    nowMs: number,
  ) {
    if (inField) this.#untilMs = 0
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    return nowMs < this.#untilMs && isPlain && event.key !== 'Escape' && event.key !== 'Tab'
  }
}
