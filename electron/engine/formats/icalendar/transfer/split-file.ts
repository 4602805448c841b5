import { isUtf8 } from 'node:buffer'
import { objectKinds } from '../event/event-object'
import {
  type Component,
  componentsIn,
  type Item,
  isComponent,
  propertyOf,
  readComponents,
  writeComponent,
} from '../text/component'
import { type Line, readLine } from '../text/content-line'
import { readText } from '../text/values'

/** One object of a file: bytes (latin1) of a whole VCALENDAR with all components of one UID and the zones that they name. */
export type FileObject = Readonly<{
  /** Empty where the components carry none: each of them is then an object. */
  uid: string
  kind: string
  title: string
  bytes: string
}>

/** The bytes of a file as UTF-8, one a character: without a byte order mark; UTF-16 and Windows' own letters are turned into it. */
function fileBytes(file: Uint8Array): string {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const isWide = (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff)
  if (isWide) {
    const text = new TextDecoder(buffer[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(buffer)
    return Buffer.from(text, 'utf8').toString('latin1')
  }
  if (!isUtf8(buffer))
    return Buffer.from(new TextDecoder('windows-1252').decode(buffer), 'utf8').toString('latin1')
  const hasMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
  return (hasMark ? buffer.subarray(3) : buffer).toString('latin1')
}

/** Ends of lines as the RFC has them; folds stay where they are. A file that knows only CR is one of old Macs. */
const withLineEnds = (bytes: string): string => {
  const lines = bytes.includes('\n') ? bytes : bytes.replace(/\r/g, '\n')
  return /[^\r]\n/.test(lines) || lines.startsWith('\n') ? lines.replace(/\r?\n/g, '\r\n') : lines
}

/** The last line of a text may lack its end. */
const ended = (bytes: string): string => (bytes.endsWith('\r\n') ? bytes : `${bytes}\r\n`)

/** What a stored object must not carry (RFC 4791 §4.1), and what is about the file and not about its events. */
const ofFile = new Set(['METHOD', 'X-WR-CALNAME', 'X-WR-CALDESC', 'X-WR-TIMEZONE', 'X-WR-RELCALID'])

const titleOf = (component: Component): string =>
  readText(propertyOf(component, 'SUMMARY')?.value ?? '').slice(0, 200)

/** TZIDs that the lines of components name. */
export function zonesNamed(components: readonly Component[]): Set<string> {
  const named = new Set<string>()
  const look = (item: Item): void => {
    if (isComponent(item)) item.items.forEach(look)
    else if (/tzid/i.test(item.raw))
      for (const { name, values } of readLine(item).parameters)
        if (name === 'TZID') for (const each of values) named.add(each.trim())
  }
  for (const component of components) component.items.forEach(look)
  return named
}

/** The components of a file. Throws `calendar-unreadable`. */
export const calendarsIn = (file: Uint8Array): Component[] =>
  readComponents(ended(withLineEnds(fileBytes(file)))).filter(({ name }) => name === 'VCALENDAR')

/**
 * Takes a file apart into objects, each with the bytes that it has there. Components of one UID belong together wherever they
 * stand, and keep their order. Throws `calendar-unreadable`.
 */
export function splitFile(file: Uint8Array): FileObject[] {
  return calendarsIn(file).flatMap(calendar => {
    const zones = componentsIn(calendar, 'VTIMEZONE')
    const head = calendar.items.filter((item): item is Line => !isComponent(item) && !ofFile.has(item.name))
    const groups = new Map<string, Component[]>()
    for (const component of componentsIn(calendar)) {
      if (!objectKinds.some(kind => kind === component.name)) continue
      const uid = readText(propertyOf(component, 'UID')?.value ?? '').trim()
      const key = uid === '' ? `\0${groups.size}` : `${component.name}\0${uid}`
      groups.set(key, [...(groups.get(key) ?? []), component])
    }
    return [...groups].map(([key, components]) => {
      const named = zonesNamed(components)
      const described = zones.filter(each => named.has(propertyOf(each, 'TZID')?.value.trim() ?? ''))
      const whole = { ...calendar, items: [...head, ...described, ...components] }
      const [first] = components
      return {
        uid: key.startsWith('\0') ? '' : key.slice(key.indexOf('\0') + 1),
        kind: first?.name ?? '',
        title: first ? titleOf(first) : '',
        bytes: writeComponent(whole),
      }
    })
  })
}
