import { SiegelError } from '../../../shared/kit/result'
import type { FreeBusyAnswer } from '../ports/dav/dav-control'
import type { DavAccountReport } from '../ports/dav/discovery'
import { createDavClient } from './client'
import { findDavCollections } from './discovery/find-collections'
import { permittedRedirect } from './href'
import { knownFailures } from './refusal'
import { createDavSession, type DavAccess } from './session'
import { caldav, dav } from './xml/names'
import { childOf, type In, readXml, textOf } from './xml/read'

/** People of one question; a server answers for each. */
const mostAnswers = 500

/** Where a server takes questions for others (RFC 6638 §2.1); throws `unsupported` where it has none. */
async function outboxOf(access: DavAccess, report: DavAccountReport): Promise<URL> {
  const principal = report.principal && URL.parse(report.principal)
  if (!principal) throw new SiegelError('unsupported', { reason: 'the server names no principal' })
  const client = createDavClient(createDavSession(access))
  const { rows, url } = await client.propfind(principal, '0', [caldav('schedule-outbox-URL')])
  const [row] = rows
  const href = textOf(childOf(row?.props.get(caldav('schedule-outbox-URL')), dav('href')))
  const outbox = href === '' ? null : permittedRedirect(href, url)
  if (!outbox)
    throw new SiegelError('unsupported', { reason: 'the server answers no questions about free time' })
  return outbox
}

function answerOf(part: In): FreeBusyAnswer | null {
  if (part.name !== caldav('response')) return null
  const recipient =
    textOf(childOf(childOf(part, caldav('recipient')), dav('href'))) ||
    textOf(childOf(part, caldav('recipient')))
  const data = childOf(part, caldav('calendar-data'))
  return {
    address: recipient
      .replace(/^mailto:/i, '')
      .toLowerCase()
      .slice(0, 320),
    status: textOf(childOf(part, caldav('request-status'))).slice(0, 200),
    bytes: data ? Buffer.from(data.text, 'utf8') : null,
  }
}

/**
 * Asks a server when people are free (RFC 6638 §5). `request` makes the question out of the address that asks, which the server must know
 * as its user's. Throws `unsupported` where the server does not schedule, and what `findDavCollections` throws.
 */
export async function askFreeBusy(
  access: DavAccess,
  place: string,
  request: (organizer: string) => Uint8Array,
): Promise<readonly FreeBusyAnswer[]> {
  return knownFailures(async () => {
    const report = await findDavCollections(access, place)
    const outbox = await outboxOf(access, report)
    const [organizer = access.login?.userName ?? ''] = report.addresses
    const answer = await createDavSession(access).send({
      ...{ method: 'POST', url: outbox, body: request(organizer) },
      headers: { 'Content-Type': 'text/calendar; charset=utf-8; method=REQUEST; component=VFREEBUSY' },
    })
    const answers: FreeBusyAnswer[] = []
    await readXml(answer.body, caldav('schedule-response'), part => {
      const read = answerOf(part)
      if (read && answers.length < mostAnswers) answers.push(read)
    })
    return answers
  })
}
