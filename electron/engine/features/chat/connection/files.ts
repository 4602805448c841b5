import type { ChatMessageId } from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { parseJid } from '../../../../../shared/kit/jid'
import { SiegelError } from '../../../../../shared/kit/result'
import { ns } from '../../../formats/chat/namespaces'
import { createFileKey, encryptFile, openFile } from '../../../formats/omemo/file/cipher'
import { readFileLink, writeFileLink } from '../../../formats/omemo/file/link'
import { withoutTraces } from '../../../formats/pictures/metadata/attachment-traces'
import { attributeOf, childOf, childrenOf, type Element, el, textOf } from '../../../ports/chat/element'
import type { GateRequest, NetworkGate } from '../../../ports/net/gate'
import type { ChatParts, Link } from './link'
import { conditionOf } from './pubsub'

/** Larger ones are sent by other means; they are held whole while they are sealed. */
const largestFileBytes = 100_000_000
const fileTimeoutMs = 600_000
const idleTimeoutMs = 60_000

export type FileParts = Readonly<{
  gate: Pick<NetworkGate, 'http'>
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  isPublicHost: (host: string) => boolean
  /** Authorities of the account's own service, PEM. */
  caOf: (accountId: AccountId) => string | null
}>

type Place = Readonly<{ request: GateRequest; path: string }>

/** Where a file lies; throws `chat-file-place` for what is not fetched or put: no TLS, a private network, a name in the address. */
function placeOf({ isPublicHost }: FileParts, accountId: AccountId, text: string): Place {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new SiegelError('chat-file-place', { reason: 'scheme' })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!isPublicHost(host)) throw new SiegelError('chat-file-place', { reason: 'private' })
  const port = url.port === '' ? 443 : Number(url.port)
  return {
    request: { accountId, purpose: 'xmpp', host, port, publicOnly: true },
    path: `${url.pathname}${url.search}`,
  }
}

type Slot = Readonly<{ put: string; get: string; headers: Readonly<Record<string, string>> }>

/** The own server's place for files, and how large one may be. */
async function uploadService(link: Link): Promise<{ jid: string; largestBytes: number }> {
  const domain = parseJid(link.own)?.domain ?? ''
  const answer = await link.session.iq(el('query', ns.discoItems), { to: domain, type: 'get' })
  const services = childrenOf(childOf(answer, 'query', ns.discoItems), ns.discoItems, 'item')
    .flatMap(each => attributeOf(each, 'jid') ?? [])
    .slice(0, 20)
  for (const jid of services) {
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
    return { jid, largestBytes: Number.isSafeInteger(bytes) && bytes > 0 ? bytes : largestFileBytes }
  }
  throw new SiegelError('chat-no-upload')
}

/** A slot (XEP-0363); of the headers that the server asks for only those that may be asked for. */
async function slotFor(link: Link, service: string, name: string, sizeBytes: number): Promise<Slot> {
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

const sealed = async (bytes: Uint8Array, key: ReturnType<typeof createFileKey>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = []
  async function* whole() {
    yield bytes
  }
  for await (const piece of encryptFile(whole(), key)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Puts a file to the own server and answers its link: cleaned of what it says beside its content, and sealed where `isEncrypted`. */
export async function upload(
  parts: ChatParts,
  files: FileParts,
  link: Link,
  file: Readonly<{ fileName: string; bytes: Uint8Array; isEncrypted: boolean }>,
): Promise<{ url: string; bytes: Uint8Array }> {
  const clean = withoutTraces(file.bytes)
  const service = await uploadService(link)
  const limitBytes = Math.min(largestFileBytes, service.largestBytes)
  if (clean.byteLength + 16 > limitBytes)
    throw new SiegelError('too-large', { file: file.fileName, limitBytes, sizeBytes: clean.byteLength })
  // A key of its own for each try.
  const key = file.isEncrypted ? createFileKey() : null
  const body = key === null ? clean : await sealed(clean, key)
  const end = /\.[a-z0-9]{1,5}$/i.exec(file.fileName)?.[0]?.toLowerCase() ?? ''
  // Its name says nothing to the server.
  const hidden = [...parts.random.bytes(12)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  const slot = await slotFor(link, service.jid, `${hidden}${end}`, body.byteLength)
  const { request, path } = placeOf(files, link.accountId, slot.put)
  placeOf(files, link.accountId, slot.get)
  const status = await files.permitDuring([request], async () => {
    const answer = await files.gate.http(
      {
        ...request,
        ...{ method: 'PUT', path, body },
        headers: { 'Content-Type': 'application/octet-stream', ...slot.headers },
      },
      {
        ...{ timeoutMs: fileTimeoutMs, idleTimeoutMs, maxBytes: 100_000 },
        caPem: files.caOf(link.accountId),
      },
    )
    answer.discard()
    return answer.status
  })
  if (status < 200 || status > 299) throw new SiegelError('server-refused', { serverCode: String(status) })
  return { url: key === null ? slot.get : writeFileLink({ url: slot.get, ...key }), bytes: clean }
}

/** Fetches a file by a person's wish. What does not fit its seal is thrown away unseen. */
async function download(
  files: FileParts,
  accountId: AccountId,
  url: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const link = url.startsWith('aesgcm:') ? readFileLink(url) : null
  if (link === null && url.startsWith('aesgcm:'))
    throw new SiegelError('chat-file-place', { reason: 'scheme' })
  const { request, path } = placeOf(files, accountId, link?.url ?? url)
  return files.permitDuring([request], async () => {
    const answer = await files.gate.http(
      { ...request, method: 'GET', path },
      {
        ...{ timeoutMs: fileTimeoutMs, idleTimeoutMs, maxBytes: largestFileBytes + 16, signal },
        caPem: files.caOf(accountId),
      },
    )
    if (answer.status !== 200) {
      answer.discard()
      // A redirect leads where nobody looked.
      if (answer.status >= 300 && answer.status < 400)
        throw new SiegelError('chat-file-place', { reason: 'redirect' })
      throw new SiegelError('server-refused', { serverCode: String(answer.status) })
    }
    const whole = await answer.read()
    if (link === null) return whole
    const opening = openFile(link)
    const content = opening.update(whole)
    if (!opening.isWhole()) throw new SiegelError('chat-file-changed')
    return content
  })
}

export type StoredFile = Readonly<{ fileName: string; contentType: string; bytes: Uint8Array }>

/** Files of messages: fetched once, then kept in the store. */
export function createFiles(parts: ChatParts, files: FileParts) {
  const { messages } = parts.store.chat
  const running = new Map<string, AbortController>()
  const nameOf = (id: ChatMessageId, index: number) => `${id}/${index}`
  return {
    fetch: async (accountId: AccountId, id: ChatMessageId, index: number): Promise<StoredFile> => {
      const file = messages.file(id, index)
      if (file === null) throw new SiegelError('not-found', { what: 'attachment' })
      const told = { fileName: file.name, contentType: file.type }
      const kept = messages.fileBytes(file.id)
      if (kept !== null) return { ...told, bytes: kept }
      const stop = new AbortController()
      running.set(nameOf(id, index), stop)
      messages.setFile(file.id, 'fetching', null)
      try {
        const bytes = await download(files, accountId, file.url, stop.signal)
        messages.setFile(file.id, 'here', bytes)
        return { ...told, bytes }
      } catch (error) {
        const isForGood =
          error instanceof SiegelError && ['chat-file-changed', 'chat-file-place'].includes(error.code)
        messages.setFile(file.id, isForGood ? 'refused' : 'there', null)
        throw error
      } finally {
        running.delete(nameOf(id, index))
      }
    },
    stop: (id: ChatMessageId, index: number): void => running.get(nameOf(id, index))?.abort(),
    upload: (link: Link, file: Parameters<typeof upload>[3]) => upload(parts, files, link, file),
  }
}
