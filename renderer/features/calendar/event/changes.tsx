import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarId, EventFields, EventScope } from '../../../../shared/features/calendar/model'
import type { CallInput, CallOutput } from '../../../../shared/ipc/contract'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { ScopeDialog, type ScopeVerb } from './scope-dialog'
import { scopesFor } from './scopes'
import type { ShownEvent } from './shown'

export type EventChanges = Readonly<{
  add: (calendarId: CalendarId, fields: EventFields) => Promise<boolean>
  /** `isRuleChanged`: what repeats otherwise can no longer be one event only. */
  change: (
    event: ShownEvent,
    fields: EventFields,
    options?: Readonly<{ verb?: ScopeVerb; isRuleChanged?: boolean }>,
  ) => Promise<boolean>
  remove: (event: ShownEvent) => Promise<boolean>
}>

type Question = Readonly<{
  verb: ScopeVerb
  offered: readonly EventScope[]
  answer: (scope: EventScope | null) => void
}>

const verbs = {
  'events.add': 'event-add',
  'events.change': 'event-change',
  'events.remove': 'event-delete',
} as const

/** Changes to events. One of a series is asked for which of it is meant; each can be taken back. */
export function useEventChanges(zone: string): Readonly<{ changes: EventChanges; scopeQuestion: ReactNode }> {
  const { t } = useTranslation('calendar')
  const host = useHost()
  const [question, setQuestion] = useState<Question | null>(null)
  const run = async <N extends keyof typeof verbs>(name: N, input: CallInput<N>): Promise<boolean> => {
    const done = (await runCommand(host, name, input)) as CallOutput<'events.change'> | null
    if (done === null) return false
    const { undoId, dropped } = done
    if (undoId !== null) showToast({ kind: 'undo', what: verbs[name], count: 1, undoId })
    if (dropped > 0) showToast({ kind: 'notice', text: t('said.dropped', { count: dropped }), action: null })
    return true
  }
  /** Null: it was thought better of. */
  const scopeOf = async (
    { instance: { id, instance, isRepeating } }: ShownEvent,
    verb: ScopeVerb,
    isOfSeries = false,
  ): Promise<EventScope | null> => {
    if (!isRepeating) return 'all'
    const detail = await runCommand(host, 'events.get', { eventId: id, instance, zone })
    if (detail === null) return null
    const offered = scopesFor({ isFirst: detail.isFirst, isOfSeries })
    if (offered.length === 1) return 'all'
    return new Promise(resolve => {
      setQuestion({
        verb,
        offered,
        answer: scope => {
          setQuestion(null)
          resolve(scope)
        },
      })
    })
  }
  const changes: EventChanges = {
    add: (calendarId, fields) => run('events.add', { calendarId, fields }),
    change: async (event, fields, { verb = 'change', isRuleChanged = false } = {}) => {
      const scope = await scopeOf(event, verb, isRuleChanged)
      const { id, instance } = event.instance
      return scope !== null && run('events.change', { eventId: id, instance, scope, zone, fields })
    },
    remove: async event => {
      const scope = await scopeOf(event, 'delete')
      const { id, instance } = event.instance
      return scope !== null && run('events.remove', { eventId: id, instance, scope, zone })
    },
  }
  return {
    changes,
    scopeQuestion:
      question === null ? null : (
        <ScopeDialog verb={question.verb} offered={question.offered} onAnswer={question.answer} />
      ),
  }
}
