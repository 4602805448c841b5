import { SiegelError } from '../../../shared/ipc/result'
import type { TransportLevel } from '../../../shared/model/transport'
import type { CallEngine, MainHandlers } from '../answer-call'

/** What is given up; asked about in a window of main's own. */
export type LowerLevelQuestion = Pick<TransportLevel, 'domain' | 'level'> &
  Readonly<{ previous: NonNullable<TransportLevel['previous']> }>

/** True only when the user said yes. */
export type ConfirmLowerLevel = (question: LowerLevelQuestion) => Promise<boolean>

/** Giving up a better level that was seen before. The engine's own word counts, not what the page shows. */
export const transportHandlers = ({
  confirm,
  callEngine,
}: {
  confirm: ConfirmLowerLevel
  callEngine: CallEngine
}): Pick<MainHandlers, 'transport.acceptLower'> => ({
  async 'transport.acceptLower'({ domain, accountId }) {
    const result = await callEngine('transport.levels', { addresses: [`postmaster@${domain}`], accountId })
    const now = result.ok ? result.value[0] : undefined
    if (!result.ok || now === undefined || now.domain === '')
      throw new SiegelError('not-found', { what: 'domain' })
    const { level, previous, dropped } = now
    if (!dropped || previous === null) return { accepted: false }
    if (!(await confirm({ domain: now.domain, level, previous }))) return { accepted: false }
    const accepted = await callEngine('transport.accept', { domain: now.domain })
    if (accepted.ok) return { accepted: true }
    const { code, params, retryable } = accepted.error
    throw new SiegelError(code, params, { retryable })
  },
})
