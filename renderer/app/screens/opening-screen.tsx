import './screen.css'
import { useTranslation } from 'react-i18next'
import { Seal } from '../../ui/feedback/seal'
import { Spinner } from '../../ui/feedback/spinner'

export function OpeningScreen() {
  const { t } = useTranslation('app')
  return (
    <main className="screen" aria-busy data-pane>
      <div className="screen-sheet">
        <Seal size={40} />
        {/* Nothing here can be pressed; the keyboard waits at what is said. */}
        <h1 className="screen-title" tabIndex={-1} data-pane-stop>
          {t('opening.title')}
        </h1>
        <p role="status" className="screen-waiting">
          <Spinner />
          {t('opening.text')}
        </p>
      </div>
    </main>
  )
}
