import { type Component, isComponent, propertyOf, readComponents, writeComponent } from '../text/component'
import { readDuration, readText } from '../text/values'
import { calendarsIn, type FileObject, splitFile } from './split-file'

/** What a published calendar says of itself, and its objects without reminders: a stranger's calendar does not ring. */
export type Feed = Readonly<{
  name: string
  /** `#rrggbb`; null where it names none that can be read. */
  colour: string | null
  /** How often it wants to be asked for. */
  intervalMs: number | null
  objects: readonly FileObject[]
}>

const withoutAlarms = (component: Component): Component => ({
  ...component,
  items: component.items
    .filter(item => !isComponent(item) || item.name !== 'VALARM')
    .map(item => (isComponent(item) ? withoutAlarms(item) : item)),
})

/** Throws `calendar-unreadable`. */
export function readFeed(file: Uint8Array): Feed {
  const [calendar] = calendarsIn(file)
  const said = (...names: readonly string[]): string => {
    for (const name of names) {
      const found = calendar && propertyOf(calendar, name)?.value.trim()
      if (found) return found
    }
    return ''
  }
  // RFC 7986 §5.7; X-PUBLISHED-TTL is what Outlook writes.
  const every = readDuration(said('REFRESH-INTERVAL', 'X-PUBLISHED-TTL'))
  const everyMs = every === undefined ? 0 : every.days * 86_400_000 + every.ms
  // Apple's has an alpha behind it.
  const colour = /^#([0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(said('X-APPLE-CALENDAR-COLOR', 'COLOR'))
  return {
    name: readText(said('NAME', 'X-WR-CALNAME'))
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 200),
    colour: colour ? `#${(colour[1] ?? '').toLowerCase()}` : null,
    intervalMs: everyMs > 0 ? everyMs : null,
    objects: splitFile(file).map(object =>
      object.bytes.includes('VALARM')
        ? {
            ...object,
            bytes: readComponents(object.bytes)
              .map(each => writeComponent(withoutAlarms(each)))
              .join(''),
          }
        : object,
    ),
  }
}
