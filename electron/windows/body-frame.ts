import { mailFrameScript } from 'virtual:mail-frame'
import type { WebContents } from 'electron'
import { type BodyFit, type BodyFitRequest, bodyFit } from '../../shared/model/body-fit'

/** What the script in the frame is told. */
type FrameOrder = Pick<BodyFitRequest, 'asSent' | 'paper' | 'ink' | 'wideTable'> &
  Readonly<{ isDark: boolean; isZoomed: boolean }>

const notMeasured: BodyFit = { heightPx: null, scale: 1, isDarkened: false, isWide: false }

const withoutHash = (url: string): string => url.replace(/#.*$/s, '')

/** Zoom steps begin at a tenth. */
const zoomedFrom = 1.04

/**
 * Runs our script beside one mail body and answers what it measured.
 *
 * The frame has no right to run scripts (`mailBodyPolicy`), and that stays: a document without scripts cannot ask, and a
 * page of another origin cannot look into it. Chromium's own debugging door can, from main and from nowhere else. It
 * is open for this one evaluation, names no port, and the script runs in a world apart, in which the mail has no part.
 */
const runInFrame = async (contents: WebContents, url: string, order: FrameOrder): Promise<unknown> => {
  const door = contents.debugger
  const sessions: string[] = []
  const note = (_event: unknown, method: string, params: unknown): void => {
    if (method !== 'Target.attachedToTarget') return
    const { sessionId, targetInfo } = params as { sessionId: string; targetInfo: { url: string } }
    if (withoutHash(targetInfo.url) === url) sessions.push(sessionId)
  }
  door.attach('1.3')
  door.on('message', note)
  try {
    await door.sendCommand('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: true,
    })
    // A body that is asked for again stands beside the one before it for a moment; the newest comes last.
    const session = sessions.at(-1)
    if (session === undefined) return null
    const { frameTree } = await door.sendCommand('Page.getFrameTree', {}, session)
    const world = await door.sendCommand(
      'Page.createIsolatedWorld',
      { frameId: frameTree.frame.id, worldName: 'siegel' },
      session,
    )
    const answer = await door.sendCommand(
      'Runtime.evaluate',
      {
        expression: `${mailFrameScript};siegelMailFrame.setBody(${JSON.stringify(order)})`,
        contextId: world.executionContextId,
        returnByValue: true,
        silent: true,
      },
      session,
    )
    return answer.result?.value ?? null
  } finally {
    door.off('message', note)
    if (door.isAttached()) door.detach()
  }
}

/**
 * Sets bodies in their frames, one after the other. `isDark`: whether the window is dark now. Never rejects: a body that
 * could not be measured stands as it is and scrolls by itself.
 */
export const createBodyFrames = (parts: {
  contents: () => WebContents | null
  isDark: () => boolean
  addressOf: (request: Pick<BodyFitRequest, 'messageId' | 'attached'>) => string
  onFailure: (error: unknown) => void
}) => {
  let last: Promise<unknown> = Promise.resolve()
  const setOne = async ({ messageId, attached, ...order }: BodyFitRequest): Promise<BodyFit> => {
    const contents = parts.contents()
    if (contents === null || contents.isDestroyed()) return notMeasured
    try {
      const measured = await runInFrame(contents, parts.addressOf({ messageId, attached }), {
        ...order,
        isDark: parts.isDark(),
        isZoomed: contents.getZoomFactor() > zoomedFrom,
      })
      // What comes out of a hostile document is judged like any input, in releases too.
      const parsed = bodyFit.safeParse(measured)
      return parsed.success ? parsed.data : notMeasured
    } catch (error) {
      parts.onFailure(error)
      return notMeasured
    }
  }
  return (request: BodyFitRequest): Promise<BodyFit> => {
    const next = last.then(() => setOne(request))
    last = next
    return next
  }
}
