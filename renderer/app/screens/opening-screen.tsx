import './screen.css'
import { useTranslation } from 'react-i18next'
import { Seal } from '../../ui/feedback/seal'
import { Spinner } from '../../ui/feedback/spinner'

export function OpeningScreen() {
  const { t } = useTranslation('app')
  return (
    <main className="screen" aria-busy>
      <div className="screen-sheet">
        <Seal size={40} />
        <h1 className="screen-title">{t('opening.title')}</h1>
        <p role="status" className="screen-waiting">
          <Spinner />
          {t('opening.text')}
        </p>
      </div>
    </main>
  )
}
