import { domainToASCII } from 'node:url'
import { davPresetFor } from '../../../../shared/features/accounts/dav-places'
import { SiegelError, toFailure } from '../../../../shared/kit/result'
import type { DavPlace, DavPlaces, DavStep } from '../../ports/dav/discovery'
import type { NetworkGate, WayForSetUp } from '../../ports/net/gate'
import type { GateRequest } from '../../ports/net/gate-request'
import { DavRefusal } from '../refusal'
import { createDavSession, hostOf, portOf } from '../session'
import { dav } from '../xml/names'
import { element, writeXml } from '../xml/write'

export type FindPlacesDeps = Readonly<{
  gate: Pick<NetworkGate, 'http' | 'resolveSrv'>
  /** TXT records of a name by the same way; empty where there are none. */
  txt: (name: string, way: WayForSetUp) => Promise<readonly string[]>
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  way: WayForSetUp
}>

const services = [
  { record: '_caldavs._tcp', wellKnown: 'caldav' },
  { record: '_carddavs._tcp', wellKnown: 'carddav' },
] as const

const mostPlaces = 10

/**
 * Finds where DAV may be spoken for a mail address (RFC 6764) or at an address that was pasted. Nothing but host names and
 * fixed paths leaves this machine: neither the mail address nor a password. Names are asked by the way alone. Throws `bad-address` for what is neither.
 */
export async function findDavPlaces(deps: FindPlacesDeps, typed: string): Promise<DavPlaces> {
  const text = typed.trim()
  if (/^https?:\/\//i.test(text)) return fromPasted(text)
  const preset = davPresetFor(text)
  if (preset !== null) {
    const evidence = text.slice(text.lastIndexOf('@') + 1)
    return { places: [{ url: preset, source: 'preset', evidence }], steps: [step(evidence, 'found', preset)] }
  }
  const domain = domainOf(text)
  if (domain === null) throw new SiegelError('bad-address', { address: typed.slice(0, 320) })
  const steps: DavStep[] = []
  const places: DavPlace[] = []
  for (const service of services) {
    const bySrv = await askSrv(deps, `${service.record}.${domain}`, service.wellKnown, steps)
    const found = bySrv.length > 0 ? bySrv : await askWellKnown(deps, domain, service.wellKnown, steps)
    for (const place of found) if (!places.some(({ url }) => url === place.url)) places.push(place)
  }
  return { places: places.slice(0, mostPlaces), steps }
}

function fromPasted(text: string): DavPlaces {
  const url = URL.parse(text)
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '')
    throw new SiegelError('bad-address', { address: text.slice(0, 320) })
  // No password ever goes in clear; an address copied with `http:` is tried by TLS.
  const isClear = url.protocol !== 'https:'
  if (isClear) url.protocol = 'https:'
  url.hash = ''
  const place: DavPlace = { url: url.href, source: 'pasted', evidence: text.slice(0, 500) }
  return { places: [place], steps: [step(text, 'found', isClear ? 'taken for https:' : '')] }
}

function domainOf(text: string): string | null {
  const [, typed = ''] = /^[^\s@]+@([^\s@/?#%[\]]+)$/.exec(text) ?? []
  const domain = domainToASCII(typed.toLowerCase())
  return domain.includes('.') ? domain : null
}

async function askSrv(
  { gate, txt, permitDuring, way }: FindPlacesDeps,
  name: string,
  wellKnown: string,
  steps: DavStep[],
): Promise<DavPlace[]> {
  const permit: GateRequest = { accountId: null, purpose: 'dns', host: name, port: 53, ...way }
  try {
    const records = await permitDuring([permit], () => gate.resolveSrv(name, null, way))
    // "." says that the service is not offered (RFC 2782).
    const usable = records
      .filter(({ host }) => host !== '' && host !== '.')
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    // Beside a record alone it means anything (RFC 6764 §4).
    const path = usable.length === 0 ? null : pathIn(await txt(name, way).catch(() => []))
    const places = usable.flatMap(({ host, port }): DavPlace[] => {
      const url = URL.parse(
        `https://${host.replace(/\.$/, '')}:${port}${path ?? `/.well-known/${wellKnown}`}`,
      )
      return url ? [{ url: url.href, source: 'srv', evidence: name }] : []
    })
    steps.push(step(name, places.length > 0 ? 'found' : 'nothing', places.map(({ url }) => url).join(' ')))
    return places
  } catch (error) {
    steps.push(step(name, 'failed', wordsOf(error)))
    return []
  }
}

/** The path of a TXT record (RFC 6764 §4). One that leads to another host, or is no path, is none. */
function pathIn(texts: readonly string[]): string | null {
  const [, path] = /^path=(\/[^\s]*)$/i.exec(texts.find(text => /^path=/i.test(text)) ?? '') ?? []
  return path === undefined || path.startsWith('//') || path.includes('\\') ? null : path
}

/** Asked without a name: who answers 401 there speaks DAV, and where redirects led is where. */
async function askWellKnown(
  { gate, permitDuring, way }: FindPlacesDeps,
  domain: string,
  wellKnown: string,
  steps: DavStep[],
): Promise<DavPlace[]> {
  const first = new URL(`https://${domain}/.well-known/${wellKnown}`)
  const session = createDavSession({
    ...{ gate, asker: { accountId: null, ...way }, caPem: null, login: null, permitDuring },
  })
  const ask: GateRequest = {
    accountId: null,
    purpose: 'dav',
    host: hostOf(first),
    port: portOf(first),
    ...way,
  }
  const found = (url: string, detail: string): DavPlace[] => {
    steps.push(step(first.href, 'found', `${url} ${detail}`.trim()))
    return [{ url, source: 'well-known', evidence: first.href }]
  }
  try {
    const answer = await permitDuring([ask], () =>
      session.send({
        ...{ method: 'PROPFIND', url: first, maxBytes: 1_000_000 },
        headers: { Depth: '0', 'Content-Type': 'application/xml; charset=utf-8' },
        body: writeXml(element(dav('propfind'), [element(dav('prop'), [element(dav('resourcetype'))])])),
      }),
    )
    answer.discard()
    if (answer.status === 207) return found(answer.url.href, '')
    steps.push(step(first.href, 'nothing', `HTTP ${answer.status}`))
  } catch (error) {
    if (error instanceof DavRefusal && error.status === 401)
      return found(error.url, 'asks for a name and a password')
    const isNothing = error instanceof DavRefusal && !error.isForLater
    steps.push(step(first.href, isNothing ? 'nothing' : 'failed', wordsOf(error)))
  }
  return []
}

export const step = (target: string, outcome: DavStep['outcome'], detail: string): DavStep => ({
  ...{ target: target.slice(0, 500), outcome, detail: detail.slice(0, 500) },
})

export function wordsOf(error: unknown): string {
  const { code, params } = toFailure(error instanceof DavRefusal ? error.toSiegelError() : error)
  const more = [params['reason'] ?? params['detail'], params['target']].filter(each => each !== undefined)
  return [code, ...more].join(': ')
}
