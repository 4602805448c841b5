import { SiegelError } from '../../../../shared/kit/result'
import { dav } from './names'
import { childOf, type In, readXml, textOf } from './read'

/** One `response` of RFC 4918 §14.24, for one address. */
export type Row = Readonly<{
  /** As the server wrote it. */
  href: string
  /** Of the whole row; null where each property has its own. */
  status: number | null
  /** Properties that were answered with success. */
  props: ReadonlyMap<string, In>
  /** The worst status of a property that was not; null where all were. */
  failedStatus: number | null
  /** The precondition that was named, in Clark's notation. */
  precondition: string | null
}>

export type Multistatus = Readonly<{ rows: readonly Row[]; syncToken: string | null }>

/** More rows than any collection of a person has objects. */
const mostRows = 200_000

/**
 * Reads a `multistatus` (RFC 4918 §13). Throws `protocol-violation` for anything else, an HTML page or an empty answer included,
 * and `too-large` for more rows than permitted.
 */
export async function readMultistatus(body: AsyncIterable<Uint8Array>): Promise<Multistatus> {
  const rows: Row[] = []
  let syncToken: string | null = null
  await readXml(body, dav('multistatus'), part => {
    if (part.name === dav('sync-token')) syncToken = textOf(part) || null
    if (part.name !== dav('response')) return
    rows.push(...rowsOf(part))
    if (rows.length > mostRows) throw new SiegelError('too-large', { limit: mostRows })
  })
  return { rows, syncToken }
}

/** What a row says of itself: its own status, else that of its properties. */
export const rowStatus = ({ status, props, failedStatus }: Row): number | null =>
  status ?? (props.size > 0 ? 200 : failedStatus)

function rowsOf(response: In): Row[] {
  const props = new Map<string, In>()
  let failedStatus: number | null = null
  for (const propstat of response.children.filter(({ name }) => name === dav('propstat'))) {
    const status = statusOf(childOf(propstat, dav('status')))
    if (status !== null && status >= 200 && status < 300)
      for (const prop of childOf(propstat, dav('prop'))?.children ?? []) props.set(prop.name, prop)
    else failedStatus = Math.max(failedStatus ?? 0, status ?? 500)
  }
  const precondition = preconditionIn(
    childOf(response, dav('error')) ??
      response.children.map(child => childOf(child, dav('error'))).find(error => error !== undefined),
  )
  const status = statusOf(childOf(response, dav('status')))
  return response.children
    .filter(({ name }) => name === dav('href'))
    .map(href => ({ href: textOf(href), status, props, failedStatus, precondition }))
}

/** The first thing that an `error` element names (RFC 4918 §16). */
const preconditionIn = (error: In | undefined): string | null => error?.children[0]?.name ?? null

/** The number of a status line, `HTTP/1.1 404 Not Found`. */
function statusOf(status: In | undefined): number | null {
  const [, code] = /^HTTP\/\d(?:\.\d)?\s+(\d{3})\b/.exec(textOf(status)) ?? []
  return code === undefined ? null : Number(code)
}
