import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host/host-context'
import { showToast } from '../state/toasts'
import { useUi } from '../state/ui-store'

const words = {
  sent: 'sent',
  'send-failed': 'sendFailed',
  'send-unknown': 'sendUnknown',
  'task-failed': 'taskFailed',
} as const

const isKnown = (code: string): code is keyof typeof words => Object.hasOwn(words, code)

/** Says what the engine reports once: a message gone out, a message or a change that failed. */
export function useNotices(): void {
  const host = useHost()
  const { t } = useTranslation('app')
  useEffect(
    () =>
      host.on('notice', ({ code }) => {
        // A code without words is for another face; undo offers come with the command's own answer.
        if (!isKnown(code)) return
        const action = { label: t('notice.showActivity'), run: () => useUi.setState({ activityOpen: true }) }
        showToast({
          kind: 'notice',
          text: t(`notice.${words[code]}`),
          action: code === 'sent' ? null : action,
        })
      }),
    [host, t],
  )
}
