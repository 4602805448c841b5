import { SiegelError, withPlace } from '../../../shared/kit/result'
import { limits } from '../ports/limits'
import { strongEtag } from './etag'
import type { DavAnswer, DavSession } from './session'
import { hostOf, portOf } from './session'
import { type Multistatus, readMultistatus } from './xml/multistatus'
import { appleIcal, caldav, carddav, dav } from './xml/names'
import { element, type Out, writeXml } from './xml/write'

/** What is kept in a collection. */
export type ObjectKind = 'calendar' | 'contacts'

/** A condition of a change (RFC 9110 §13.1). A weak ETag never gets here: the type is what `strongEtag` lets through. */
export type Condition = Readonly<
  | { kind: 'new' }
  | { kind: 'unchanged'; etag: string }
  /** Objects with guests, whose ETag changes with every answer (RFC 6638 §3.2.10). */
  | { kind: 'schedule-unchanged'; tag: string }
  | { kind: 'none' }
>

/** What a server has at one address. */
export type FetchedFile = Readonly<{ bytes: Uint8Array; etag: string | null; scheduleTag: string | null }>

/** What a new collection is to be. */
export type NewCollection = Readonly<{
  kind: ObjectKind
  name: string
  /** `#RRGGBB`. */
  colour?: string
  components?: readonly ('VEVENT' | 'VTODO' | 'VJOURNAL')[]
}>

const xmlType = 'application/xml; charset=utf-8'
export const contentTypes = {
  calendar: 'text/calendar; charset=utf-8',
  contacts: 'text/vcard; charset=utf-8',
} as const

/** The verbs of WebDAV, CalDAV and CardDAV that Siegel says. All throw `DavRefusal` and the failures of `DavSession`. */
export type DavClient = ReturnType<typeof createDavClient>

export function createDavClient(session: DavSession) {
  const multistatus = async (
    method: string,
    url: URL,
    body: Out,
    options: { depth?: '0' | '1'; signal?: AbortSignal } = {},
  ): Promise<Multistatus & { url: URL }> => {
    const answer = await session.send({
      ...{ method, url, body: writeXml(body) },
      headers: {
        ...(options.depth === undefined ? {} : { Depth: options.depth }),
        'Content-Type': xmlType,
      },
      ...(options.signal ? { signal: options.signal } : {}),
    })
    return { ...(await readAnswer(answer)), url: answer.url }
  }

  return {
    /** What the server can do at an address: the tokens of all its DAV lines, in small letters (RFC 4918 §10.1). */
    async options(url: URL): Promise<ReadonlySet<string>> {
      const answer = await session.send({ method: 'OPTIONS', url, maxBytes: 1_000_000 })
      await answer.read()
      return tokensOf(answer.headers.get('dav'))
    },

    propfind: (url: URL, depth: '0' | '1', props: readonly string[], signal?: AbortSignal) =>
      multistatus(
        'PROPFIND',
        url,
        element(dav('propfind'), [
          element(
            dav('prop'),
            props.map(name => element(name)),
          ),
        ]),
        {
          depth,
          ...(signal ? { signal } : {}),
        },
      ),

    /** Changes since `token`, or everything with the empty one (RFC 6578 §3.2). */
    syncCollection: (url: URL, token: string, signal?: AbortSignal) =>
      multistatus(
        'REPORT',
        url,
        element(dav('sync-collection'), [
          element(dav('sync-token'), token),
          element(dav('sync-level'), '1'),
          element(dav('prop'), [element(dav('getetag'))]),
        ]),
        // RFC 6578 §3.2 has no other, and some servers want it said.
        { depth: '0', ...(signal ? { signal } : {}) },
      ),

    /** Objects by their addresses, as the server wrote them (RFC 4791 §7.9, RFC 6352 §8.7). */
    multiget(url: URL, kind: ObjectKind, hrefs: readonly string[], signal?: AbortSignal) {
      const [name, data] =
        kind === 'calendar'
          ? [caldav('calendar-multiget'), caldav('calendar-data')]
          : [carddav('addressbook-multiget'), carddav('address-data')]
      const wanted = [
        element(dav('getetag')),
        element(data),
        ...(kind === 'calendar' ? [element(caldav('schedule-tag'))] : []),
      ]
      return multistatus(
        'REPORT',
        url,
        element(name, [element(dav('prop'), wanted), ...hrefs.map(href => element(dav('href'), href))]),
        { depth: '1', ...(signal ? { signal } : {}) },
      )
    },

    async get(url: URL, signal?: AbortSignal): Promise<FetchedFile> {
      const answer = await session.send({
        ...{ method: 'GET', url, compressed: false, maxBytes: limits.davObjectBytes },
        ...(signal ? { signal } : {}),
      })
      const { headers } = answer
      // A page to sign in at, say. No object is HTML.
      if (/^\s*text\/html/i.test(headers.get('content-type') ?? '')) {
        answer.discard()
        throw new SiegelError('protocol-violation', { ...placeOf(answer.url), detail: 'an HTML page' })
      }
      return {
        bytes: await answer.read(),
        etag: headers.get('etag') ?? null,
        scheduleTag: headers.get('schedule-tag') ?? null,
      }
    },

    /** Answers what a 207 hides as well: some servers put the refusal of a PUT into one. */
    async put(url: URL, bytes: Uint8Array, options: { condition: Condition; contentType: string }) {
      const answer = await session.send({
        ...{ method: 'PUT', url, body: bytes },
        headers: { ...headersOf(options.condition), 'Content-Type': options.contentType },
      })
      const hidden = answer.status === 207 ? await readAnswer(answer) : null
      if (!hidden) await answer.read()
      const { headers } = answer
      return {
        hidden,
        etag: strongEtag(headers.get('etag')),
        location: headers.has('location') ? URL.parse(headers.get('location') ?? '', answer.url.href) : null,
      }
    },

    /** `quietly`: on servers that schedule no answer goes to the organiser (RFC 6638 §8.1). */
    async remove(url: URL, condition: Condition, quietly = false) {
      const answer = await session.send({
        ...{ method: 'DELETE', url },
        headers: { ...headersOf(condition), ...(quietly ? { 'Schedule-Reply': 'F' } : {}) },
      })
      const hidden = answer.status === 207 ? await readAnswer(answer) : null
      if (!hidden) await answer.read()
      return { hidden }
    },

    /** To another address of the same server; what lies there already stays. */
    async move(url: URL, to: URL, condition: Condition): Promise<void> {
      const answer = await session.send({
        ...{ method: 'MOVE', url },
        headers: { Destination: to.href, Overwrite: 'F', ...headersOf(condition) },
      })
      await answer.read()
    },

    /** MKCALENDAR (RFC 4791 §5.3.1), or extended MKCOL (RFC 5689) for address books. */
    async makeCollection(url: URL, { kind, name, colour, components }: NewCollection): Promise<void> {
      const props = [
        element(dav('displayname'), name),
        ...(colour === undefined ? [] : [element(appleIcal('calendar-color'), colour)]),
        ...(components
          ? [
              element(
                caldav('supported-calendar-component-set'),
                components.map(each => element(caldav('comp'), undefined, { name: each })),
              ),
            ]
          : []),
      ]
      const set = (all: readonly Out[]) => element(dav('set'), [element(dav('prop'), all)])
      const type = element(dav('resourcetype'), [element(dav('collection')), element(carddav('addressbook'))])
      const [method, body] =
        kind === 'calendar'
          ? ['MKCALENDAR', element(caldav('mkcalendar'), [set(props)])]
          : [
              'MKCOL',
              element(dav('mkcol'), [set([type, ...props.filter(each => each.name === dav('displayname'))])]),
            ]
      const answer = await session.send({
        ...{ method, url, body: writeXml(body) },
        headers: { 'Content-Type': xmlType },
      })
      await answer.read()
    },

    /** Changes name or colour (RFC 4918 §9.2); what the server did not take is in the rows. */
    change: (url: URL, { name, colour }: { name?: string; colour?: string }) =>
      multistatus(
        'PROPPATCH',
        url,
        element(dav('propertyupdate'), [
          element(dav('set'), [
            element(dav('prop'), [
              ...(name === undefined ? [] : [element(dav('displayname'), name)]),
              ...(colour === undefined ? [] : [element(appleIcal('calendar-color'), colour)]),
            ]),
          ]),
        ]),
      ),
  }
}

/** The words of a header whose lines were joined, in small letters. */
const tokensOf = (header: string | undefined): ReadonlySet<string> =>
  new Set(
    (header ?? '')
      .toLowerCase()
      .split(',')
      .map(each => each.trim())
      .filter(Boolean),
  )

const placeOf = (url: URL) => ({ host: hostOf(url), port: portOf(url) })

async function readAnswer(answer: DavAnswer): Promise<Multistatus> {
  try {
    return await readMultistatus(answer.body)
  } catch (error) {
    throw error instanceof SiegelError ? withPlace(error, placeOf(answer.url)) : error
  }
}

function headersOf(condition: Condition): Record<string, string> {
  switch (condition.kind) {
    case 'new':
      return { 'If-None-Match': '*' }
    case 'unchanged':
      return { 'If-Match': condition.etag }
    case 'schedule-unchanged':
      return { 'If-Schedule-Tag-Match': condition.tag }
    case 'none':
      return {}
  }
}
