import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host/host-context'
import { takeWaiting } from '../state/take-waiting'
import { type ProgressJob, showProgress, showToast, untilClosedMs } from '../state/toasts'
import { openSettings, useUi } from '../state/ui-store'

const jobs: ReadonlySet<string> = new Set<ProgressJob>(['import', 'export', 'backup', 'attachments'])

/** Says what the engine reports once: a message gone out, one that failed, a store rebuilt, how far long work is. */
export function useNotices(): void {
  const host = useHost()
  const { t } = useTranslation('app')
  useEffect(
    () =>
      takeWaiting(host, 'notices', ({ notice: { code, params } }) => {
        const say = (text: string, leadsToActivity: boolean) => {
          const run = () => useUi.setState({ activityOpen: true })
          const action = leadsToActivity ? { label: t('notice.showActivity'), run } : null
          showToast({ kind: 'notice', text, action })
        }
        const lasting = (text: string) =>
          showToast({ kind: 'notice', text, action: null, shownForMs: untilClosedMs })
        if (code === 'sent') say(t('notice.sent'), false)
        else if (code === 'send-failed') say(t('notice.sendFailed'), true)
        else if (code === 'send-unknown') say(t('notice.sendUnknown'), true)
        else if (code === 'provider-files-sent-mail')
          say(t('notice.providerFiles', { address: String(params.address ?? '') }), false)
        else if (code === 'task-failed') say(t('notice.taskFailed'), true)
        else if (code === 'certificate-issuer-changed')
          say(
            t('notice.certificateChanged', {
              host: String(params.host ?? ''),
              before: String(params.before ?? ''),
              now: String(params.now ?? ''),
            }),
            false,
          )
        else if (code === 'store-rebuilt')
          lasting(t('notice.storeRebuilt', { file: String(params.setAside ?? '') }))
        else if (code === 'profile-open-to-others')
          lasting(t('notice.openToOthers', { directory: String(params.directory ?? '') }))
        else if (code === 'key-expires' || code === 'key-expired') {
          const address = String(params.address ?? '')
          showToast({
            kind: 'notice',
            text:
              code === 'key-expired'
                ? t('notice.keyExpired', { address })
                : t('notice.keyExpires', { address, count: Number(params.days ?? 0) }),
            action: { label: t('notice.showKeys'), run: () => openSettings('keys') },
          })
        }
        // Any other code is for another face; undo offers come with the command's own answer.
      }),
    [host, t],
  )
  useEffect(
    () =>
      host.on('progress', ({ job, done, total }) => {
        if (jobs.has(job)) showProgress(job as ProgressJob, done, total)
      }),
    [host],
  )
}
