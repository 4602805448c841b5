import type { Element } from 'hast'
import type { PictureVerdict, RemotePicture } from '../../../ports/mail/mime'
import type { Cascade, Parents } from './css/cascade'
import { createLayout, type LaidOut } from './css/layout-facts'
import { mediaHolds, scenes, usualScene } from './css/media-query'
import { type AddressToken, tokensOf } from './pictures/address-tokens'
import { betterVerdict, judgePicture } from './pictures/judge-picture'
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
}

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
  add(site: Omit<Site, 'verdict' | 'isWordless'>): string {
    this.#sites.push({ ...site, verdict: 'tracker', isWordless: false })
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
      site.isWordless =
        layouts.every(isNoPicture) && !elements.some(each => each !== null && isInLink(each, parents))
    }
  }

  /** Each address once, in the order of the message, with the best verdict of its places. */
  pictures(): readonly RemotePicture[] {
    const found = new Map<string, PictureVerdict>()
    for (const { source, verdict } of this.#sites)
      found.set(source, betterVerdict(found.get(source) ?? verdict, verdict))
    return [...found].map(([source, verdict]) => ({ source, verdict }))
  }

  /** How many places have a verdict. */
  count(verdict: PictureVerdict): number {
    return this.#sites.filter(site => site.verdict === verdict).length
  }

  get places(): number {
    return this.#sites.length
  }

  /** `html` with an address of our own, or nothing, for each placeholder; and how many places got one. */
  fill(html: string, addressOf: (source: string) => string | null): { html: string; filled: number } {
    let filled = 0
    const pattern = / src="\ufdd0(\d+)\ufdd0"|\ufdd0(\d+)\ufdd0/g
    const out = html.replace(pattern, (_all, image?: string, background?: string) => {
      const site = this.#sites[Number(image ?? background)]
      const found = site === undefined ? null : addressOf(site.source)
      const address = found !== null && ownAddress.test(found) ? found : null
      if (address !== null) filled += 1
      if (image !== undefined)
        return address !== null ? ` src="${address}"` : site?.isWordless === true ? ' hidden=""' : ''
      return address === null ? missingPicture : `url(${address})`
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
