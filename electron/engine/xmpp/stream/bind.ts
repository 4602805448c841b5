import { parseJid, writeJid } from '../../../../shared/kit/jid'
import { SiegelError } from '../../../../shared/kit/result'
import { attributeOf, childOf, type Element, isNamed, textOf } from '../../ports/chat/element'
import { ns } from '../namespaces'

/** Stream management as it was granted (XEP-0198 §3). `id` null: acknowledged, and cannot be resumed. */
export type Management = Readonly<{ id: string | null; maxSeconds: number | null }>

export type BindResult = Readonly<{ jid: string; carbons: boolean; archiveEdge: string | null }>

type Who = Readonly<{ local: string; domain: string }>

/** The answer to a request for a resource (RFC 6120 §7.6). Throws `server-refused`, and `protocol-violation` for somebody else's address. */
export function readBindResult(answer: Element, who: Who): BindResult {
  if (!isNamed(answer, 'iq', ns.client))
    throw new SiegelError('protocol-violation', { detail: `${answer.name} instead of a resource` })
  if (attributeOf(answer, 'type') !== 'result') {
    const error = childOf(answer, 'error', ns.client)
    const condition = error?.children.find(child => typeof child !== 'string')
    throw new SiegelError('server-refused', {
      serverCode: typeof condition === 'object' ? condition.name.slice(0, 60) : 'undefined-condition',
      detail: 'no resource was given',
    })
  }
  const jid = textOf(childOf(childOf(answer, 'bind', ns.bind), 'jid', ns.bind)).trim()
  return { jid: ourJid(jid, who), carbons: false, archiveEdge: null }
}

/** What a login bound at once (XEP-0386 §2.2). `identifier`: the full address, from beside it. */
export function boundIn(bound: Element, identifier: string, who: Who): Omit<BindResult, 'carbons'> {
  const metadata = childOf(bound, 'metadata', ns.archive)
  return {
    jid: ourJid(identifier, who),
    archiveEdge: attributeOf(childOf(metadata, 'end', ns.archive), 'id') ?? null,
  }
}

/** A full address of this account, in one spelling. */
function ourJid(text: string, { local, domain }: Who): string {
  const jid = parseJid(text)
  const own = parseJid(`${local}@${domain}`)
  if (
    jid === null ||
    jid.resource === null ||
    own === null ||
    jid.local !== own.local ||
    jid.domain !== own.domain
  )
    throw new SiegelError('protocol-violation', { detail: 'an address that is not of this account' })
  return writeJid(jid)
}
