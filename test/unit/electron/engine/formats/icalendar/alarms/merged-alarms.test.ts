import { describe, expect, test } from 'vitest'
import { mergeObjects } from '../../../../../../../electron/engine/formats/icalendar/merge/merge-objects'
import { calendar, latin1 } from '../support'

describe('reminders on two devices', () => {
  const event = (alarms: string[], more = '') =>
    latin1(
      calendar(`DTSTART:20260310T090000Z\nSUMMARY:a\n${more}\n${alarms.join('\n')}`.replaceAll('\n\n', '\n')),
    )
  const alarm = (...lines: string[]) =>
    ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', ...lines, 'END:VALARM'].join('\n')
  const snooze = (at: string) =>
    `BEGIN:VALARM\nUID:s${at}\nTRIGGER;VALUE=DATE-TIME:${at}\nRELATED-TO;RELTYPE=SNOOZE:a\nACTION:DISPLAY\nEND:VALARM`
  const base = event([alarm()])

  test('both dismissed it: it is seen, and no second event is made', () => {
    const ours = event([alarm('ACKNOWLEDGED:20260310T084600Z')])
    const theirs = event([alarm('ACKNOWLEDGED:20260310T084700Z')])
    expect(mergeObjects(base, ours, theirs)).toContain('ACKNOWLEDGED:20260310T084700Z')
    expect(mergeObjects(base, theirs, ours)).toContain('ACKNOWLEDGED:20260310T084700Z')
  })
  test('one put it off and the other dismissed it later: it is done; both put it off: the later holds', () => {
    const putOff = event([alarm('UID:a', 'ACKNOWLEDGED:20260310T084600Z'), snooze('20260310T090000Z')])
    const done = event([alarm('ACKNOWLEDGED:20260310T084700Z')])
    const before = event([alarm('ACKNOWLEDGED:20260310T084500Z')])
    const longer = event([alarm('UID:a', 'ACKNOWLEDGED:20260310T084700Z'), snooze('20260310T100000Z')])
    expect(mergeObjects(base, putOff, done)).not.toContain('SNOOZE')
    expect(mergeObjects(base, putOff, before)).toContain('TRIGGER;VALUE=DATE-TIME:20260310T090000Z')
    const both = mergeObjects(base, putOff, longer)
    expect(both?.match(/SNOOZE/g)).toHaveLength(1)
    expect(both).toContain('20260310T100000Z')
  })
  test('what Thunderbird writes of it is no conflict either', () => {
    const ours = event([alarm()], 'X-MOZ-LASTACK:20260310T084600Z')
    const theirs = event([alarm()], 'X-MOZ-LASTACK:20260310T084700Z')
    expect(mergeObjects(base, ours, theirs)).toContain('X-MOZ-LASTACK:20260310T084700Z')
  })
  test('both chose another time for it: that is a conflict', () => {
    const other = (trigger: string) => event([alarm().replace('-PT15M', trigger)])
    expect(mergeObjects(base, other('-PT5M'), other('-PT1H'))).toBeNull()
  })
})
