import type { Element } from 'hast'
import type { ArrivedPicture, PictureVerdict, RemotePicture } from '../../../ports/mail/mime'
import type { Cascade, Parents } from './css/cascade'
import { createLayout, type LaidOut } from './css/layout-facts'
import { mediaHolds, scenes, usualScene } from './css/media-query'
import { type AddressToken, tokensOf } from './pictures/address-tokens'
import { betterVerdict, isPixel, judgePicture, mayBePixel } from './pictures/judge-picture'
import { isKnownCounter } from './pictures/known-counters'
import { missingPicture } from './pictures/missing-picture'

/** Where a remote picture stands: as a picture, or behind an element. */
type Site = {
  source: string
  kind: 'image' | 'background'
  /** Elements it would be shown in; null: behind the whole message. */
  elements: () => Iterable<Element | null>
  /** Media queries around it. */
  media: readonly string[]
  /** Words of the message before it. */
  wordsBefore: number
  verdict: PictureVerdict
  /** Nothing to look at, and no link: its alternative words are shown to nobody either. */
  isWordless: boolean
  /** Only what arrives tells whether it is to be seen (`mayBePixel`). */
  mayBePixel: boolean
  isInLink: boolean
}

type SizeOf = (source: string) => Pick<ArrivedPicture, 'width' | 'height'> | null

const visible: LaidOut = { isHidden: false, isSqueezed: false, width: null, height: null }

/** Elements of one rule that are looked at. */
const mostElements = 200

/** Between two pauses. */
const addressesASlice = 500
const sitesASlice = 10

function first<T>(all: Iterable<T>, most: number): readonly T[] {
  const found: T[] = []
  for (const each of all) {
    found.push(each)
    if (found.length >= most) break
  }
  return found
}

/** Stands for a picture in text that was cleaned; the characters can be in no mail (`withoutPlaceholders`). */
const placeholder = (index: number): string => `\ufdd0${index}\ufdd0`

/** Text of a message without the characters that placeholders are made of: Unicode gives them no meaning. */
export const withoutPlaceholders = (text: string): string =>
  text.includes('\ufdd0') ? text.replaceAll('\ufdd0', '\ufffd') : text

/** Collects the remote pictures of one message, judges them when all is known, and puts addresses in their places. */
export class References {
  readonly #sites: Site[] = []

  /** Answers the placeholder to be written. */
  add(site: Omit<Site, 'verdict' | 'isWordless' | 'mayBePixel' | 'isInLink'>): string {
    this.#sites.push({ ...site, verdict: 'tracker', isWordless: false, mayBePixel: false, isInLink: false })
    return placeholder(this.#sites.length - 1)
  }

  /** To be called once, when every element is known. `words`: of the whole message. */
  *judge(cascade: Cascade, parents: Parents, words: number): Generator<void> {
    const layout = createLayout(cascade, parents)
    const all = cascade.toldApart([...scenes, usualScene])
    const uses = new Map<string, number>()
    for (const { source } of this.#sites) uses.set(source, (uses.get(source) ?? 0) + 1)
    const tokens = new Map<string, readonly AddressToken[]>()
    const holders = new Map<string, number>()
    for (const source of uses.keys()) {
      const found = tokensOf(source)
      tokens.set(source, found)
      for (const text of new Set(found.map(token => token.text)))
        holders.set(text, (holders.get(text) ?? 0) + 1)
      if (tokens.size % addressesASlice === 0) yield
    }
    const own = (source: string): readonly AddressToken[] =>
      (tokens.get(source) ?? []).filter(({ text }) => holders.get(text) === 1)

    for (const [at, site] of this.#sites.entries()) {
      if (at % sitesASlice === 0) yield
      // Nobody can say how it would look: it is kept back as what it may be, and can still be asked for by itself.
      if (cascade.isExhausted()) continue
      const { source, kind, media } = site
      const facts = {
        uses: uses.get(source) ?? 1,
        tokens: own(source),
        isLast: kind === 'image' && site.wordsBefore >= words,
      }
      const inScenes = (media.length > 0 ? scenes : all).filter(scene =>
        media.every(query => mediaHolds(query, scene)),
      )
      const elements = first(site.elements(), mostElements)
      const found = new Map<string, LaidOut>()
      for (const element of elements)
        for (const scene of inScenes) {
          const each = element === null ? visible : yield* layout(element, scene)
          found.set(JSON.stringify(each), each)
        }
      const layouts = [...found.values()]
      const verdicts = layouts.map(each => judgePicture(source, { ...facts, layout: each }))
      // A rule that is for nothing here, or for paper, shows its picture to nobody.
      const ofNothing = facts.tokens.length > 0 || isKnownCounter(source) ? 'tracker' : 'unseen'
      site.verdict = verdicts.length === 0 ? ofNothing : verdicts.reduce(betterVerdict)
      site.isInLink = elements.some(each => each !== null && isInLink(each, parents))
      site.isWordless = layouts.every(isNoPicture) && !site.isInLink
      site.mayBePixel =
        kind === 'image' &&
        (site.verdict === 'picture' || site.verdict === 'telling') &&
        layouts.some(each => mayBePixel(source, { ...facts, layout: each }))
    }
  }

  /** Each address once, in the order of the message, with the best verdict of its places. */
  pictures(): readonly RemotePicture[] {
    const found = new Map<string, Omit<RemotePicture, 'source'>>()
    for (const { source, verdict, mayBePixel: may } of this.#sites) {
      const before = found.get(source)
      found.set(source, {
        verdict: betterVerdict(before?.verdict ?? verdict, verdict),
        mayBePixel: may || before?.mayBePixel === true,
      })
    }
    return [...found].map(([source, facts]) => ({ source, ...facts }))
  }

  /** How many of the pictures that are here turned out to show nothing. */
  pixelCount(sizeOf: SizeOf): number {
    const sources = this.#sites.filter(site => site.mayBePixel).map(({ source }) => source)
    return [...new Set(sources)].filter(source => {
      const size = sizeOf(source)
      return size !== null && isPixel(size)
    }).length
  }

  /** How many places have a verdict. */
  count(verdict: PictureVerdict): number {
    return this.#sites.filter(site => site.verdict === verdict).length
  }

  get places(): number {
    return this.#sites.length
  }

  /**
   * `html` with an address of our own, or nothing, for each placeholder; and how many places got one. What turned out to be a pixel
   * leaves no gap: it counts as filled, for it was fetched. `marksOf`: what stands beside the address of a picture.
   */
  fill(
    html: string,
    arrived: (source: string) => ArrivedPicture | null,
    marksOf: (address: string) => string,
  ): { html: string; filled: number } {
    let filled = 0
    const pattern = / src="\ufdd0(\d+)\ufdd0"|\ufdd0(\d+)\ufdd0/g
    const out = html.replace(pattern, (_all, image?: string, background?: string) => {
      const site = this.#sites[Number(image ?? background)]
      const found = site === undefined ? null : arrived(site.source)
      const address = found !== null && ownAddress.test(found.address) ? found.address : null
      if (address !== null) filled += 1
      if (image === undefined) return address === null ? missingPicture : `url(${address})`
      const isUnseen =
        found !== null && address !== null && site?.mayBePixel === true
          ? isPixel(found) && !site.isInLink
          : address === null && site?.isWordless === true
      if (isUnseen) return ' hidden=""'
      const isSeen = address !== null && !(found !== null && site?.mayBePixel === true && isPixel(found))
      // In a link the words are all that can be pressed.
      return isSeen ? ` src="${address}"${marksOf(address)}` : ''
    })
    return { html: out, filled }
  }
}

/** Up to this many pixels a side nobody looks at a picture. */
const smallestSeen = 5

const isNoPicture = ({ isHidden, width, height }: LaidOut): boolean =>
  isHidden || [width, height].some(side => side !== null && side <= smallestSeen)

function isInLink(element: Element, parents: Parents): boolean {
  for (let at: Element | null = element; at !== null; at = parents(at))
    if (at.tagName === 'a' && at.properties['href'] !== undefined) return true
  return false
}

/** What may stand in place of a remote picture: nothing that a browser could fetch from outside. */
const ownAddress =
  /^(attachment:\/\/remote\/\d+\/\d+|data:image\/(png|gif|jpeg|webp|avif);base64,[a-z0-9+/=]*)$/i
