/**
 * A piece of XML as it was read or is to be written: names without prefixes, text in order with elements (RFC 6120 §11).
 * `attributes`: by their name; one of a namespace of its own stands in Clark's notation (`{namespace}name`), but `xml:lang`.
 */
export type Element = Readonly<{
  name: string
  namespace: string
  attributes: ReadonlyMap<string, string>
  children: readonly (Element | string)[]
}>

/** Attributes to be written; what is undefined is left out. */
export type AttributesOut = Readonly<Record<string, string | undefined>>

/** An element to be sent. */
export const el = (
  name: string,
  namespace: string,
  attributes: AttributesOut = {},
  ...children: readonly (Element | string)[]
): Element => ({
  name,
  namespace,
  attributes: new Map(
    Object.entries(attributes).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ),
  children,
})

const isElement = (child: Element | string): child is Element => typeof child !== 'string'

export const isNamed = (element: Element, name: string, namespace: string): boolean =>
  element.name === name && element.namespace === namespace

/** Child elements in their order: all, or those of one namespace, or those of one name as well. */
export const childrenOf = (
  element: Element | undefined,
  namespace?: string,
  name?: string,
): readonly Element[] =>
  (element?.children ?? [])
    .filter(isElement)
    .filter(
      child =>
        (namespace === undefined || child.namespace === namespace) &&
        (name === undefined || child.name === name),
    )

/** The first child of that name. */
export const childOf = (element: Element | undefined, name: string, namespace: string): Element | undefined =>
  childrenOf(element, namespace, name)[0]

/** The text directly in it, as it is; empty where there is none. What stands in its children is not its own. */
export const textOf = (element: Element | undefined): string =>
  (element?.children ?? []).filter(child => typeof child === 'string').join('')

/** An attribute, undefined where there is none. */
export const attributeOf = (element: Element | undefined, name: string): string | undefined =>
  element?.attributes.get(name)
