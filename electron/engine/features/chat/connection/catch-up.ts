import { SiegelError } from '../../../../../shared/kit/result'
import { ns } from '../../../formats/chat/namespaces'
import { randomUuid } from '../../../kit/objects/new-uid'
import { attributeOf, childOf, type Element, el, textOf } from '../../../ports/chat/element'
import type { Range } from '../store/ranges'
import type { ChatParts, Link } from './link'
import { conditionOf } from './pubsub'
import { takeIn } from './take-in'

/** Prosody gives no more at once. */
const pageRows = 50
/** After the answer to a question its rows have long been sent. */
const pageTimeoutMs = 60_000

const field = (name: string, value: string): Element =>
  el('field', ns.dataForms, { var: name }, el('value', ns.dataForms, {}, value))

type Page = Readonly<{ items: readonly Element[]; lastId: string | null; isComplete: boolean }>

/** Asks an archive for the rows behind one, or from a time on, or from its start. */
async function ask(
  parts: ChatParts,
  link: Link,
  archive: string,
  from: Readonly<{ after: string } | { start: number } | { begin: true }>,
): Promise<Page> {
  const queryId = randomUuid(parts.random)
  link.queries.set(queryId, { archive, items: [] })
  const start = 'start' in from ? [field('start', new Date(from.start).toISOString())] : []
  const form =
    start.length === 0
      ? []
      : [
          el(
            'x',
            ns.dataForms,
            { type: 'submit' },
            el(
              'field',
              ns.dataForms,
              { var: 'FORM_TYPE', type: 'hidden' },
              el('value', ns.dataForms, {}, ns.mam),
            ),
            ...start,
          ),
        ]
  const after = 'after' in from ? [el('after', ns.rsm, {}, from.after)] : []
  try {
    const answer = await link.session.iq(
      el(
        'query',
        ns.mam,
        { queryid: queryId },
        ...form,
        el('set', ns.rsm, {}, el('max', ns.rsm, {}, String(pageRows)), ...after),
      ),
      { to: archive === link.own ? null : archive, type: 'set' },
    )
    const fin = childOf(answer, 'fin', ns.mam)
    const last = childOf(childOf(fin, 'set', ns.rsm), 'last', ns.rsm)
    const items = link.queries.get(queryId)?.items ?? []
    // Answers overtake messages on their way through the session: the page is whole when its last row is here.
    const isWhole = (): boolean =>
      last === undefined || items.some(each => idOf(each.stanza) === textOf(last))
    const isHere = await link.until(
      () => isWhole() || link.bound === null,
      AbortSignal.timeout(pageTimeoutMs),
    )
    if (!isHere || link.bound === null) throw new SiegelError('connection-lost')
    return {
      items: items.map(({ stanza }) => stanza),
      lastId: last === undefined ? null : textOf(last),
      isComplete: attributeOf(fin, 'complete') === 'true',
    }
  } finally {
    link.queries.delete(queryId)
  }
}

const idOf = (stanza: Element): string => attributeOf(childOf(stanza, 'result', ns.mam), 'id') ?? ''

/** Whether a stanza belongs to a page that is being read; it is kept until the page is whole. */
export function keepForPage(link: Link, stanza: Element): boolean {
  const id = attributeOf(childOf(stanza, 'result', ns.mam), 'queryid')
  const query = id === undefined ? undefined : link.queries.get(id)
  // Whose it is `unwrap` judges; more than a page has was not asked for.
  if (query === undefined || query.items.length > pageRows * 4) return false
  query.items.push({ stanza })
  link.changed()
  return true
}

/**
 * Reads an archive from where it was read to its end, a page at a time: rows of a page and the new end of the stretch are stored before the next is asked
 * for, so that a kill loses nothing and a second reading finds everything known. The result: whether the end was reached.
 */
export async function catchUp(parts: ChatParts, link: Link, archive: string): Promise<boolean> {
  const { chat } = parts.store
  const { accountId } = link
  let range: Range | null = chat.ranges.newest(accountId, archive)
  let isPurged = false
  let from: Parameters<typeof ask>[3] = range === null ? { begin: true } : { after: range.last_id }
  let place = range?.last_place ?? 0
  for (;;) {
    let page: Page
    try {
      page = await ask(parts, link, archive, from)
    } catch (error) {
      // The row from which to go on is gone there: what is newer than it in time is asked for, and a hole is shown.
      if (conditionOf(error) === 'item-not-found' && range !== null && !isPurged) {
        isPurged = true
        from = { start: range.last_at }
        continue
      }
      throw error
    }
    let [firstAtMs, lastAtMs] = [0, 0]
    const firstPlace = place + 1
    let firstId: string | null = null
    for (const stanza of page.items) {
      place += 1
      // What stands in the archive and is not shown (receipts, reactions) takes a place too.
      const taken = await takeInArchived(parts, link, archive, stanza, place)
      if (taken === null) continue
      firstAtMs = firstAtMs === 0 ? taken.atMs : firstAtMs
      lastAtMs = taken.atMs
      firstId ??= taken.id
    }
    const { lastId } = page
    if (lastId !== null && lastId !== '') {
      if (range === null || isPurged) {
        chat.ranges.begin(accountId, {
          ...{ archive, firstId: range === null ? null : firstId, lastId, atMs: firstAtMs, lastAtMs },
          ...{ firstPlace, lastPlace: place, isPurged },
        })
        range = chat.ranges.newest(accountId, archive)
        isPurged = false
      } else chat.ranges.extend(range.id, lastId, lastAtMs, place)
    }
    link.changed()
    // `complete` ends it, not a count; a page that leads nowhere would be asked for forever.
    const isStuck = lastId === null || lastId === '' || ('after' in from && from.after === lastId)
    if (page.isComplete || isStuck) return true
    from = { after: lastId }
  }
}

async function takeInArchived(
  parts: ChatParts,
  link: Link,
  archive: string,
  stanza: Element,
  place: number,
): Promise<{ id: string; atMs: number } | null> {
  const result = childOf(stanza, 'result', ns.mam)
  const queryId = attributeOf(result, 'queryid') ?? ''
  // The query is answered by now; its rows are still its.
  link.queries.set(queryId, { archive, items: [] })
  try {
    const taken = await takeIn(parts, link, stanza, { place: { kind: 'archive', place }, commit: null })
    return taken === null ? null : { id: attributeOf(result, 'id') ?? '', atMs: taken.incoming.atMs }
  } finally {
    link.queries.delete(queryId)
  }
}

/** A live message stands behind all that was read: the stretch reaches to it, as long as nothing own may stand in between. */
export function reachLive(
  parts: ChatParts,
  link: Link,
  archive: string,
  live: NonNullable<Link['lastLive']>,
): void {
  const range = parts.store.chat.ranges.newest(link.accountId, archive)
  if (range === null || live.place <= range.last_place) return
  // Where an own message stands in the archive is told by the archive alone.
  if (parts.store.chat.conversations.hasUnplacedOwn(link.accountId, range.last_place)) return
  parts.store.chat.ranges.extend(range.id, live.id, live.atMs, live.place)
}
