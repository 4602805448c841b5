import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { wireCertificate } from './wire-certificates'

/** What a script says in place of the honest answer. */
export type DavSays = Readonly<{
  status: number
  headers?: Record<string, string | string[]>
  body?: string | Uint8Array
}>
export type DavAsked = Readonly<{
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}>

/** A CalDAV server with one calendar at /cal/, honest where no script says otherwise. */
export interface ScriptedDavServer {
  readonly port: number
  readonly ca: string
  readonly collection: URL
  readonly asked: DavAsked[]
  /** Objects by path. */
  readonly objects: Map<string, { etag: string; data: string }>
  /** Asked first; null: the honest answer. May answer by itself and return 'answered'. */
  script: (asked: DavAsked, response: ServerResponse) => DavSays | null | 'answered'
  /** Puts an object there as another program would. */
  put(name: string, data: string): void
  remove(name: string): void
  stop(): Promise<void>
}

/** An event with this UID. */
export const eventOf = (uid: string, more = ''): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20260301T100000Z\r\n${more}END:VEVENT\r\nEND:VCALENDAR\r\n`

/** A multistatus with these parts. */
export const multistatus = (...parts: readonly string[]): DavSays => ({
  status: 207,
  headers: { 'Content-Type': 'application/xml; charset=utf-8' },
  body: `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/">${parts.join('')}</d:multistatus>`,
})

/** One row of it. */
export const row = (href: string, props: string | null, status = 200): string =>
  props === null
    ? `<d:response><d:href>${href}</d:href><d:status>HTTP/1.1 ${status} X</d:status></d:response>`
    : `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 ${status} X</d:status></d:propstat></d:response>`

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;')

export async function startScriptedDavServer(): Promise<ScriptedDavServer> {
  const { cert, key, ca } = await wireCertificate('server')
  const objects: ScriptedDavServer['objects'] = new Map()
  const changes: { path: string; isGone: boolean }[] = []
  let lastEtag = 0
  const note = (path: string, data: string | null) => {
    if (data === null) objects.delete(path)
    else objects.set(path, { etag: `"${++lastEtag}"`, data })
    changes.push({ path, isGone: data === null })
  }
  const token = () => `urn:t:${changes.length}`
  const listed = (path: string) => {
    const object = objects.get(path)
    return object ? row(path, `<d:getetag>${object.etag}</d:getetag><d:resourcetype/>`) : row(path, null, 404)
  }

  const honest = ({ method, path, headers, body }: DavAsked): DavSays => {
    const object = objects.get(path)
    if (method === 'PROPFIND' && path === '/cal/')
      return multistatus(
        row(
          '/cal/',
          `<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><s:getctag>${token()}</s:getctag><d:sync-token>${token()}</d:sync-token>`,
        ),
        ...(headers['depth'] === '1' ? [...objects.keys()].map(listed) : []),
      )
    if (method === 'REPORT' && body.includes('sync-collection')) {
      const [, from = ''] = /<\w:sync-token>(.*?)<\/\w:sync-token>/.exec(body) ?? []
      const paths =
        from === ''
          ? [...objects.keys()]
          : changes.slice(Number(from.replace('urn:t:', ''))).map(each => each.path)
      return multistatus(...[...new Set(paths)].map(listed), `<d:sync-token>${token()}</d:sync-token>`)
    }
    if (method === 'REPORT')
      return multistatus(
        ...[...body.matchAll(/<\w:href>(.*?)<\/\w:href>/g)].map(([, href = '']) => {
          const wanted = objects.get(href)
          return wanted
            ? row(
                href,
                `<d:getetag>${wanted.etag}</d:getetag><c:calendar-data>${escaped(wanted.data)}</c:calendar-data>`,
              )
            : row(href, null, 404)
        }),
      )
    if (method === 'PUT') {
      const isRefused =
        (headers['if-none-match'] === '*' && object) ||
        (headers['if-match'] && headers['if-match'] !== object?.etag)
      if (isRefused) return { status: 412 }
      note(path, body)
      return { status: 201 }
    }
    if (!object) return { status: 404 }
    if (method === 'GET')
      return {
        status: 200,
        headers: { ETag: object.etag, 'Content-Type': 'text/calendar' },
        body: object.data,
      }
    if (headers['if-match'] && headers['if-match'] !== object.etag) return { status: 412 }
    if (method === 'DELETE') {
      note(path, null)
      return { status: 204 }
    }
    if (method === 'MOVE') {
      note(new URL(String(headers['destination'])).pathname, object.data)
      note(path, null)
      return { status: 201 }
    }
    return { status: 405 }
  }

  const asked: DavAsked[] = []
  const server = createServer({ cert, key }, async (request, response) => {
    const body = await buffer(request).catch(() => null)
    if (body === null) return
    const one = {
      ...{ method: request.method ?? '', path: request.url ?? '', headers: request.headers },
      body: body.toString('utf8'),
    }
    asked.push(one)
    const said = made.script(one, response) ?? honest(one)
    if (said !== 'answered') response.writeHead(said.status, said.headers ?? {}).end(said.body ?? '')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const made: ScriptedDavServer = {
    ...{ port, ca, asked, objects, script: () => null },
    collection: new URL(`https://localhost:${port}/cal/`),
    put: (name, data) => note(`/cal/${name}`, data),
    remove: name => note(`/cal/${name}`, null),
    stop: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
  return made
}
