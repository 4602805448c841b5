import { SiegelError } from '../../../../shared/kit/result'
import type { ServerCopy } from '../../ports/dav/objects'
import type { DavClient, ObjectKind } from '../client'
import { strongEtag } from '../etag'
import { hrefKey } from '../href'
import { DavRefusal } from '../refusal'
import { type Row, rowStatus } from '../xml/multistatus'
import { caldav, carddav, dav } from '../xml/names'
import { textOf } from '../xml/read'

/** What became of an address that was asked for. */
export type Fetched = Readonly<
  | { kind: 'here'; path: string; copy: ServerCopy }
  | { kind: 'gone'; path: string }
  /** The server said something else, or nothing. `isForLater`: it may be out of order for a while. */
  | { kind: 'unread'; path: string; href: string; isForLater: boolean }
>

/**
 * Fetches objects in one multiget. What it does not answer in a usable way is asked for alone, so that one broken object (cut XML, letters
 * that XML has not, an answer that is too large) does not hide the others.
 */
export async function fetchObjects(
  client: DavClient,
  collection: URL,
  kind: ObjectKind,
  hrefs: readonly string[],
  signal?: AbortSignal,
): Promise<Fetched[]> {
  const answered = new Map<string, Fetched>()
  try {
    const { rows } = await client.multiget(collection, kind, hrefs, signal)
    for (const row of rows) {
      const fetched = readRow(row, collection)
      if (fetched) answered.set(fetched.path, fetched)
    }
  } catch (error) {
    if (!isAboutContent(error)) throw error
  }
  const results: Fetched[] = []
  for (const href of hrefs) {
    const path = hrefKey(href, collection) ?? href
    results.push(answered.get(path) ?? (await fetchAlone(client, collection, href, path, signal)))
  }
  return results
}

/** One object by GET, with its exact bytes. */
export async function fetchAlone(
  client: DavClient,
  collection: URL,
  href: string,
  path: string,
  signal?: AbortSignal,
): Promise<Fetched> {
  const url = URL.parse(href, collection.href)
  if (url === null || url.origin !== collection.origin)
    return { kind: 'unread', path, href, isForLater: false }
  try {
    const { bytes, etag, scheduleTag } = await client.get(url, signal)
    return { kind: 'here', path, copy: { href, etag: strongEtag(etag), scheduleTag, bytes } }
  } catch (error) {
    if (error instanceof DavRefusal && (error.status === 404 || error.status === 410))
      return { kind: 'gone', path }
    if (error instanceof DavRefusal && error.status === 401) throw error
    if (error instanceof DavRefusal || isAboutContent(error))
      return {
        ...{ kind: 'unread', path, href },
        isForLater: error instanceof DavRefusal && error.isForLater,
      }
    throw error
  }
}

/** Null for rows that say too little, which are asked for alone. */
function readRow(row: Row, collection: URL): Fetched | null {
  const path = hrefKey(row.href, collection)
  const status = rowStatus(row)
  if (path === null) return null
  // Gone is said by the row as a whole; a property that is not there says nothing of the object.
  if (row.status === 404 || row.status === 410) return { kind: 'gone', path }
  const data = row.props.get(caldav('calendar-data')) ?? row.props.get(carddav('address-data'))
  // A replaced letter is one that was not UTF-8: only a GET has the true bytes.
  if (status !== 200 || data === undefined || data.text.trim() === '' || data.text.includes('\ufffd'))
    return null
  const scheduleTag = textOf(row.props.get(caldav('schedule-tag'))) || null
  return {
    ...{ kind: 'here', path },
    copy: {
      ...{ href: row.href, etag: strongEtag(textOf(row.props.get(dav('getetag')))), scheduleTag },
      // XML keeps of a line's end the LF alone (XML 1.0 §2.11); RFC 5545 §3.1 and RFC 6350 §3.2 end lines with both.
      bytes: Buffer.from(data.text.replace(/\r?\n/g, '\r\n').replace(/^\s+/, ''), 'utf8'),
    },
  }
}

/** Whether a failure is about what was answered, and not about the way there or the sign-in. */
const isAboutContent = (error: unknown): boolean =>
  error instanceof DavRefusal
    ? error.status !== 401 && error.status !== 429 && error.status !== 503
    : error instanceof SiegelError && (error.code === 'protocol-violation' || error.code === 'too-large')
