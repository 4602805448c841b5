import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { wholeMessage } from './whole-message'

/** Source view: longer sources are cut for display; saving keeps every byte. */
const sourceCharacters = 2_000_000

/** The bytes of a message: fetched when they are not here, shown as source, or given whole. */
export function sourceUseCases(
  context: Needs<'sync', 'messages'>,
): Pick<UseCases, 'messages.download' | 'messages.source' | 'messages.raw'> {
  return {
    'messages.download': async ({ messageId }) => {
      await wholeMessage(context, messageId)
      return {}
    },
    'messages.source': async ({ messageId }) => {
      const raw = await wholeMessage(context, messageId)
      const cut = raw.subarray(0, sourceCharacters)
      // Source is shown as it is on the wire; UTF-8 where it is that, otherwise byte by byte.
      const text = decodeSource(cut)
      return { text, truncated: cut.length < raw.length, sizeBytes: raw.length }
    },
    'messages.raw': async ({ messageId }) => ({ bytes: await wholeMessage(context, messageId) }),
  }
}

function decodeSource(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}
