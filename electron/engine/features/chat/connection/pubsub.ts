import { SiegelError } from '../../../../../shared/kit/result'
import { ns } from '../../../formats/chat/namespaces'
import { childOf, childrenOf, type Element, el } from '../../../ports/chat/element'
import type { Link } from './link'

export type Item = Readonly<{ id: string; payload: Element }>

/** The condition of a stanza error that an answer was. */
export const conditionOf = (error: unknown): string | null =>
  error instanceof SiegelError && error.code === 'server-refused'
    ? String(error.params.serverCode ?? 'undefined-condition')
    : null

/** Items of a node; none where there is no such node, or nobody may read it. */
export async function items(
  link: Link,
  to: string,
  node: string,
  itemId: string | null = null,
): Promise<readonly Item[]> {
  const asked = itemId === null ? [] : [el('item', ns.pubsub, { id: itemId })]
  try {
    const answer = await link.session.iq(
      el('pubsub', ns.pubsub, {}, el('items', ns.pubsub, { node }, ...asked)),
      { to: to === link.own ? null : to, type: 'get' },
    )
    const found = childOf(childOf(answer, 'pubsub', ns.pubsub), 'items', ns.pubsub)
    return childrenOf(found, ns.pubsub, 'item').flatMap(item => {
      const payload = childrenOf(item)[0]
      return payload === undefined ? [] : [{ id: item.attributes.get('id') ?? '', payload }]
    })
  } catch (error) {
    const condition = conditionOf(error)
    if (condition === null) throw error
    return []
  }
}

const field = (name: string, value: string, type?: string): Element =>
  el('field', ns.dataForms, { var: name, type }, el('value', ns.dataForms, {}, value))

const form = (kind: string, fields: Readonly<Record<string, string>>): Element =>
  el(
    'x',
    ns.dataForms,
    { type: 'submit' },
    field('FORM_TYPE', kind, 'hidden'),
    ...Object.entries(fields).map(([name, value]) => field(name, value)),
  )

/**
 * Puts an item into an own node, with what the node must be. A node that is something else is mended; a server that cannot do that is given the item
 * without a condition (XEP-0060 §7.1.5).
 */
export async function publish(
  link: Link,
  node: string,
  item: Readonly<{ id: string; payload: Element }>,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const put = (withOptions: boolean) =>
    link.session.iq(
      el(
        'pubsub',
        ns.pubsub,
        {},
        el('publish', ns.pubsub, { node }, el('item', ns.pubsub, { id: item.id }, item.payload)),
        ...(withOptions ? [el('publish-options', ns.pubsub, {}, form(ns.pubsubOptions, options))] : []),
      ),
      { type: 'set' },
    )
  try {
    await put(true)
  } catch (error) {
    if (conditionOf(error) === null) throw error
    try {
      await link.session.iq(
        el(
          'pubsub',
          ns.pubsubOwner,
          {},
          el(
            'configure',
            ns.pubsubOwner,
            { node },
            form('http://jabber.org/protocol/pubsub#node_config', options),
          ),
        ),
        { type: 'set' },
      )
    } catch (refused) {
      if (conditionOf(refused) === null) throw refused
    }
    await put(false)
  }
}
