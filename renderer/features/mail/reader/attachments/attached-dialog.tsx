import './attached-dialog.css'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSummary } from '../../../../../shared/features/mail/model'
import { useFailureWords } from '../../../../i18n/use-failure-words'
import { useLiveQuery } from '../../../../state/live/use-live-query'
import { Button } from '../../../../ui/actions/button'
import { Banner } from '../../../../ui/feedback/banner'
import { Dialog } from '../../../../ui/overlays/dialog'
import { DecryptProgress } from '../body/decrypt-progress'
import { AttachedView } from './attached-view'

/**
 * A message that came as a file in another, over the reader and never in the place of the message that carries it. The
 * title and the line below it belong to the program and always say what this is.
 */
export function AttachedDialog({
  carrier,
  path,
  onPath,
  prefersText,
}: Readonly<{
  carrier: MessageSummary
  path: readonly string[]
  /** Another one is to be shown; none when the path is empty. */
  onPath: (path: readonly string[]) => void
  prefersText: boolean
}>) {
  const { t } = useTranslation(['mail', 'common'])
  const words = useFailureWords()
  const answer = useLiveQuery('messages.attached', { messageId: carrier.id, attached: [...path] })
  const page = useRef<HTMLElement>(null)
  const key = path.join('/')
  useEffect(() => {
    // The button that was pressed is gone with the message that showed it.
    if (key.includes('/')) page.current?.focus()
    page.current?.scrollIntoView()
  }, [key])
  const problem = answer.failure === null ? null : words(answer.failure)
  return (
    <Dialog title={t('mail:attached.title')} isOpen onClose={() => onPath([])} size="large">
      <article ref={page} className="attached" tabIndex={-1} aria-busy={answer.loading}>
        <div className="attached-origin">
          <p>
            {t(path.length === 1 ? 'mail:attached.origin' : 'mail:attached.originDeep', {
              subject: carrier.subject || t('common:noSubject'),
            })}
          </p>
          {path.length === 1 ? null : (
            <Button variant="plain" icon={ArrowLeft} onPress={() => onPath(path.slice(0, -1))}>
              {t('mail:attached.back')}
            </Button>
          )}
        </div>
        {answer.loading ? <DecryptProgress id={carrier.id} /> : null}
        {problem === null ? null : (
          <Banner tone="notice" title={problem.what}>
            {answer.failure?.code === 'too-large'
              ? t('mail:attached.tooLarge')
              : `${problem.why} ${problem.fix}`}
          </Banner>
        )}
        {answer.data === undefined ? null : (
          <AttachedView
            key={key}
            message={answer.data}
            place={{ messageId: carrier.id, attached: path }}
            prefersText={prefersText}
            onUnlocked={answer.refresh}
            onOpen={partId => onPath([...path, partId])}
          />
        )}
      </article>
    </Dialog>
  )
}
