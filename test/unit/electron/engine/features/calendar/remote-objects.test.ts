import { expect, test } from 'vitest'
import type { CalendarId } from '../../../../../../shared/features/calendar/model'
import { freshStore, seedAccount } from '../../store/support'

const url = 'https://dav.example/alice/work/'
const bytes = (title: string, more = '', uid = 'u'): Uint8Array =>
  Buffer.from(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', `UID:${uid}`, 'DTSTART:20260301T100000Z'],
      ...[`SUMMARY:${title}`, ...(more === '' ? [] : [more]), 'END:VEVENT', 'END:VCALENDAR', ''],
    ].join('\r\n'),
  )
const copy = (href: string, content: Uint8Array, etag = '"1"') => ({
  ...{ href, etag, scheduleTag: null, bytes: content },
})
const spelling = (href: string, base: string) => decodeURIComponent(new URL(href, base).pathname)

/** A calendar on a server, with nothing in it. */
function calendarHere() {
  const { store } = freshStore()
  const { accountId } = seedAccount(store)
  store.calendars.told(
    accountId,
    [{ url, name: 'Work', colour: '#000000', owner: '', isReadOnly: false }],
    spelling,
  )
  const [calendar] = store.calendars.remote(accountId)
  if (!calendar) throw new Error('no calendar')
  const objects = store.calendars.openRemote(calendar.id, url, spelling)
  const id = calendar.id as CalendarId
  const titles = (of: CalendarId = id) =>
    [...store.calendars.objects(of)].map(each => /SUMMARY:(.*)\r/.exec(Buffer.from(each).toString())?.[1])
  return { store, accountId, id, objects, titles }
}

test('after a cut a new object finds its own copy, and what was changed since goes on top of it', () => {
  const { store, id, objects, titles } = calendarHere()
  const event = store.calendars.add(id, bytes('Sent'))
  objects.sending(event, '/alice/work/1.ics')
  store.calendars.replace(event, bytes('Changed since'))
  objects.theirs(event, copy('/alice/work/1.ics', bytes('Sent', 'X-SERVER:1')))
  expect(objects.change(event)).toMatchObject({ state: 'changed', etag: '"1"' })
  expect([titles(), objects.notes().map(({ kind }) => kind)]).toEqual([['Changed since'], ['merged']])
})

test('the same UID from elsewhere is taken for it where it is the same, and kept beside it where it is not', () => {
  for (const [title, expected] of [
    ['Mine', ['Mine']],
    ['Other', ['Mine', 'Other']],
  ] as const) {
    const { store, id, objects, titles } = calendarHere()
    const event = store.calendars.add(id, bytes('Mine'))
    objects.sending(event, '/alice/work/1.ics')
    objects.storedElsewhere(event, false)
    const arrived = copy('/alice/work/2.ics', bytes(title))
    objects.apply({ copies: [arrived], moved: [], removed: [], goneButEdited: [] })
    expect(titles().sort()).toEqual(expected)
  }
})

test('an address in another spelling is the same object, and one edited after it was listed is not removed', () => {
  const { store, id, objects, titles } = calendarHere()
  const none = { copies: [], moved: [], removed: [], goneButEdited: [] }
  objects.apply({ ...none, copies: [copy('/alice/work/a%40b.ics', bytes('One'))] })
  objects.apply({ ...none, copies: [copy('/alice/work/a@b.ics', bytes('Two'), '"2"')] })
  expect(titles()).toEqual(['Two'])
  const [event] = store.calendars.byUid(id, 'u', 'VEVENT')
  if (event === undefined) throw new Error('no event')
  store.calendars.replace(event, bytes('Edited'))
  objects.apply({ ...none, removed: ['/alice/work/a@b.ics'] })
  expect([titles(), objects.change(event)?.state]).toEqual([['Edited'], 'new'])
})

test('what was written here of an event with guests is kept on this machine, so that nobody is invited twice', () => {
  const { store, id, objects, titles } = calendarHere()
  const guest = 'ATTENDEE:mailto:eva@example.org'
  objects.apply({
    ...{
      copies: [copy('/alice/work/1.ics', bytes('Old', guest))],
      moved: [],
      removed: [],
      goneButEdited: [],
    },
  })
  const [event] = store.calendars.byUid(id, 'u', 'VEVENT')
  if (event === undefined) throw new Error('no event')
  store.calendars.replace(event, bytes('Mine', guest))
  objects.theirs(event, copy('/alice/work/1.ics', bytes('Theirs', guest), '"2"'))
  const local = store.calendars.list().find(({ accountId }) => accountId === null)
  expect([titles(), local && titles(local.id), objects.waiting()]).toEqual([['Theirs'], ['Mine'], []])
})

test('what waits is counted by account, and goes with it', () => {
  const { store, accountId, id } = calendarHere()
  store.calendars.add(id, bytes('Waits'))
  expect(store.calendars.waitingCount(accountId)).toBe(1)
  store.calendars.forgetAccount(accountId)
  expect([store.calendars.waitingCount(accountId), store.calendars.remote(accountId)]).toEqual([0, []])
})
