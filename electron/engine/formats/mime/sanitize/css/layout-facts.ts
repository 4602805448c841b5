import type { Element } from 'hast'
import type { Cascade, Parents } from './cascade'
import { lengthOf } from './lengths'
import type { Scene } from './media-query'

/**
 * How a picture is laid out, as far as the mail says so. Sizes in CSS pixels, null where only the picture itself knows.
 * `isHidden`: nobody sees it. `isSqueezed`: what is around it has no height or width, but does not cut it off.
 */
export type LaidOut = Readonly<{
  isHidden: boolean
  isSqueezed: boolean
  width: number | null
  height: number | null
}>

type Box = LaidOut &
  Readonly<{
    isInvisible: boolean
    opacity: number
    fontPx: number
    /** What 100 % of an element inside are. */
    innerWidth: number | null
    /** What cuts off at its edge leaves this much of everything inside. */
    clipWidth: number | null
    clipHeight: number | null
  }>

const top: Box = {
  isHidden: false,
  isSqueezed: false,
  isInvisible: false,
  opacity: 1,
  fontPx: 16,
  width: null,
  height: null,
  // The usual width of mail, for a share of it.
  innerWidth: 600,
  clipWidth: null,
  clipHeight: null,
}

/** Farther out than this nobody sees anything. */
const offPage = -300
const faintest = 0.05
/** What cuts off to this leaves nothing to see. */
const cutTo = 2

/** Rules held against elements between two pauses. */
const testsASlice = 50_000

const smaller = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other)

const isCell = (tag: string): boolean => /^(?:td|th|tr|tbody|thead|tfoot|table)$/.test(tag)

/** Boxes of elements by what is declared, each once; `parents` must be right for every element that is asked for. */
export function createLayout(cascade: Cascade, parents: Parents) {
  const known = new Map<Scene, WeakMap<Element, Box>>()

  const boxOf = (element: Element, scene: Scene): Box => {
    let boxes = known.get(scene)
    if (!boxes) {
      boxes = new WeakMap()
      known.set(scene, boxes)
    }
    const before = boxes.get(element)
    if (before) return before
    const parent = parents(element)
    const box = boxIn(parent === null ? top : boxOf(parent, scene), element, scene)
    boxes.set(element, box)
    return box
  }

  const boxIn = (outer: Box, element: Element, scene: Scene): Box => {
    const declared = cascade.declared(element, parents, scene)
    const { width: wide, height: high, hidden } = element.properties
    if (declared.size === 0 && wide === undefined && high === undefined && hidden === undefined)
      return { ...outer, width: outer.clipWidth, height: outer.clipHeight }
    const of = (name: string): string => declared.get(name) ?? ''
    const fontPx = fontSize(of('font-size') || of('font'), outer.fontPx)
    const px = (name: string, share: number | null = null) => lengthOf(of(name), fontPx, share)
    const hint = (name: 'width' | 'height') => {
      const value = element.properties[name]
      return value === undefined || value === '' ? null : String(value)
    }
    const side = (name: 'width' | 'height', share: number | null): number | null => {
      const own = declared.has(name)
        ? px(name, share)
        : lengthOf((hint(name) ?? '').replace(/^(\d+(?:\.\d+)?).*?(%?)$/, '$1$2'), fontPx, share)
      const most = px(`max-${name}`, share)
      const least = px(`min-${name}`, share)
      const bounded = most === null ? own : smaller(own, most)
      return least === null || bounded === null ? bounded : Math.max(bounded, least)
    }
    const width = side('width', outer.innerWidth)
    const height = side('height', null)
    const zoom = /^[\d.]+$/.test(of('zoom')) ? Number(of('zoom')) : 1
    const opacity =
      outer.opacity * opacityOf(of('opacity')) * opacityOf(/opacity\(([^)]*)\)/.exec(of('filter'))?.[1] ?? '')
    const visibility = of('visibility')
    const display = of('display')
    const isGone =
      display === 'none' ||
      (display === '' && element.properties['hidden'] !== undefined && element.properties['hidden'] !== false)
    const cuts = /hidden|clip|scroll|auto/.test(`${of('overflow')} ${of('overflow-x')} ${of('overflow-y')}`)
    const clips = cuts && !isCell(element.tagName)
    const clipWidth = smaller(outer.clipWidth, clips ? width : null)
    const clipHeight = smaller(outer.clipHeight, clips ? height : null)
    const isImage = element.tagName === 'img'
    return {
      isHidden:
        outer.isHidden ||
        isGone ||
        of('content-visibility') === 'hidden' ||
        opacity < faintest ||
        zoom < 0.1 ||
        isAway(of, px) ||
        (!isImage && ((clipWidth ?? 99) <= cutTo || (clipHeight ?? 99) <= cutTo)) ||
        (width === 0 && isImage) ||
        (height === 0 && isImage),
      isSqueezed:
        outer.isSqueezed ||
        (!isImage &&
          // A cell is as large as what it holds.
          (!isCell(element.tagName) || cuts) &&
          ((height !== null && height <= 0) || (width !== null && width <= 0))),
      isInvisible:
        visibility === '' || visibility === 'inherit' ? outer.isInvisible : visibility !== 'visible',
      opacity,
      fontPx,
      width: smaller(width === null ? null : width * zoom, clipWidth),
      height: smaller(height === null ? null : height * zoom, clipHeight),
      innerWidth: width ?? outer.innerWidth,
      clipWidth,
      clipHeight,
    }
  }

  /** How an element is laid out in one scene; with pauses while all that is around it is worked out. */
  return function* (element: Element, scene: Scene): Generator<void, LaidOut> {
    const around: Element[] = []
    for (let at = parents(element); at !== null && known.get(scene)?.has(at) !== true; at = parents(at))
      around.push(at)
    let before = cascade.tests()
    for (const each of around.reverse()) {
      boxOf(each, scene)
      if (cascade.tests() - before < testsASlice) continue
      yield
      before = cascade.tests()
    }
    const { isHidden, isInvisible, isSqueezed, width, height } = boxOf(element, scene)
    return { isHidden: isHidden || isInvisible, isSqueezed, width, height }
  }
}

function fontSize(text: string, outer: number): number {
  // In the shorthand the size stands alone or before a slash.
  const size = /(?:^|\s)([\d.]+(?:px|pt|em|rem|%|pc|cm|mm|in|ex))(?:\s|\/|$)/.exec(text)?.[1] ?? text
  return lengthOf(size, outer, outer) ?? outer
}

function opacityOf(text: string): number {
  const value = lengthOf(text, 0, 1)
  return value === null ? 1 : Math.min(1, Math.max(0, value))
}

/** Out of the page, or cut to nothing, where it stands. */
function isAway(of: (name: string) => string, px: (name: string) => number | null): boolean {
  const position = of('position')
  const moved = ['left', 'right', 'top', 'bottom'].some(name => (px(name) ?? 0) <= offPage)
  if (/absolute|fixed|relative|sticky/.test(position) && moved) return true
  if (
    ['margin-left', 'margin-top', 'margin-right', 'text-indent'].some(name => (px(name) ?? 0) <= offPage * 2)
  )
    return true
  if (/-\d{4,}(?:\.\d+)?px/.test(of('margin'))) return true
  if (
    /scale[xy3d]*\(\s*0?\.?0*[,)]|translate[^)]*-\d{4,}/.test(of('transform')) ||
    /^0(?:\.0+)?$/.test(of('scale'))
  )
    return true
  const cut = /^rect\(([^)]*)\)$/.exec(of('clip'))
  if (cut && /absolute|fixed/.test(position)) {
    const edges = (cut[1] ?? '').split(/[\s,]+/).filter(edge => edge !== '')
    if (edges.length === 4 && edges.every(edge => Math.abs(Number.parseFloat(edge)) <= cutTo)) return true
  }
  return /^(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0)/.test(of('clip-path'))
}
