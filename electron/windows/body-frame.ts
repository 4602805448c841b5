import { mailFrameScript } from 'virtual:mail-frame'
import type { WebContents } from 'electron'
import {
  type BodyFit,
  type BodyFitRequest,
  type BodyPlace,
  bodyFit,
  bodyPlace,
} from '../../shared/model/body-fit'

/** What the script in the frame is told. */
type FrameOrder = Pick<BodyFitRequest, 'asSent' | 'paper' | 'ink' | 'wideTable'> &
  Readonly<{ isDark: boolean; isZoomed: boolean }>

const notMeasured: BodyFit = { heightPx: null, scale: 1, isDarkened: false, isWide: false }

const withoutHash = (url: string): string => url.replace(/#.*$/s, '')

/** A document that takes longer to lay out is shown as it is. */
const patienceMs = 15_000

/** Zoom steps begin at a tenth. */
const zoomedFrom = 1.04

/**
 * Runs our script beside one mail body and answers what it measured.
 *
 * The frame has no right to run scripts (`mailBodyPolicy`), and that stays: a document without scripts cannot ask, and a
 * page of another origin cannot look into it. Chromium's own debugging door can, from main and from nowhere else. It
 * is open for this one evaluation, names no port, and the script runs in a world apart, in which the mail has no part.
 */
const runInFrame = async (contents: WebContents, url: string, call: string): Promise<unknown> => {
  const door = contents.debugger
  const sessions: string[] = []
  let giveUp: (reason: Error) => void = () => undefined
  // A frame that goes while it is asked never answers.
  const isGone = new Promise<never>((_resolve, reject) => {
    giveUp = reject
  })
  isGone.catch(() => undefined)
  const note = (_event: unknown, method: string, params: unknown): void => {
    const { sessionId, targetInfo } = params as { sessionId?: string; targetInfo?: { url: string } }
    if (sessionId === undefined) return
    if (method === 'Target.attachedToTarget' && targetInfo && withoutHash(targetInfo.url) === url)
      sessions.push(sessionId)
    if (method === 'Target.detachedFromTarget' && sessionId === sessions.at(-1))
      giveUp(new Error('the frame is gone'))
  }
  const onEnd = (): void => giveUp(new Error('the page is gone'))
  const ask = (method: string, params: object, session?: string) =>
    Promise.race([door.sendCommand(method, params, session), isGone])
  door.attach('1.3')
  door.on('message', note)
  door.on('detach', onEnd)
  try {
    await ask('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true })
    // A body that is asked for again stands beside the one before it for a moment; the newest comes last.
    const session = sessions.at(-1)
    if (session === undefined) return null
    const { frameTree } = await ask('Page.getFrameTree', {}, session)
    const world = await ask(
      'Page.createIsolatedWorld',
      { frameId: frameTree.frame.id, worldName: 'siegel' },
      session,
    )
    const answer = await ask(
      'Runtime.evaluate',
      {
        expression: `${mailFrameScript};siegelMailFrame.${call}`,
        contextId: world.executionContextId,
        returnByValue: true,
        silent: true,
        timeout: patienceMs,
      },
      session,
    )
    return answer.result?.value ?? null
  } finally {
    door.off('message', note)
    door.off('detach', onEnd)
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
  /** The message of such an address, or null. */
  placeOf: (address: string) => Pick<BodyPlace, 'messageId' | 'attached'> | null
  onPlace: (place: BodyPlace) => void
  onFailure: (error: unknown) => void
}) => {
  let last: Promise<unknown> = Promise.resolve()
  const measure = async (contents: WebContents, url: string, order: FrameOrder): Promise<BodyFit | null> => {
    try {
      // What comes out of a hostile document is judged like any input, in releases too.
      const parsed = bodyFit.safeParse(await runInFrame(contents, url, `setBody(${JSON.stringify(order)})`))
      return parsed.success ? parsed.data : null
    } catch (error) {
      parts.onFailure(error)
      return null
    }
  }
  const setOne = async ({ messageId, attached, ...order }: BodyFitRequest): Promise<BodyFit> => {
    const contents = parts.contents()
    if (contents === null || contents.isDestroyed()) return notMeasured
    const url = parts.addressOf({ messageId, attached })
    const isZoomed = contents.getZoomFactor() > zoomedFrom
    const measured = await measure(contents, url, { ...order, isDark: parts.isDark(), isZoomed })
    // Half set, what does not fit could not be reached: then it stands as it came.
    if (measured === null && !contents.isDestroyed())
      await runInFrame(contents, url, 'putBack()').catch(parts.onFailure)
    return measured ?? notMeasured
  }
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const next = last.then(act)
    last = next
    return next
  }
  const find = async (url: string): Promise<void> => {
    const contents = parts.contents()
    const place = parts.placeOf(withoutHash(url))
    const [, hash = ''] = /#(.{1,2000})$/s.exec(url) ?? []
    if (contents === null || place === null || hash === '') return
    try {
      const top = await runInFrame(contents, withoutHash(url), `topOf(${JSON.stringify(hash)})`)
      const parsed = bodyPlace.safeParse({ ...place, topPx: top })
      if (parsed.success) parts.onPlace(parsed.data)
    } catch (error) {
      parts.onFailure(error)
    }
  }
  return {
    fit: (request: BodyFitRequest): Promise<BodyFit> => inTurn(() => setOne(request)),
    /**
     * Follows links within the bodies of a window. The frame is as high as its document and has nothing to scroll; what
     * scrolls is around it, where a frame of another origin does not reach.
     */
    follow(contents: WebContents): void {
      contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
        if (!isMainFrame) void inTurn(() => find(url))
      })
    },
  }
}
