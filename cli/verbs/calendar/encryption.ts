import { encryptionVerbs } from '../../kit/collections/encryption'
import type { Verb } from '../../kit/verb'
import { loadCalendars } from './naming'

export const calendarEncryptionVerbs: readonly Verb[] = encryptionVerbs({
  word: 'calendar',
  kind: 'calendar',
  named: 'CALENDAR',
  about: 'a calendar',
  load: async session => {
    const calendars = await loadCalendars(session)
    return {
      find: calendars.find,
      nameOf: id => {
        const found = calendars.all.find(each => each.id === id)
        return found ? calendars.nameOf(found) : String(id)
      },
    }
  },
  pass: async (session, accountId) => {
    const { calendars, problems } = await session.call('calendars.sync', { accountId, removesMany: false })
    return {
      steps: calendars.map(each => ({ ...each, id: each.calendarId })),
      problems: problems.map(({ calendarId, problem }) => ({ id: calendarId, problem })),
    }
  },
})
