import { type CssNode, generate, ident, parse, type Rule } from 'css-tree'
import type { Element } from 'hast'
import { mediaHolds, type Scene } from './media-query'

/** Properties that decide whether and how large something is seen. */
const wanted = new Set(
  (
    'display visibility opacity width height max-width max-height min-width min-height font-size font overflow overflow-x ' +
    'overflow-y position left right top bottom margin margin-left margin-top margin-right text-indent transform clip clip-path ' +
    'content-visibility zoom filter scale'
  ).split(' '),
)
/**
 * Selectors of rules that decide what is seen, of all sheets. What the judgement of pictures does not see must not reach the frame either: a rule behind the last could
 * hide a picture that is taken for one to look at.
 */
const maxRules = 20_000

/** Rules held against elements, in all: some seconds of work. Real mail needs some ten thousand. */
const mostTests = 50_000_000

/** Rules behind media queries that are looked at in different windows; real sheets have some dozens. */
const mostConditions = 500

type Value = Readonly<{ text: string; isImportant: boolean }>
type Declarations = ReadonlyMap<string, Value>

type Compound = Readonly<{
  tag: string | null
  id: string | null
  classes: readonly string[]
  attributes: readonly Readonly<{ name: string; sign: string; value: string }>[]
}>
/** Compounds from the subject outwards, each with what joins it to the one before: ' ' or '>'. */
type Selector = Readonly<{
  parts: readonly Readonly<{ compound: Compound; joint: string }>[]
  weight: number
}>
type SheetRule = Readonly<{
  selector: Selector
  declarations: Declarations
  media: readonly string[]
  order: number
}>

/** The parts of the mail's own sheets that decide what is seen, before anything in them is renamed. */
export type Cascade = Readonly<{
  /** The selectors of a rule; null: it decides what is seen, and no further one can be taken. */
  add: (rule: Rule, media: readonly string[]) => readonly Selector[] | null
  /** How many rules were held against elements; past a bound nothing more is judged by them (`isExhausted`). */
  tests: () => number
  isExhausted: () => boolean
  /** Of scenes, one of each kind that these rules tell apart. */
  toldApart: (scenes: readonly Scene[]) => readonly Scene[]
  matches: (selector: Selector, element: Element, parents: Parents) => boolean
  declared: (element: Element, parents: Parents, scene: Scene) => ReadonlyMap<string, string>
}>

/** The element around an element, or null at the top. */
export type Parents = (element: Element) => Element | null

const classesOf = (element: Element): readonly string[] => {
  const classes = element.properties['className']
  return Array.isArray(classes) ? classes.map(String) : []
}

function attributeOf(element: Element, name: string): string | null {
  if (name === 'class') return classesOf(element).join(' ') || null
  for (const [key, value] of Object.entries(element.properties))
    if (key.toLowerCase() === name.replaceAll('-', ''))
      return Array.isArray(value) ? value.join(' ') : String(value)
  return null
}

function compoundFits({ tag, id, classes, attributes }: Compound, element: Element): boolean {
  if (tag !== null && tag !== element.tagName) return false
  if (id !== null && element.properties['id'] !== id) return false
  if (classes.length > 0) {
    const own = classesOf(element)
    if (!classes.every(name => own.includes(name))) return false
  }
  return attributes.every(({ name, sign, value }) => {
    const own = attributeOf(element, name)
    if (own === null) return false
    if (sign === '') return true
    if (sign === '=') return own === value
    if (sign === '~=') return own.split(/\s+/).includes(value)
    if (sign === '^=') return own.startsWith(value)
    if (sign === '$=') return own.endsWith(value)
    return sign === '*=' ? own.includes(value) : own === value || own.startsWith(`${value}-`)
  })
}

function compile(node: CssNode): Selector | null {
  if (node.type !== 'Selector') return null
  const parts: { compound: Compound; joint: string }[] = []
  let tag: string | null = null
  let id: string | null = null
  let classes: string[] = []
  let attributes: { name: string; sign: string; value: string }[] = []
  let weight = 0
  let joint = ''
  const finish = (next: string) => {
    parts.unshift({ compound: { tag, id, classes, attributes }, joint: next })
    tag = null
    id = null
    classes = []
    attributes = []
  }
  for (const child of node.children) {
    if (child.type === 'TypeSelector') {
      tag = child.name === '*' ? null : ident.decode(child.name).toLowerCase()
      weight += tag === null ? 0 : 1
    } else if (child.type === 'IdSelector') {
      id = ident.decode(child.name)
      weight += 10_000
    } else if (child.type === 'ClassSelector') {
      classes.push(ident.decode(child.name))
      weight += 100
    } else if (child.type === 'AttributeSelector') {
      const { value, matcher } = child
      const text = value === null ? '' : value.type === 'String' ? value.value : ident.decode(value.name)
      attributes.push({ name: ident.decode(child.name.name).toLowerCase(), sign: matcher ?? '', value: text })
      weight += 100
    } else if (child.type === 'Combinator') {
      if (child.name !== ' ' && child.name !== '>') return null
      finish(child.name)
    }
    // A rule for a moment, or for a place among others, hides nothing that can be relied on.
    else return null
  }
  finish(joint)
  joint = ''
  return parts.length > 12 ? null : { parts, weight }
}

/** Under which of an element's keys (`keysOf`) it finds a selector that may be for it. */
export const keyOf = ({ parts }: Selector): string => {
  const { id, classes, tag } = parts[0]?.compound ?? { id: null, classes: [], tag: null }
  return id !== null ? `#${id}` : classes[0] !== undefined ? `.${classes[0]}` : (tag ?? '*')
}

/** What of an element a selector can ask for first. */
export const keysOf = (element: Element): readonly string[] => {
  const { id } = element.properties
  return [
    '*',
    element.tagName,
    ...classesOf(element).map(name => `.${name}`),
    ...(id === undefined ? [] : [`#${String(id)}`]),
  ]
}

/** `width: 1PX !important;` and the like, as a list that keeps only what decides about being seen. */
function declarationsOf(style: string): Declarations {
  const found = new Map<string, Value>()
  const put = (property: string, text: string, isImportant: boolean) => {
    const name = property.trim().toLowerCase()
    if (!wanted.has(name) || (found.get(name)?.isImportant === true && !isImportant)) return
    found.set(name, { text: text.trim().toLowerCase(), isImportant })
  }
  if (/["'(\\/]/.test(style)) {
    try {
      const list = parse(style, { context: 'declarationList', onParseError: () => {} })
      if (list.type === 'DeclarationList')
        for (const child of list.children)
          if (child.type === 'Declaration')
            put(ident.decode(child.property), generate(child.value), child.important !== false)
    } catch {
      // What cannot be read hides nothing.
    }
    return found
  }
  for (const part of style.split(';')) {
    const colon = part.indexOf(':')
    if (colon === -1) continue
    const value = part.slice(colon + 1)
    put(part.slice(0, colon), value.replace(/!\s*important\s*$/i, ''), /!\s*important\s*$/i.test(value))
  }
  return found
}

/** What rules say of one element, or of all that are alike for them. */
type Said = Map<string, Value>

const put = (said: Said, declarations: Declarations): void => {
  for (const [name, value] of declarations)
    if (value.isImportant || said.get(name)?.isImportant !== true) said.set(name, value)
}

/** Whether a selector asks for nothing but tag, id and classes of the element itself. */
const isPlain = ({ parts }: Selector): boolean =>
  parts.length === 1 && parts[0]?.compound.attributes.length === 0

/** Kinds of elements that are remembered for one window. */
const mostKinds = 5000

/** An empty cascade; `add` takes the rules of the sheets in their order. */
export function createCascade(): Cascade {
  const rules = new Map<string, SheetRule[]>()
  /** Lists in which a rule asks for more than the element itself. */
  const unplain = new Set<string>()
  /** Mail repeats a few kinds of elements thousands of times: what plain rules say of one kind is worked out once. */
  const known = new Map<Scene, Map<string, Said>>()
  const inline = new Map<string, Declarations>()
  /** Sets of media queries are few, and asked about for every element. */
  const holding = new Map<Scene, Map<readonly string[], boolean>>()
  let count = 0
  let tests = 0
  const conditions: (readonly string[])[] = []

  const fits = ({ parts }: Selector, element: Element, parents: Parents): boolean => {
    tests += 1
    const [first, ...outer] = parts
    if (!first || !compoundFits(first.compound, element)) return false
    let at: Element | null = parents(element)
    for (const { compound, joint } of outer) {
      if (joint === '>') {
        if (at === null || !compoundFits(compound, at)) return false
      } else while (at !== null && !compoundFits(compound, at)) at = parents(at)
      if (at === null) return false
      at = parents(at)
    }
    return true
  }
  const inlineOf = (element: Element): Declarations => {
    const style = element.properties['style']
    if (typeof style !== 'string' || style === '') return new Map()
    const known = inline.get(style) ?? declarationsOf(style.slice(0, 20_000))
    if (inline.size < 2000) inline.set(style, known)
    return known
  }

  const saidByRules = (keys: readonly string[], element: Element, parents: Parents, scene: Scene): Said => {
    const said: Said = new Map()
    const fitting = keys
      .flatMap(key => rules.get(key) ?? [])
      .filter(({ selector, media }) => holds(media, scene) && fits(selector, element, parents))
      .sort((one, other) => one.selector.weight - other.selector.weight || one.order - other.order)
    for (const { declarations } of fitting) put(said, declarations)
    return said
  }

  const holds = (media: readonly string[], scene: Scene): boolean => {
    if (media.length === 0) return true
    const known = holding.get(scene) ?? new Map<readonly string[], boolean>()
    holding.set(scene, known)
    const answer = known.get(media) ?? media.every(query => mediaHolds(query, scene))
    known.set(media, answer)
    return answer
  }

  return {
    add(rule, media) {
      if (rule.prelude.type !== 'SelectorList') return []
      const selectors = rule.prelude.children
        .toArray()
        .map(compile)
        .filter(each => each !== null)
      const declarations = declarationsOf(
        rule.block.children
          .toArray()
          .map(each => generate(each))
          .filter(text => text.length < 500)
          .join(';'),
      )
      if (declarations.size > 0) {
        known.clear()
        if (count + selectors.length > maxRules) return null
        count += selectors.length
        if (media.length > 0 && conditions.length < mostConditions) conditions.push(media)
        for (const selector of selectors) {
          const key = keyOf(selector)
          const alike = rules.get(key) ?? []
          if (alike.length === 0) rules.set(key, alike)
          if (!isPlain(selector)) unplain.add(key)
          alike.push({ selector, declarations, media, order: count })
        }
      }
      return selectors
    },
    tests: () => tests,
    isExhausted: () => tests > mostTests,
    toldApart(scenes) {
      const kinds = new Map<string, Scene>()
      for (const scene of scenes)
        kinds.set(conditions.map(media => (holds(media, scene) ? '1' : '0')).join(''), scene)
      return [...kinds.values()]
    },
    matches: fits,
    declared(element, parents, scene) {
      const keys = keysOf(element)
      const kinds = known.get(scene) ?? new Map<string, Said>()
      known.set(scene, kinds)
      const kind = keys.some(key => unplain.has(key)) ? null : keys.join(' ')
      const said = (kind === null ? undefined : kinds.get(kind)) ?? saidByRules(keys, element, parents, scene)
      if (kind !== null && kinds.size < mostKinds) kinds.set(kind, said)
      const own = inlineOf(element)
      const out = own.size === 0 ? said : new Map(said)
      if (own.size > 0) put(out, own)
      return new Map([...out].map(([name, { text }]) => [name, text] as const))
    },
  }
}
