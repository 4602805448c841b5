import type { PageReason } from '../../../shared/ipc/page-question'
import type { Settings, SettingsChange } from '../../../shared/kit/status'
import { ask, type CallGuards, type GuardParts, mustConfirm } from './guard'

/** Settings that make the lock or the network weaker, and standing consent to images. */
export function settingsGuards({
  confirm,
  callEngine,
}: GuardParts): Pick<CallGuards, 'settings.set' | 'messages.allowRemote'> {
  return {
    async 'settings.set'(input) {
      const reasons = weakerSettings(await ask(callEngine, 'settings.get', {}), input)
      if (reasons.length > 0) await mustConfirm(confirm, { kind: 'lock-weaker', reasons, lines: [] })
      return callEngine('settings.set', input)
    },

    async 'messages.allowRemote'(input) {
      if (input.scope === 'sender') {
        const [summary] = await ask(callEngine, 'messages.summaries', { ids: [input.messageId] })
        const from = summary?.from.map(({ address }) => address) ?? []
        await mustConfirm(confirm, { kind: 'remote-images', reasons: [], lines: from })
      }
      return callEngine('messages.allowRemote', input)
    },
  }
}

function weakerSettings(before: Settings, change: SettingsChange): PageReason[] {
  /** 0 means never. */
  const patience = (minutes: number) => (minutes === 0 ? Number.POSITIVE_INFINITY : minutes)
  const reasons: PageReason[] = []
  if (
    change.lockAfterIdleMinutes !== undefined &&
    patience(change.lockAfterIdleMinutes) > patience(before.lockAfterIdleMinutes)
  )
    reasons.push('locks-later')
  if (before.lockOnLeaving && change.lockOnLeaving === false) reasons.push('stays-open')
  if (!before.lookups && change.lookups === true) reasons.push('looks-up-domains')
  if (before.lookups && change.lookups === false) reasons.push('checks-less')
  return reasons
}
