import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import { requireAccount } from '../../../kit/require'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

/** Calendars of accounts, brought into step with their servers. */
export function calendarSyncUseCases(
  context: Needs<'davSync', 'accounts'>,
): Pick<UseCases, 'calendars.sync'> {
  return {
    'calendars.sync': async ({ accountId, removesMany }) => {
      const only = accountId === null ? null : requireAccount(context, accountId).id
      const report = await context.davSync.run(only, {
        kinds: ['calendar'],
        removesMany: removesMany === true,
      })
      return {
        calendars: report.collections.map(({ kind: _calendar, collectionId, ...step }) => ({
          ...step,
          calendarId: collectionId as CalendarId,
        })),
        notes: report.notes.map(({ collectionId, note: { id, kind, second } }) => ({
          ...{ calendarId: collectionId as CalendarId, eventId: id as EventId },
          ...{ kind, second: second as EventId | null },
        })),
        problems: report.problems.map(({ accountId: account, collectionId, problem }) => ({
          ...{ accountId: account, calendarId: collectionId as CalendarId | null },
          problem: { ...problem, params: { ...problem.params } },
        })),
      }
    },
  }
}
