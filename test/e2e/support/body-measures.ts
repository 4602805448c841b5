import type { Frame, Page } from 'playwright-core'
import { until } from '../../support/until'

/** What can be counted of a body in its frame. Lists hold the first words of what is wrong. */
export type BodyMeasures = Readonly<{
  widthPx: number
  heightPx: number
  /** Pixels that reach out of the frame and are not in a box that scrolls sideways. */
  overflowPx: number
  /** Texts that a box around them cuts. */
  cut: readonly string[]
  /** Words set with a letter or two a line. */
  squeezed: readonly string[]
  /** Texts that are too faint on what they stand on, with the ratio. */
  faint: readonly string[]
  texts: number
  /** Pictures that are squashed. */
  squashed: readonly string[]
  pictures: number
  /** Boxes that scroll downwards, the frame included; the reader around is not counted. */
  scrollers: number
  /** The colour of the frame's lower right corner: of its canvas. */
  canvas: string
  /** On the screen, of the text that most of the characters have. */
  textPx: number
}>

/** Counted in the frame, by other means than the program's own: a test must not believe what it tests. */
const measureInFrame = (): BodyMeasures => {
  const root = document.documentElement
  const width = root.clientWidth
  const short = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 30)
  type Rgba = [number, number, number, number]
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const rgba = (text: string): Rgba => {
    const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text)
    if (plain) return [Number(plain[1]), Number(plain[2]), Number(plain[3]), Number(plain[4] ?? 1)]
    if (!pen) return [0, 0, 0, 1]
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = text
    pen.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const over = (top: Rgba, below: Rgba): Rgba => [
    top[0] * top[3] + below[0] * (1 - top[3]),
    top[1] * top[3] + below[1] * (1 - top[3]),
    top[2] * top[3] + below[2] * (1 - top[3]),
    1,
  ]
  const light = (colour: Rgba): number => {
    const [red, green, blue] = colour.slice(0, 3).map(part => {
      const value = part / 255
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
  }
  const ratio = (one: Rgba, other: Rgba): number => {
    const [low = 0, high = 0] = [light(one), light(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  /** What lies below an element's text; null over a picture. */
  const groundOf = (element: Element): Rgba[] | null => {
    const chain: Element[] = []
    for (let at: Element | null = element; at !== null; at = at.parentElement) chain.unshift(at)
    // The page's paper, where the document has no ground of its own.
    let grounds: Rgba[] = [
      getComputedStyle(root).colorScheme === 'dark' ? [35, 36, 37, 1] : [251, 250, 247, 1],
    ]
    let isPicture = false
    for (const each of chain) {
      const style = getComputedStyle(each)
      const colour = rgba(style.backgroundColor)
      if (colour[3] > 0.9) isPicture = false
      grounds = grounds.map(ground => over(colour, ground))
      if (style.backgroundImage.includes('url(')) isPicture = true
      else if (style.backgroundImage !== 'none') {
        const stops = style.backgroundImage.match(/rgba?\([^()]*\)/g) ?? []
        if (stops.length > 0) grounds = grounds.flatMap(ground => stops.map(stop => over(rgba(stop), ground)))
      }
      grounds = grounds.slice(0, 8)
    }
    return isPicture ? null : grounds
  }
  const regionOf = (element: Element): Element | null =>
    element.closest('[role=region], [data-siegel-region]')
  const cut: string[] = []
  const squeezed: string[] = []
  const faint: string[] = []
  let texts = 0
  let overflowPx = 0
  const sizes = new Map<number, number>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const zoomOf = (element: Element): number => {
    let zoom = 1
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      zoom *= Number(getComputedStyle(at).zoom)
    return zoom
  }
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    const data = (node as Text).data.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    if (element === null || data.trim() === '') continue
    const style = getComputedStyle(element)
    const size = Number.parseFloat(style.fontSize) * zoomOf(element)
    if (style.visibility !== 'visible' || Number.parseFloat(style.fontSize) < 3) continue
    // Chromium answers boxes for what is folded away too.
    if (!element.checkVisibility()) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter(rect => rect.width > 0 && rect.height > 0)
    if (rects.length === 0) continue
    let isHidden = false
    let cutBy: Element | null = null
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
      const around = getComputedStyle(at)
      if (Number(around.opacity) < 0.1) isHidden = true
      if (around.overflowX === 'visible' && around.overflowY === 'visible') continue
      if (at.clientHeight <= 4 || at.clientWidth <= 4) isHidden = true
      else if (regionOf(at) === null) {
        const box = at.getBoundingClientRect()
        if (rects.some(rect => rect.bottom > box.bottom + 3 || rect.right > box.right + 3)) cutBy = at
      }
    }
    // Moved out of sight on purpose.
    if (rects.every(rect => rect.right <= 0 || rect.bottom <= 0)) isHidden = true
    if (isHidden) continue
    texts += 1
    sizes.set(size, (sizes.get(size) ?? 0) + data.trim().length)
    if (cutBy !== null) cut.push(short(data))
    if (regionOf(element) === null)
      for (const rect of rects) overflowPx = Math.max(overflowPx, rect.right - width, -rect.left)
    const words = data.trim().split(/\s+/).length
    const isCjk = /[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]/.test(data)
    const lines = new Set(rects.map(rect => Math.round(rect.top))).size
    if (!isCjk && lines > words + 2 && data.trim().length / lines < 3) squeezed.push(short(data))
    const grounds = groundOf(element)
    if (grounds === null) continue
    const colour = rgba(style.color)
    const contrast = Math.min(...grounds.map(ground => ratio(over(colour, ground), ground)))
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    if (contrast < (isLarge ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)} ${short(data)}`)
  }
  const squashed: string[] = []
  const images = [...document.images].filter(image => image.naturalWidth > 8 && image.naturalHeight > 8)
  for (const image of images) {
    const style = getComputedStyle(image)
    const across = Number.parseFloat(style.width)
    const down = Number.parseFloat(style.height)
    if (
      across > 8 &&
      down > 8 &&
      Math.abs(across / down / (image.naturalWidth / image.naturalHeight) - 1) > 0.05
    )
      squashed.push(
        `${Math.round(across)}x${Math.round(down)} of ${image.naturalWidth}x${image.naturalHeight}`,
      )
  }
  let scrollers =
    root.scrollHeight > root.clientHeight + 1 && getComputedStyle(root).overflowY !== 'hidden' ? 1 : 0
  for (const element of document.body.querySelectorAll('*'))
    if (
      element.scrollHeight > element.clientHeight + 2 &&
      /auto|scroll/.test(getComputedStyle(element).overflowY)
    )
      scrollers += 1
  // Cut off below: the frame is not as high as its document.
  if (root.scrollHeight > root.clientHeight + 2)
    cut.push(`frame ${root.clientHeight} of ${root.scrollHeight}`)
  const [textPx = 0] = [...sizes].sort(([, a], [, b]) => b - a)[0] ?? []
  return {
    widthPx: width,
    heightPx: root.clientHeight,
    overflowPx: Math.round(overflowPx),
    cut,
    squeezed,
    faint,
    texts,
    squashed,
    pictures: images.length,
    scrollers,
    canvas: getComputedStyle(root).backgroundColor,
    textPx,
  }
}

/** The frame of the body that is shown now, once it has been set. */
export const shownBody = async (page: Page): Promise<Frame> => {
  const element = page.locator('#pane-reader iframe.html-body:not(.html-body-waiting)')
  let frame: Frame | null = null
  // Somebody who goes on to the next mail takes the frame away that was just found.
  await until(async () => {
    await element.waitFor()
    frame = (await (await element.elementHandle())?.contentFrame()) ?? null
    return frame !== null
  }, 'a body is shown and stays')
  return frame as unknown as Frame
}

export const measureBody = async (page: Page): Promise<BodyMeasures> =>
  (await shownBody(page)).evaluate(measureInFrame)

/** Gives the reader's pane this width, by the width of the window. */
export const setReaderWidth = async (
  app: import('playwright-core').ElectronApplication,
  page: Page,
  width: number,
  height: number,
): Promise<void> => {
  const paneWidth = () => page.locator('#pane-reader').evaluate(pane => pane.clientWidth)
  for (let round = 0; round < 4; round++) {
    const now = await paneWidth()
    const bounds = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getContentBounds(),
    )
    if (bounds === undefined) throw new Error('no window')
    if (now === width && bounds.height === height) return
    const wanted = bounds.width + width - now
    await app.evaluate(
      ({ BrowserWindow }, [across, down]) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.setMinimumSize(100, 100)
        window?.setContentSize(across, down)
      },
      [wanted, height] as const,
    )
    await page.waitForFunction(([across, down]) => innerWidth === across && innerHeight === down, [
      wanted,
      height,
    ] as const)
  }
}
