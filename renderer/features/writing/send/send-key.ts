import { isMac } from '../../../state/keys/listen-to-keys'

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

/** Whether a key press sends the draft: Enter with Ctrl, on a Mac with Command, and nothing else. */
export const isSendKey = (press: KeyPress, mac = isMac): boolean =>
  press.key === 'Enter' &&
  (mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey) &&
  !press.altKey &&
  !press.shiftKey &&
  !press.isComposing
