import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { BodyFit } from '../../../../../../shared/features/mail/body-fit'
import { useHost } from '../../../../../host/host-context'
import type { MessagePlace } from '../../message-place'
import type { Eye } from './eye'
import { useSteadyEye } from './use-steady-eye'

/** Steps of a height that come from rounding are no change (and no loop). */
const smallestStepPx = 2

/** How long a mail is not shown because something of it has not come yet. */
const patienceMs = 1500

/** What stays above a place that a link leads to. */
const roomAbovePx = 12

/** A body that nobody could set is shown, and scrolls by itself. */
const asItIs: BodyFit = { heightPx: null, scale: 1, isDarkened: false, isWide: false, marks: [] }

/** A colour of the page as `bodies.fit` takes it; black where the page has none. */
const solid = (colour: string): string => (/^rgb\(/.test(colour) ? colour : 'rgb(0, 0, 0)')

/**
 * Has the body in a frame set for the frame's width, again whenever the width, the theme or the wish changes. One order
 * is on its way at a time; the last wish is always carried out. Null until the first answer. What somebody looks at (`eye`) stays
 * where it is.
 */
export function useBodyFit(
  frame: RefObject<HTMLIFrameElement | null>,
  place: MessagePlace,
  asSent: boolean,
  wideTable: string,
  eye: RefObject<Eye | null>,
): Readonly<{ fit: BodyFit | null; onLoad: () => void }> {
  const host = useHost()
  const [fit, setFit] = useState<BodyFit | null>(null)
  const state = useRef({ isLoaded: false, isAsking: false, isStale: false })
  const wish = useRef({ place, asSent, wideTable })
  wish.current = { place, asSent, wideTable }
  const onAsk = useSteadyEye(frame, fit, eye)

  const ask = useCallback(async () => {
    const now = state.current
    if (!now.isLoaded || frame.current === null) return
    if (now.isAsking) {
      now.isStale = true
      return
    }
    now.isAsking = true
    do {
      now.isStale = false
      const element: HTMLIFrameElement | null = frame.current
      if (element === null) break
      onAsk()
      const style = getComputedStyle(element)
      const { place: at, ...order } = wish.current
      const answer = await host.call('bodies.fit', {
        ...order,
        messageId: at.messageId,
        attached: [...at.attached],
        paper: solid(style.backgroundColor),
        ink: solid(style.color),
      })
      const value = answer.ok ? answer.value : asItIs
      setFit(before => {
        const { heightPx } = value
        const isSame =
          before?.heightPx != null &&
          heightPx !== null &&
          Math.abs(before.heightPx - heightPx) < smallestStepPx &&
          heightPx <= before.heightPx
        return isSame ? { ...value, heightPx: before.heightPx } : value
      })
    } while (now.isStale)
    now.isAsking = false
  }, [frame, host, onAsk])

  useEffect(() => {
    void asSent
    void ask()
  }, [asSent, ask])
  useEffect(() => {
    // A picture that is long in coming does not keep the words back; when all is there it is set once more.
    const timer = setTimeout(() => {
      state.current.isLoaded = true
      void ask()
    }, patienceMs)
    return () => clearTimeout(timer)
  }, [ask])
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    let width = element.clientWidth
    const watcher = new ResizeObserver(() => {
      if (element.clientWidth === width) return
      width = element.clientWidth
      void ask()
    })
    watcher.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const onTheme = () => void ask()
    dark.addEventListener('change', onTheme)
    // The theme that is chosen in the program stands at the root, and comes a moment after the system's.
    const chosen = new MutationObserver(onTheme)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      chosen.disconnect()
      watcher.disconnect()
      dark.removeEventListener('change', onTheme)
    }
  }, [frame, ask])

  useEffect(
    () =>
      host.on('bodyPlace', ({ messageId, attached, topPx }) => {
        const at = wish.current.place
        const isHere = at.messageId === messageId && at.attached.join('/') === attached.join('/')
        const scroller = isHere ? frame.current?.closest('.scroll') : null
        if (!scroller || frame.current === null) return
        const distance = frame.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top
        scroller.scrollTo({ top: scroller.scrollTop + distance + topPx - roomAbovePx })
      }),
    [host, frame],
  )

  useEffect(
    () =>
      host.on('bodyChanged', ({ messageId, attached }) => {
        const at = wish.current.place
        if (at.messageId === messageId && at.attached.join('/') === attached.join('/')) void ask()
      }),
    [host, ask],
  )

  const onLoad = useCallback(() => {
    state.current.isLoaded = true
    void ask()
  }, [ask])
  return { fit, onLoad }
}
