import { ianaZone } from '../recurrence/zones/iana-zone'
import type { Zone } from '../recurrence/zones/zone'
import { type Component, propertyOf } from '../text/component'
import { readVtimezone } from './read-vtimezone'
import { ofWindowsName } from './windows-names'

/** What is to be said of a zone: its VTIMEZONE has other times than the zone of that name; or nobody knows the name. */
export type ZoneNote = 'zone-differs' | 'zone-unknown'

/** A zone as a TZID was understood. Without `zone` the times are floating. */
export type FoundZone = Readonly<{ zone?: Zone; note?: ZoneNote }>

/** The last parts of "/mozilla.org/20050126_1/Europe/Berlin" that name a zone. */
function ofPath(name: string): Zone | undefined {
  const parts = name.split('/').filter(part => part !== '')
  for (const count of [3, 2, 1]) {
    if (parts.length <= count && !name.startsWith('/')) continue
    const found = parts.length < count ? undefined : ianaZone(parts.slice(-count).join('/'))
    if (found) return found
  }
  return undefined
}

let everyName: readonly string[] | undefined
const supportedNames = (): readonly string[] => (everyName ??= Intl.supportedValuesOf('timeZone'))

/** ICU takes a name in any case; it is kept as it is usually written. */
const asListed = (name: string): string =>
  /^[A-Z]/.test(name)
    ? name
    : (supportedNames().find(each => each.toLowerCase() === name.toLowerCase()) ?? name)

/** "(UTC+01:00) Amsterdam, Berlin, Bern …" names cities; the first that names a zone is meant. */
function ofCities(name: string): Zone | undefined {
  const cities = /^\((?:UTC|GMT)[^)]*\)\s*(.+)$/i.exec(name)?.[1]
  if (cities === undefined) return undefined
  for (const city of cities.split(',')) {
    const ending = `/${city.trim().replace(/\s+/g, '_')}`.toLowerCase()
    const found = supportedNames().find(each => each.toLowerCase().endsWith(ending))
    if (found !== undefined) return ianaZone(found)
  }
  return undefined
}

/** The zone that a name alone stands for. */
export function zoneNamed(name: string): Zone | undefined {
  const trimmed = name.trim().replace(/^"|"$/g, '')
  if (trimmed === '' || trimmed.length > 200) return undefined
  // Windows first: "Eastern Standard Time" is New York, and ICU has no such name.
  const windows = ofWindowsName(trimmed)
  return (windows && ianaZone(windows)) || ianaZone(asListed(trimmed)) || ofPath(trimmed) || ofCities(trimmed)
}

/** Zones that are tried first where several have the same times: the larger ones. */
const usual = [
  ...['Europe/Berlin', 'Europe/London', 'Europe/Lisbon', 'Europe/Athens', 'Europe/Moscow', 'Europe/Istanbul'],
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles'],
  ...['America/Anchorage', 'Pacific/Honolulu', 'America/Halifax', 'America/St_Johns', 'America/Sao_Paulo'],
  ...['America/Mexico_City', 'America/Bogota', 'America/Santiago', 'America/Argentina/Buenos_Aires'],
  ...['Asia/Dubai', 'Asia/Karachi', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Dhaka', 'Asia/Bangkok'],
  ...['Asia/Shanghai', 'Asia/Tokyo', 'Asia/Jerusalem', 'Asia/Tehran', 'Africa/Cairo', 'Africa/Johannesburg'],
  ...['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Perth', 'Pacific/Auckland'],
  ...['UTC'],
]

const dayMs = 86_400_000
/** Two years and a half from the event on: whoever agrees there agrees on what the rules are now. */
const comparedDays = 900
const comparedStepDays = 3

const agree = (left: Zone, right: Zone, aroundMs: number, stepDays = comparedStepDays): boolean => {
  for (let day = 0; day <= comparedDays; day += stepDays) {
    const at = aroundMs + day * dayMs
    if (left.offsetAt(at) !== right.offsetAt(at)) return false
  }
  return true
}

function ofSameTimes(zone: Zone, aroundMs: number): Zone | undefined {
  for (const name of [...usual, ...supportedNames()]) {
    const candidate = ianaZone(name)
    if (candidate && agree(zone, candidate, aroundMs)) return candidate
  }
  return undefined
}

/** Names that promise nothing: what they stand for differs from sender to sender. */
const says = /^(customized time zone|custom|tzone\d*|benutzerdefiniert|\d+|zone)/i

/** What was found for a VTIMEZONE lately: the same one stands in every event of a calendar. */
const found = new Map<string, FoundZone>()
const mostFound = 200

function ofDescription(tzid: string, component: Component, aroundMs: number): FoundZone {
  const described = readVtimezone(component)
  const named = says.test(tzid.trim()) ? undefined : zoneNamed(tzid)
  // A name that is known wins: what describes it may be older than a change of the law.
  if (named) {
    const isSame = described === undefined || agree(described, named, aroundMs, 1)
    return { zone: named, ...(isSame ? {} : { note: 'zone-differs' as const }) }
  }
  const hint = propertyOf(component, 'X-LIC-LOCATION')?.value
  const hinted = hint === undefined ? undefined : zoneNamed(hint)
  if (described === undefined) return hinted ? { zone: hinted } : { note: 'zone-unknown' }
  if (hinted && agree(described, hinted, aroundMs)) return { zone: hinted }
  return { zone: ofSameTimes(described, aroundMs) ?? described }
}

/**
 * What a TZID means (RFC 5545 §3.2.19), with the VTIMEZONEs that stand beside it. `aroundMs`: about when the event is, for a
 * VTIMEZONE that is known by its times only.
 */
export function findZone(tzid: string, vtimezones: readonly Component[], aroundMs: number): FoundZone {
  const component = vtimezones.find(each => propertyOf(each, 'TZID')?.value.trim() === tzid.trim())
  if (component === undefined) {
    const zone = says.test(tzid.trim()) ? undefined : zoneNamed(tzid)
    return zone ? { zone } : { note: 'zone-unknown' }
  }
  const year = new Date(aroundMs).getUTCFullYear()
  const key = `${year}\n${component.items.map(item => ('items' in item ? textOf(item) : item.raw)).join('')}`
  const known = found.get(key)
  if (known) return known
  const made = ofDescription(tzid, component, Date.UTC(year, 0, 1))
  if (found.size >= mostFound) found.clear()
  found.set(key, made)
  return made
}

const textOf = (component: Component): string =>
  component.items.map(item => ('items' in item ? '' : item.raw)).join('')
