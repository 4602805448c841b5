import { parseJid } from '../../../../../../shared/kit/jid'
import { ns } from '../../../../formats/chat/namespaces'
import { attributeOf, childOf, childrenOf, type Element, el, textOf } from '../../../../ports/chat/element'
import type { Link, UploadPlace } from '../link'
import { conditionOf } from '../pubsub'
import { largestFileBytes } from './place'

type Slot = Readonly<{ put: string; get: string; headers: Readonly<Record<string, string>> }>

const mostServices = 20

/** Asks the own server for its place for files (XEP-0363 §3); null where it has none. */
export async function findUploadPlace(link: Link): Promise<UploadPlace | null> {
  const domain = parseJid(link.own)?.domain ?? ''
  const answer = await link.session.iq(el('query', ns.discoItems), { to: domain, type: 'get' })
  const services = childrenOf(childOf(answer, 'query', ns.discoItems), ns.discoItems, 'item')
    .flatMap(each => attributeOf(each, 'jid') ?? [])
    .slice(0, mostServices)
  // Some servers are the place themselves.
  for (const jid of [...services, domain]) {
    let info: Element
    try {
      info = await link.session.iq(el('query', ns.discoInfo), { to: jid, type: 'get' })
    } catch (error) {
      if (conditionOf(error) === null) throw error
      continue
    }
    const query = childOf(info, 'query', ns.discoInfo)
    const isThis = childrenOf(query, ns.discoInfo, 'feature').some(
      each => attributeOf(each, 'var') === ns.upload,
    )
    if (!isThis) continue
    const fields = childrenOf(query, ns.dataForms, 'x').flatMap(form =>
      childrenOf(form, ns.dataForms, 'field'),
    )
    const size = fields.find(each => attributeOf(each, 'var') === 'max-file-size')
    const bytes = Number(textOf(childOf(size, 'value', ns.dataForms)))
    const said = Number.isSafeInteger(bytes) && bytes > 0 ? bytes : largestFileBytes
    return { jid, largestBytes: Math.min(said, largestFileBytes) }
  }
  return null
}

/** A slot (XEP-0363 §4); of the headers that the server asks for only those that may be asked for. */
export async function slotFor(link: Link, service: string, name: string, sizeBytes: number): Promise<Slot> {
  const answer = await link.session.iq(
    el('request', ns.upload, {
      filename: name,
      size: String(sizeBytes),
      'content-type': 'application/octet-stream',
    }),
    { to: service, type: 'get' },
  )
  const slot = childOf(answer, 'slot', ns.upload)
  const put = childOf(slot, 'put', ns.upload)
  const headers = childrenOf(put, ns.upload, 'header').flatMap(each => {
    const header = attributeOf(each, 'name') ?? ''
    const value = textOf(each)
      .replace(/[\r\n]/g, '')
      .slice(0, 8_000)
    return ['authorization', 'cookie', 'expires'].includes(header.toLowerCase())
      ? [[header, value] as const]
      : []
  })
  return {
    put: attributeOf(put, 'url') ?? '',
    get: attributeOf(childOf(slot, 'get', ns.upload), 'url') ?? '',
    headers: Object.fromEntries(headers),
  }
}
