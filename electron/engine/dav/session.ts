import { SiegelError } from '../../../shared/kit/result'
import { limits } from '../ports/limits'
import type { GateRequest, NetworkGate } from '../ports/net/gate'
import type { HttpAnswer, HttpLogin } from '../ports/net/http'
import { permittedRedirect } from './href'
import { DavRefusal } from './refusal'
import { dav } from './xml/names'
import { type In, readXml, textOf } from './xml/read'

const MOST_REDIRECTS = 5
/** What is read of a refusal. */
const LONGEST_REFUSAL_BYTES = 65_536
const CONNECT_MS = 30_000
/** Servers think for a while before a long listing begins. */
const IDLE_MS = 90_000
const WHOLE_MS = 600_000

/**
 * What every request says of the program: nothing. The word is what most programs begin with, and filters before servers
 * refuse requests that have none.
 */
const NEUTRAL_AGENT = 'Mozilla/5.0'

/** For whom and how DAV is spoken. */
export type DavAccess = Readonly<{
  gate: Pick<NetworkGate, 'http'>
  /** Account and way of every request; place and path are added. */
  asker: Omit<GateRequest, 'host' | 'port' | 'purpose'>
  caPem: string | null
  /** Null: nothing is said of whom it is for. */
  login: HttpLogin | null
  /** Opens the gate for another host of the same domain where a redirect leads there; absent: the gate's policy decides alone. */
  permitDuring?: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
}>

type DavRequest = Readonly<{
  method: string
  url: URL
  headers?: Readonly<Record<string, string>>
  body?: Uint8Array
  maxBytes?: number
  /** False where bytes and ETag must be those of the object itself. */
  compressed?: boolean
  signal?: AbortSignal
}>

/** An answer with a status of success, and the address it came from after redirects. */
export type DavAnswer = HttpAnswer & Readonly<{ url: URL }>

export type DavSession = Readonly<{
  /**
   * One request. Throws `DavRefusal` for every status that is no success, `not-permitted` for a redirect to another domain or to
   * clear text, and the failures of the HTTP client.
   */
  send(request: DavRequest): Promise<DavAnswer>
}>

/** Requests through the gate, redirects within the same domain followed with method, body and conditions as they are. */
export function createDavSession(access: DavAccess): DavSession {
  const ask = (request: DavRequest, url: URL): Promise<HttpAnswer> => {
    const place: GateRequest = { ...access.asker, purpose: 'dav', host: hostOf(url), port: portOf(url) }
    const work = () =>
      access.gate.http(
        {
          ...place,
          method: request.method,
          path: url.pathname + url.search,
          headers: { 'User-Agent': NEUTRAL_AGENT, ...request.headers },
          ...(request.body ? { body: request.body } : {}),
        },
        {
          ...{ timeoutMs: WHOLE_MS, connectTimeoutMs: CONNECT_MS, idleTimeoutMs: IDLE_MS, keepAlive: true },
          maxBytes: request.maxBytes ?? limits.davAnswerBytes,
          caPem: access.caPem,
          ...(request.compressed === false ? {} : { compressed: true }),
          ...(access.login ? { login: access.login } : {}),
          ...(request.signal ? { signal: request.signal } : {}),
        },
      )
    return url.host !== request.url.host && access.permitDuring ? access.permitDuring([place], work) : work()
  }

  return {
    async send(request) {
      let { url } = request
      for (let redirects = 0; ; redirects++) {
        const answer = await ask(request, url)
        const { status, headers } = answer
        if (status >= 200 && status < 300) return { ...answer, url }
        const location = headers.get('location')
        // 303 leads to a page about what was done, which is of no use here (RFC 9110 §15.4.4).
        if (![301, 302, 307, 308].includes(status) || location === undefined)
          throw await refusalOf(answer, url)
        answer.discard()
        const next = permittedRedirect(location, url)
        const place = { host: hostOf(url), port: portOf(url) }
        if (next === null)
          throw new SiegelError('not-permitted', {
            ...place,
            reason: 'redirect',
            target: location.slice(0, 200),
          })
        if (redirects === MOST_REDIRECTS)
          throw new SiegelError('server-refused', { ...place, detail: 'too many redirects' })
        url = next
      }
    },
  }
}

/** The host as the gate wants it. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

export const portOf = (url: URL): number => (url.port === '' ? 443 : Number(url.port))

async function refusalOf(answer: HttpAnswer, url: URL): Promise<DavRefusal> {
  const body = await beginningOf(answer)
  const { precondition, words } = await readRefusal(body)
  return new DavRefusal({
    ...{ status: answer.status, precondition, words, url: url.href },
    retryAfterMs: retryAfter(answer.headers.get('retry-after')),
  })
}

async function beginningOf(answer: HttpAnswer): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for await (const piece of answer.body) {
      pieces.push(piece)
      size += piece.length
      if (size > LONGEST_REFUSAL_BYTES) break
    }
  } catch {
    // That it was refused is known; why is told as far as it came.
  }
  return Buffer.concat(pieces)
}

async function readRefusal(body: Uint8Array): Promise<{ precondition: string | null; words: string }> {
  const parts: In[] = []
  try {
    await readXml(
      (async function* () {
        yield body
      })(),
      dav('error'),
      part => parts.push(part),
    )
  } catch {
    // Not every server says it in XML.
    const words = new TextDecoder().decode(body.subarray(0, 2_000))
    return {
      precondition: null,
      words: words
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 200),
    }
  }
  const said = parts.find(({ name }) => name === dav('responsedescription'))
  const first = parts.find(({ name }) => name !== dav('responsedescription'))
  return { precondition: first?.name ?? null, words: textOf(said).slice(0, 200) }
}

/** Seconds or a date (RFC 9110 §10.2.3), an hour at most: a server cannot send a client to sleep for ever. */
function retryAfter(header: string | undefined): number | null {
  if (header === undefined) return null
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : null
}
