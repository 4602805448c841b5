import { firstKeys } from '../../shared/ipc/commands'
import './toast-region.css'
import { X } from 'lucide-react'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../shared/kit/assert-never'
import { useHost } from '../host/host-context'
import { useFailureWords } from '../i18n/use-failure-words'
import { useFormat } from '../i18n/use-format'
import { dismissToast, type Toast, useToasts } from '../state/toasts'
import { undoChange } from '../state/undo-change'
import { Button } from '../ui/actions/button'
import { IconButton } from '../ui/actions/icon-button'
import { Kbd } from '../ui/actions/kbd'
import { Progress } from '../ui/feedback/progress'

function ToastWords({ toast }: Readonly<{ toast: Toast }>) {
  const { t } = useTranslation(['app', 'common'])
  const words = useFailureWords()
  const format = useFormat()
  switch (toast.kind) {
    case 'undo':
      return <span>{t(`app:toast.${toast.what}`, { count: toast.count })}</span>
    case 'undone':
      return <span>{t(`app:toast.undone.${toast.what}`, { count: toast.count })}</span>
    case 'progress':
      return (
        <span>
          {t(`app:progress.${toast.job}`, { done: format.wholeNumber(toast.done) })}
          {toast.total === null || toast.total === 0 ? null : (
            <Progress
              label={t(`app:progress.${toast.job}`, { done: format.wholeNumber(toast.done) })}
              value={toast.done / toast.total}
            />
          )}
        </span>
      )
    case 'failure': {
      const { what, why, fix, facts } = words(toast.failure)
      return (
        <span className="selectable">
          <strong>{what}.</strong> {why} {fix}
          {facts.map(fact => (
            <span key={fact} className="toast-fact">
              {fact}
            </span>
          ))}
        </span>
      )
    }
    case 'link-cut':
      return (
        <span>
          {toast.people === 0 ? null : t('app:toast.linkPeople', { count: toast.people })}{' '}
          {toast.characters === 0 ? null : t('app:toast.linkText', { count: toast.characters })}{' '}
          {t('app:toast.linkRest')}
        </span>
      )
    case 'notice':
      return <span>{toast.text}</span>
    default:
      return assertNever(toast)
  }
}

function ToastCard({ toast }: Readonly<{ toast: Toast }>) {
  const { t } = useTranslation(['app', 'common'])
  const host = useHost()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    // Pointing at it, or standing in it with the keyboard, keeps it.
    if (held) return
    const timer = setTimeout(() => dismissToast(toast.id), toast.shownForMs)
    return () => clearTimeout(timer)
  }, [held, toast])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding the card only stops its clock.
    <div
      className={`toast toast-${toast.kind}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <ToastWords toast={toast} />
      {toast.kind === 'undo' ? (
        <Button variant="plain" onPress={() => void undoChange(host, toast.undoId)}>
          {t('common:undo')} <Kbd keys={firstKeys('undo')} />
        </Button>
      ) : null}
      {toast.kind === 'notice' && toast.action !== null ? (
        <Button
          variant="plain"
          onPress={() => {
            dismissToast(toast.id)
            toast.action?.run()
          }}
        >
          {toast.action.label}
        </Button>
      ) : null}
      <IconButton label={t('common:close')} icon={X} onPress={() => dismissToast(toast.id)} />
    </div>
  )
}

/** Where the program says things once. Read out politely, failures at once. */
export function ToastRegion() {
  const { t } = useTranslation('app')
  const toasts = useToasts(state => state.toasts)
  const isEmpty = toasts.length === 0
  // Above the banners that are there when the first comes; a banner that comes later moves nothing that can be pressed.
  const [liftPx, setLiftPx] = useState(0)
  useLayoutEffect(() => {
    if (!isEmpty) setLiftPx(document.querySelector<HTMLElement>('.app-banners')?.offsetHeight ?? 0)
  }, [isEmpty])
  return (
    <section aria-label={t('toast.region')} className="toasts" style={{ marginBottom: liftPx }}>
      <div role="status" aria-live="polite">
        {toasts
          .filter(toast => toast.kind !== 'failure')
          .map(toast => (
            <ToastCard key={toast.id} toast={toast} />
          ))}
      </div>
      <div role="alert">
        {toasts
          .filter(toast => toast.kind === 'failure')
          .map(toast => (
            <ToastCard key={toast.id} toast={toast} />
          ))}
      </div>
    </section>
  )
}
