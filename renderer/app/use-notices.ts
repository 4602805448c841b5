import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host/host-context'
import { useFormat } from '../i18n/use-format'
import { takeWaiting } from '../state/take-waiting'
import { type ProgressJob, showProgress, showToast, untilClosedMs } from '../state/toasts'
import { openSettings } from '../state/ui-store'
import { rebuiltWords } from './rebuilt-words'

const jobs: ReadonlySet<string> = new Set<ProgressJob>(['import', 'export'])

/** Says what the engine reports once: a message gone out, a store rebuilt, how far long work is. */
export function useNotices(): void {
  const host = useHost()
  const { t } = useTranslation('app')
  const { locale } = useFormat()
  useEffect(
    () =>
      takeWaiting(host, 'notices', ({ notice: { code, params } }) => {
        const say = (text: string) => showToast({ kind: 'notice', text, action: null })
        const lasting = (text: string) =>
          showToast({ kind: 'notice', text, action: null, shownForMs: untilClosedMs })
        if (code === 'sent') say(t('notice.sent'))
        // What was not sent or refused stands in a banner of its own until it is decided (`failure-banners.tsx`).
        else if (code === 'provider-files-sent-mail')
          say(t('notice.providerFiles', { address: String(params.address ?? '') }))
        else if (code === 'certificate-issuer-changed')
          say(
            t('notice.certificateChanged', {
              host: String(params.host ?? ''),
              before: String(params.before ?? ''),
              now: String(params.now ?? ''),
            }),
          )
        else if (code === 'store-rebuilt') lasting(rebuiltWords(params, t, locale))
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
        // Undo offers come with the answer of the command.
      }),
    [host, t, locale],
  )
  useEffect(
    () =>
      host.on('progress', ({ job, done, total }) => {
        if (jobs.has(job)) showProgress(job as ProgressJob, done, total)
      }),
    [host],
  )
}
