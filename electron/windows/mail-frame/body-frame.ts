import { mailFrameScript } from 'virtual:mail-frame'
import type { WebContents } from 'electron'
import { z } from 'zod'
import {
  type BodyFit,
  type BodyFitRequest,
  type BodyPlace,
  bodyFit,
  bodyPlace,
} from '../../../shared/features/mail/body-fit'
import { FrameDoor, withoutHash } from './frame-door'

/** What the script in the frame is told. */
type FrameOrder = Pick<BodyFitRequest, 'asSent' | 'paper' | 'ink' | 'wideTable'> &
  Readonly<{ isDark: boolean; isZoomed: boolean }>

/** What it answers. `folds`: which parts that fold are open, as a row of 0 and 1; empty when it need not be watched. */
const frameAnswer = bodyFit.extend({ folds: z.string().max(5000) })

const notMeasured: BodyFit = { heightPx: null, scale: 1, isDarkened: false, isWide: false, marks: [] }

/** Zoom steps begin at a tenth. */
const zoomedFrom = 1.04

const doors = new WeakMap<WebContents, FrameDoor>()

const doorOf = (contents: WebContents): FrameDoor => {
  const door = doors.get(contents) ?? new FrameDoor(contents)
  doors.set(contents, door)
  return door
}

/** Runs our script beside one mail body and answers what it measured; null where no frame shows it. */
const runInFrame = (contents: WebContents, url: string, call: string): Promise<unknown> =>
  doorOf(contents).run(url, `${mailFrameScript};siegelMailFrame.${call}`)

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
  /** Something in a body was opened or closed: it is higher or lower now. */
  onChange: (message: Pick<BodyPlace, 'messageId' | 'attached'>) => void
  onFailure: (error: unknown) => void
}) => {
  let last: Promise<unknown> = Promise.resolve()
  type Answer = z.infer<typeof frameAnswer>
  type Message = Pick<BodyPlace, 'messageId' | 'attached'>
  const measure = async (contents: WebContents, url: string, order: FrameOrder): Promise<Answer | null> => {
    try {
      // What comes out of a hostile document is judged like any input, in releases too.
      const parsed = frameAnswer.safeParse(
        await runInFrame(contents, url, `setBody(${JSON.stringify(order)})`),
      )
      return parsed.success ? parsed.data : null
    } catch (error) {
      parts.onFailure(error)
      return null
    }
  }
  const watch = async (
    contents: WebContents,
    url: string,
    message: Message,
    folds: string,
  ): Promise<void> => {
    await doorOf(contents).watchToggles(url, () => parts.onChange(message))
    // What was pressed between the measuring and the watching told nobody.
    const now = await runInFrame(contents, url, 'openFolds()')
    if (typeof now === 'string' && now !== folds) parts.onChange(message)
  }
  const setOne = async ({ messageId, attached, ...order }: BodyFitRequest): Promise<BodyFit> => {
    const contents = parts.contents()
    if (contents === null || contents.isDestroyed()) return notMeasured
    const url = parts.addressOf({ messageId, attached })
    const isZoomed = contents.getZoomFactor() > zoomedFrom
    const measured = await measure(contents, url, { ...order, isDark: parts.isDark(), isZoomed })
    if (contents.isDestroyed()) return notMeasured
    if (measured === null) {
      // Half set, what does not fit could not be reached: then it stands as it came.
      await runInFrame(contents, url, 'putBack()').catch(parts.onFailure)
      return notMeasured
    }
    const { folds, ...fit } = measured
    if (folds !== '') await watch(contents, url, { messageId, attached }, folds).catch(parts.onFailure)
    return fit
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
