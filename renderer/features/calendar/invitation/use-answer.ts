import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invitation, InvitationAnswer } from '../../../../shared/features/calendar/invitations/model'
import type { CalendarId, EventWhen } from '../../../../shared/features/calendar/model'
import type { CallOutput } from '../../../../shared/ipc/contract'
import type { Failure, Result } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'

type Answered = CallOutput<'invitations.respond'>
type Work = (inClear: boolean) => Promise<Result<Answered>>

/** Failures after which the person may still want to send, in clear. */
const isAboutProtection = ({ code }: Failure): boolean =>
  code === 'encryption-needs-decision' || code === 'key-locked' || code === 'no-key'

/** Answers to an invitation, with the way back while the mail waits, and one question where it cannot be encrypted. */
export function useAnswer({ messageId, uid }: Pick<Invitation, 'messageId' | 'uid'>, zone: string) {
  const { t, i18n } = useTranslation('invitation')
  const host = useHost()
  const [busy, setBusy] = useState<string | null>(null)
  const [inClear, setInClear] = useState<{ send: () => void } | null>(null)
  const language = i18n.language.startsWith('de') ? 'de' : 'en'

  const takeBack = async ({ mail, undoId }: Answered) => {
    const cancelled = mail === null ? null : await host.call('outbox.cancel', { outboxId: mail.id })
    // Where it went meanwhile, what is here stays as it was said.
    if (cancelled !== null && !cancelled.ok) showToast({ kind: 'failure', failure: cancelled.error })
    else if (undoId !== null) await runCommand(host, 'undo.last', { undoId })
  }
  const run = async (name: string, said: string, work: Work, clear = false): Promise<boolean> => {
    setBusy(name)
    const result = await work(clear)
    setBusy(null)
    if (!result.ok) {
      if (!clear && isAboutProtection(result.error))
        setInClear({ send: () => void run(name, said, work, true) })
      else showToast({ kind: 'failure', failure: result.error })
      return false
    }
    const settings = await host.call('settings.get', {})
    const seconds = settings.ok ? settings.value.undoSendSeconds : 0
    const { mail } = result.value
    if (mail !== null)
      showToast({
        ...{ kind: 'notice', text: said, shownForMs: Math.max(seconds, 4) * 1000 },
        action: seconds === 0 ? null : { label: t('takeBack'), run: () => void takeBack(result.value) },
      })
    return true
  }
  return {
    busy,
    inClear,
    closeInClear: () => setInClear(null),
    /** `byMail`: also where the server of the calendar sends answers. */
    respond: (answer: InvitationAnswer, comment: string, calendarId: CalendarId | null, byMail = false) =>
      run(byMail ? 'by-mail' : answer, t('sending'), clear =>
        host.call('invitations.respond', {
          ...{ messageId, uid, zone, answer, comment, calendarId, language, byMail, inClear: clear },
        }),
      ),
    propose: (start: EventWhen, end: EventWhen, comment: string) =>
      run('counter', t('proposed'), clear =>
        host.call('invitations.counter', {
          ...{ messageId, uid, zone, start, end, comment, language, inClear: clear },
        }),
      ),
    handOn: (to: string, comment: string) =>
      run('hand-on', t('handedOn'), clear =>
        host.call('invitations.delegate', {
          ...{ messageId, uid, zone, to, comment, language, inClear: clear },
        }),
      ),
    keepTime: (comment: string) =>
      run('keep-time', t('kept'), clear =>
        host.call('invitations.declineCounter', {
          ...{ messageId, uid, zone, comment, language, inClear: clear },
        }),
      ),
    apply: (calendarId: CalendarId | null) =>
      run('apply', t('sending'), clear =>
        host.call('invitations.apply', { messageId, uid, zone, calendarId, language, inClear: clear }),
      ),
  }
}
