import type { Element } from '../../electron/engine/ports/chat/element'
import { StreamParser } from '../../electron/engine/xmpp/xml/stream-parser'

const root = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"

/** One element, read as it would be in a stream. */
export function parsedElement(xml: string): Element {
  for (const part of new StreamParser().feed(Buffer.from(root + xml)))
    if (part.kind === 'element') return part.element
  throw new Error('no element')
}
