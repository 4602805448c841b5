import { type ChatSettings, chatSettings } from '../../../../../shared/features/chat/model'

/** Encrypted from the first word on; nothing is told to people whom one never wrote to. */
const usual: ChatSettings = {
  receipts: true,
  markers: true,
  typing: true,
  toStrangers: false,
  encryptByDefault: true,
  undoSeconds: 5,
}

/** Settings as they are kept, what is not kept as usual. */
export function settingsOf(text: string): ChatSettings {
  try {
    const kept = chatSettings.partial().safeParse(JSON.parse(text))
    return kept.success ? merged(kept.data) : usual
  } catch {
    return usual
  }
}

/** A change to settings; what is not named stays. */
export const merged = (
  change: { [K in keyof ChatSettings]?: ChatSettings[K] | undefined },
  to = usual,
): ChatSettings => ({
  receipts: change.receipts ?? to.receipts,
  markers: change.markers ?? to.markers,
  typing: change.typing ?? to.typing,
  toStrangers: change.toStrangers ?? to.toStrangers,
  encryptByDefault: change.encryptByDefault ?? to.encryptByDefault,
  undoSeconds: change.undoSeconds ?? to.undoSeconds,
})
