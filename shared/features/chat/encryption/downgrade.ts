import type { ChatEncryption, ChatHold } from '../model'

/** What becomes of something that came in a conversation. The mode never changes by what others send. */
export type ReceivedWithout = Readonly<{
  /** It is drawn as not encrypted, in words. */
  isMarked: boolean
  /** Sending waits until a person decided. */
  hold: Extract<ChatHold, 'peer-in-clear'> | null
}>

/**
 * `asksForClear`: the other said in so many words (XEP-0393 has none; an opt-out of its program) that they cannot read what is encrypted. `isRoom`: there
 * one member's habit holds nobody.
 */
export function judgeReceived({
  mode,
  encryption,
  asksForClear,
  isRoom,
}: Readonly<{
  mode: 'encrypted' | 'clear'
  encryption: ChatEncryption
  asksForClear: boolean
  isRoom: boolean
}>): ReceivedWithout {
  if (mode === 'clear') return { isMarked: false, hold: null }
  return {
    isMarked: encryption === 'none',
    hold: asksForClear && !isRoom ? 'peer-in-clear' : null,
  }
}

/**
 * Whether what refers to an earlier message (a correction, a reaction, a retraction) may be believed by its protection: never less than
 * what it changes. `omemo` guards the text alone, so whatever is beside it is drawn without a lock.
 */
export const isNotBelow = (changed: ChatEncryption, by: ChatEncryption): boolean =>
  changed === 'none' || by !== 'none'

/** What of a message its encryption guards: the whole content, the text alone, or nothing. */
export const guardedBy = (encryption: ChatEncryption): 'content' | 'text' | 'nothing' =>
  encryption === 'omemo2' ? 'content' : encryption === 'omemo' ? 'text' : 'nothing'
