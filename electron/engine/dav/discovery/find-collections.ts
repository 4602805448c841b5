import { SiegelError } from '../../../../shared/kit/result'
import type { DavAccountReport, DavCollection, DavStep } from '../../ports/dav/discovery'
import { createDavClient, type DavClient } from '../client'
import { hrefKey, isSamePath, pathKey, permittedRedirect } from '../href'
import { DavRefusal, knownFailures } from '../refusal'
import { createDavSession, type DavAccess } from '../session'
import type { Row } from '../xml/multistatus'
import { appleIcal, caldav, carddav, dav } from '../xml/names'
import { childOf, type In, textOf } from '../xml/read'
import { step, wordsOf } from './find-places'

/** More than any person keeps; the rest is not shown, and the steps say so. */
const mostCollections = 500

const collectionProps = [
  // No token and no ctag: a server that makes them from all objects would do so for each collection, wanted or not.
  ...['resourcetype', 'displayname', 'owner', 'current-user-privilege-set'].map(dav),
  ...[caldav('supported-calendar-component-set'), appleIcal('calendar-color')],
]

/**
 * Signs in at a place that was shown before, and finds principal, home sets and all collections (RFC 6764 §6, RFC 5397). An
 * address of one collection is taken as it is. What leads to another domain is not asked. Throws `login-refused`, and the failure of the first request; what fails later is in the steps.
 */
export async function findDavCollections(access: DavAccess, place: string): Promise<DavAccountReport> {
  return knownFailures(async () => {
    const start = new URL(place)
    let client = createDavClient(createDavSession(access))
    const wanted = [dav('current-user-principal'), dav('principal-URL'), ...collectionProps]
    let { rows, url } = await client.propfind(start, '0', wanted)
    let own = rowOf(rows, url)
    // A server that shows strangers a page instead of asking who they are (RFC 5397 §3).
    if (childOf(own?.props.get(dav('current-user-principal')), dav('unauthenticated')) && access.login) {
      const unasked = { ...access, login: { ...access.login, unasked: true as const } }
      client = createDavClient(createDavSession(unasked))
      ;({ rows, url } = await client.propfind(start, '0', wanted))
      own = rowOf(rows, url)
    }
    if (!own)
      throw new SiegelError('protocol-violation', { host: start.hostname, detail: 'no answer about itself' })
    return await search(client, url, own)
  })
}

async function search(client: DavClient, url: URL, own: Row): Promise<DavAccountReport> {
  const steps: DavStep[] = []
  const principal =
    addressIn(own.props.get(dav('current-user-principal')), url) ??
    addressIn(own.props.get(dav('principal-URL')), url)
  steps.push(
    step(
      url.href,
      principal ? 'found' : 'nothing',
      principal ? `principal ${principal.href}` : 'no principal',
    ),
  )
  const collections = new Map<string, DavCollection>()
  const add = (row: Row, at: URL, schedules: boolean) => {
    const collection = collectionOf(row, at, principal, schedules)
    if (collection && !collections.has(pathKeyOf(collection.url)))
      collections.set(pathKeyOf(collection.url), collection)
  }

  let homes: URL[] = []
  let addresses: readonly string[] = []
  if (principal) {
    const names = [
      caldav('calendar-home-set'),
      carddav('addressbook-home-set'),
      caldav('calendar-user-address-set'),
    ]
    const answer = await tried(steps, principal, () => client.propfind(principal, '0', names))
    const about = answer && rowOf(answer.rows, answer.url)
    homes = names.slice(0, 2).flatMap(name => addressesIn(about?.props.get(name), answer?.url ?? principal))
    addresses = hrefsIn(about?.props.get(caldav('calendar-user-address-set')))
      .filter(href => /^mailto:/i.test(href))
      .map(href => href.slice(7).toLowerCase())
    if (answer)
      steps.push(
        step(principal.href, homes.length > 0 ? 'found' : 'nothing', homes.map(({ href }) => href).join(' ')),
      )
  }
  // Without any of them the place itself may be a home, or one collection.
  if (homes.length === 0) homes = [url]
  const seen = new Set<string>()
  for (const home of homes) {
    if (seen.has(pathKeyOf(home.href))) continue
    seen.add(pathKeyOf(home.href))
    const answer = await tried(steps, home, () => client.propfind(home, '1', collectionProps))
    if (!answer) continue
    const abilities = await tried(steps, home, () => client.options(answer.url))
    const before = collections.size
    for (const row of answer.rows) {
      if (collections.size === mostCollections) break
      add(row, answer.url, abilities?.has('calendar-auto-schedule') ?? false)
    }
    const count = collections.size - before
    const cut = collections.size === mostCollections ? ', and more that are not shown' : ''
    steps.push(step(answer.url.href, count > 0 ? 'found' : 'nothing', `${count} collections${cut}`))
  }
  // An address of one collection; where its home was listed, more is known of it already.
  add(own, url, false)
  return { principal: principal?.href ?? null, addresses, collections: [...collections.values()], steps }
}

async function tried<T>(steps: DavStep[], url: URL, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DavRefusal && error.status === 401) throw error
    if (!(error instanceof DavRefusal || error instanceof SiegelError)) throw error
    steps.push(step(url.href, 'failed', wordsOf(error)))
    return null
  }
}

function collectionOf(row: Row, at: URL, principal: URL | null, schedules: boolean): DavCollection | null {
  const types = row.props.get(dav('resourcetype'))?.children.map(({ name }) => name) ?? []
  const kind = types.includes(caldav('calendar'))
    ? 'calendar'
    : types.includes(carddav('addressbook'))
      ? 'contacts'
      : null
  const url = permittedRedirect(row.href, at)
  if (kind === null || url === null || hrefKey(row.href, at) === null) return null
  const privileges = row.props.get(dav('current-user-privilege-set'))
  const rights = privileges?.children.flatMap(each => each.children.map(({ name }) => name))
  const components = row.props.get(caldav('supported-calendar-component-set'))
  const owner = addressIn(row.props.get(dav('owner')), at)
  const isForeign = owner !== null && principal !== null && !isSamePath(pathKey(owner), pathKey(principal))
  const [, colour] = /^(#[0-9a-f]{6})/i.exec(textOf(row.props.get(appleIcal('calendar-color')))) ?? []
  const last = pathKey(url).split('/').filter(Boolean).at(-1) ?? url.hostname
  return {
    ...{ url: url.href, kind, schedules },
    name: (textOf(row.props.get(dav('displayname'))) || readable(last)).slice(0, 300),
    colour: colour?.toLowerCase() ?? null,
    owner: isForeign ? owner.href : null,
    // A server that does not say is asked by the first change.
    isReadOnly: rights !== undefined && rights.length > 0 && !rights.some(right => writing.has(right)),
    components: components
      ? components.children.flatMap(each => each.attributes.get('name')?.toUpperCase() ?? [])
      : null,
  }
}

function readable(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Any of these lets objects be changed (RFC 3744 §3). */
const writing: ReadonlySet<string> = new Set(['all', 'write', 'write-content', 'bind'].map(dav))

const rowOf = (rows: readonly Row[], url: URL): Row | undefined =>
  rows.find(row => isSamePath(hrefKey(row.href, url) ?? '', pathKey(url))) ??
  (rows.length === 1 ? rows[0] : undefined)

const hrefsIn = (property: In | undefined): string[] =>
  property?.children.filter(({ name }) => name === dav('href')).map(textOf) ?? []

const addressesIn = (property: In | undefined, at: URL): URL[] =>
  hrefsIn(property).flatMap(href => permittedRedirect(href, at) ?? [])

const addressIn = (property: In | undefined, at: URL): URL | null => addressesIn(property, at)[0] ?? null

const pathKeyOf = (address: string): string => {
  const url = new URL(address)
  return `${url.origin}${pathKey(url)}`.replace(/\/$/, '')
}
