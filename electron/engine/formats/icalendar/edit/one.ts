import type { EventFields } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { EditFacts } from '../../../ports/calendar/calendar-objects'
import type { EventObject } from '../event/event-object'
import { type EventComponent, readEvent } from '../event/read-event'
import { instantOf } from '../event/times'
import { dayMs } from '../recurrence/times/civil-days'
import type { Zone } from '../recurrence/zones/zone'
import { toWall } from '../recurrence/zones/zone'
import { type Component, withLine, without } from '../text/component'
import { stamped, withFields } from './fields'
import type { Found } from './instances'
import { retimed, timesIn } from './retime'
import { replaceComponent, withComponents } from './whole-object'
import { asWritten, likeWall, timeLine, type WrittenTime } from './written-time'

/** What belongs to the series and not to one of its instances. */
const ofSeries = ['RRULE', 'RDATE', 'EXDATE', 'EXRULE'] as const

/** The instance as a component of its own, before anything of it is changed. */
export function detached(object: EventObject, found: Found, reader: Zone): EventComponent {
  if (found.own && !found.own.isThisAndFuture) return found.own
  const base = found.event
  const { instance } = found
  const idTime: WrittenTime = {
    value: found.id,
    tzid: found.id.form === 'local' && object.master ? asWritten(object.master.start).tzid : null,
  }
  const plain = without(base.component, [...ofSeries, 'RECURRENCE-ID'])
  const named: Component = withLine(plain, 'RECURRENCE-ID', timeLine('RECURRENCE-ID', idTime))
  const event: EventComponent = { ...base, component: named }
  const model = asWritten(base.start)
  const zone = model.value.form === 'local' ? (model.value.zone ?? reader) : reader
  const start =
    model.value.form === 'utc'
      ? { value: { form: 'utc' as const, wallMs: instance.startMs }, tzid: null }
      : likeWall(model, model.value.form === 'date' ? instance.startWallMs : toWall(zone, instance.startMs))
  const length = instance.endMs - instance.startMs
  // A PERIOD of RDATE, or a clock that was changed in between: as long as the instance is.
  const isUsual =
    base.end === null ||
    base.start.value.form === 'date' ||
    length === instantOf(base.end.value, reader) - instantOf(base.start.value, reader)
  const component = isUsual
    ? retimed(event, { start })
    : retimed(event, { start, end: endOf(model, instance.endMs, zone) })
  return readEvent(component, object.vtimezones) ?? event
}

const endOf = (model: WrittenTime, endMs: number, zone: Zone): WrittenTime =>
  model.value.form === 'utc'
    ? { value: { form: 'utc', wallMs: endMs }, tzid: null }
    : likeWall(model, model.value.form === 'date' ? Math.round(endMs / dayMs) * dayMs : toWall(zone, endMs))

/** Changes one instance and no other. Throws `event-rule-of-one`, and what `retimed` throws. */
export function changeOne(
  object: EventObject,
  found: Found,
  fields: EventFields,
  facts: EditFacts,
  reader: Zone,
): Component {
  if (fields.rule !== undefined) throw new SiegelError('event-rule-of-one')
  const event = detached(object, found, reader)
  const times = timesIn(fields, asWritten(event.start))
  const timed = times ? retimed(event, times) : event.component
  const changed = stamped(withFields(timed, fields, facts), facts)
  return found.own && !found.own.isThisAndFuture
    ? replaceComponent(object.calendar, found.own.component, changed)
    : withComponents(object.calendar, [changed])
}
