import { createHash } from 'node:crypto'
import { type Element, el } from '../../ports/chat/element'
import { deviceListNodes } from '../omemo/stanza/names'
import { ns } from './namespaces'

/** Names no program. */
const node = 'urn:xmpp:client'
const capsNamespace = 'http://jabber.org/protocol/caps'

/** What this end understands, and of whose news it wants to hear (XEP-0163 §4). */
const features = [
  ...[ns.discoInfo, ns.chatStates, ns.receipts, ns.markers, ns.correct, ns.reactions, ns.reply, ns.retract],
  ...[ns.directInvite, ns.ping],
  ...[deviceListNodes.omemo, deviceListNodes.omemo2, ns.displayed, ns.bookmarks].map(
    each => `${each}+notify`,
  ),
].sort()

const hash = createHash('sha1')
  .update(`client/pc//<${features.map(each => `${each}<`).join('')}`)
  .digest('base64')

/** In each presence: by it the server knows which news to send (XEP-0115). */
export const capsElement = (): Element => el('c', capsNamespace, { hash: 'sha-1', node, ver: hash })

/** The answer to who asks what is behind it; null where something else is asked. No name, no version. */
export function discoAnswer(query: Element): Element | null {
  const asked = query.attributes.get('node')
  if (asked !== undefined && asked !== `${node}#${hash}`) return null
  return el(
    'query',
    ns.discoInfo,
    { node: asked },
    el('identity', ns.discoInfo, { category: 'client', type: 'pc' }),
    ...features.map(each => el('feature', ns.discoInfo, { var: each })),
  )
}
