import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarId, EventFields, EventId, EventScope } from '../../../../shared/features/calendar/model'
import type { CallInput, CallOutput } from '../../../../shared/ipc/contract'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { useTelling } from '../invitation/use-telling'
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
  /** What the editor says, and the calendar that it is to be in from now on; null: where it is. */
  save: (event: ShownEvent, fields: EventFields, into: CalendarId | null) => Promise<boolean>
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
  'events.move': 'event-move',
  'events.remove': 'event-delete',
} as const

/** Changes to events. One of a series is asked for which of it is meant; each can be taken back. */
export function useEventChanges(zone: string): Readonly<{ changes: EventChanges; scopeQuestion: ReactNode }> {
  const { t } = useTranslation(['calendar', 'invitation'])
  const host = useHost()
  const telling = useTelling(zone)
  const [question, setQuestion] = useState<Question | null>(null)
  /** While the mails wait, both can be taken back; then what was sent was sent. */
  const sayMails = (mails: CallOutput<'events.change'>['mails'], undoId: number | null) => {
    const takeBack = async (): Promise<void> => {
      for (const { id } of mails) {
        const cancelled = await host.call('outbox.cancel', { outboxId: id })
        if (cancelled.ok) continue
        showToast({ kind: 'failure', failure: cancelled.error })
        return
      }
      if (undoId !== null) await runCommand(host, 'undo.last', { undoId })
    }
    const waits = mails.some(
      ({ state, nextAttemptAtMs }) => state === 'queued' && (nextAttemptAtMs ?? 0) > Date.now(),
    )
    showToast({
      ...{ kind: 'notice', text: t('invitation:tell.sent', { count: mails.length }), shownForMs: 8000 },
      action: waits ? { label: t('invitation:takeBack'), run: () => void takeBack() } : null,
    })
  }
  /** The events that there are now of what was changed; null where it failed. */
  const run = async <N extends keyof typeof verbs>(
    name: N,
    input: CallInput<N>,
  ): Promise<readonly EventId[] | null> => {
    const done = (await runCommand(host, name, input)) as CallOutput<'events.change'> | null
    if (done === null) return null
    const { undoId, dropped, mails } = done
    if (mails.length > 0) sayMails(mails, undoId)
    else if (undoId !== null) showToast({ kind: 'undo', what: verbs[name], count: 1, undoId })
    if (dropped > 0)
      showToast({ kind: 'notice', text: t('calendar:said.dropped', { count: dropped }), action: null })
    return done.eventIds
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
  const change = async (
    event: ShownEvent,
    fields: EventFields,
    { verb = 'change', isRuleChanged = false }: NonNullable<Parameters<EventChanges['change']>[2]> = {},
  ) => {
    const scope = await scopeOf(event, verb, isRuleChanged)
    const { id, instance } = event.instance
    if (scope === null) return null
    const tells = await telling.forChange(event, fields)
    return tells === undefined
      ? null
      : run('events.change', { eventId: id, instance, scope, zone, fields, tells })
  }
  const changes: EventChanges = {
    add: async (calendarId, fields) => {
      const tells = await telling.forNew(fields, calendarId)
      return tells !== undefined && (await run('events.add', { calendarId, fields, tells })) !== null
    },
    change: async (event, fields, options) => (await change(event, fields, options)) !== null,
    save: async (event, fields, into) => {
      let eventId: EventId | undefined = event.instance.id
      if (Object.keys(fields).length > 0) {
        // A series is in one calendar: what is moved is the whole, or what follows.
        const isOfSeries = fields.rule !== undefined || into !== null
        const now = await change(event, fields, { isRuleChanged: isOfSeries })
        if (now === null) return false
        eventId = now.at(-1)
      }
      if (into === null || eventId === undefined) return true
      return (await run('events.move', { eventId, calendarId: into })) !== null
    },
    remove: async event => {
      const scope = await scopeOf(event, 'delete')
      const { id, instance } = event.instance
      if (scope === null) return false
      const tells = await telling.forChange(event, null)
      if (tells === undefined) return false
      return (await run('events.remove', { eventId: id, instance, scope, zone, tells })) !== null
    },
  }
  return {
    changes,
    scopeQuestion:
      question === null ? (
        telling.question
      ) : (
        <ScopeDialog verb={question.verb} offered={question.offered} onAnswer={question.answer} />
      ),
  }
}
