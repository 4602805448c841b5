import type { WebContents } from 'electron'
import type { CallInput, CallOutput } from '../../shared/ipc/contract'
import type { Result } from '../../shared/ipc/result'
import type { BodyPlace } from '../../shared/model/body-fit'
import { withoutHash } from './frame-door'
import type { LinkWords } from './link-dialog'

/** Longer nobody waits for the question after a click; then it says that the words were not compared. */
const patienceMs = 3000

type Ask = (
  name: 'messages.linkFinding',
  input: CallInput<'messages.linkFinding'>,
) => Promise<Result<CallOutput<'messages.linkFinding'>>>

/** Addresses of the frames of a page. */
export const framesShown = (contents: WebContents | null): readonly string[] =>
  contents === null || contents.isDestroyed()
    ? []
    : contents.mainFrame.frames.map(({ url }) => withoutHash(url)).filter(url => URL.parse(url) !== null)

/**
 * What is wrong with a link to `url` in the mails that are shown. Main reads no mail: the engine compares, as for the warnings
 * above a mail, and answers hosts. What ends the wait: the answer, the engine's end, or three seconds. Never rejects.
 */
export const wordsOfLink = async (
  places: readonly (Pick<BodyPlace, 'messageId' | 'attached'> | null)[],
  url: string,
  ask: Ask,
): Promise<LinkWords> => {
  const { promise: isLate, resolve } = Promise.withResolvers<'unknown'>()
  const timer = setTimeout(() => resolve('unknown'), patienceMs)
  const compare = async (): Promise<LinkWords> => {
    let isUnknown = false
    for (const place of places) {
      if (place === null) continue
      const answer = await ask('messages.linkFinding', { ...place, url })
      if (answer.ok && answer.value !== null) return answer.value
      if (!answer.ok) isUnknown = true
    }
    return isUnknown ? 'unknown' : null
  }
  try {
    return await Promise.race([compare(), isLate])
  } finally {
    clearTimeout(timer)
  }
}
