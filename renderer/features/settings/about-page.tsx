import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../state/app-store'
import { Seal } from '../../ui/feedback/seal'
import { SettingsPage } from '../../ui/layout/settings-page'

export function AboutPage() {
  const { t } = useTranslation('settings')
  const status = useAppStore(state => state.status)
  if (status === null) return null
  const { electron, chrome, official } = status.runtime
  return (
    <SettingsPage title={t('section.about')}>
      <div className="about">
        <Seal size={48} />
        <dl className="about-facts selectable">
          <dt>Siegel</dt>
          <dd>{status.version}</dd>
          <dt>{t('about.runtime')}</dt>
          <dd>
            Electron {electron}, Chromium {chrome}
            <p className="ui-description">{official ? t('about.official') : t('about.unofficial')}</p>
          </dd>
          <dt>{t('about.licence')}</dt>
          <dd>{t('about.licenceText')}</dd>
        </dl>
      </div>
    </SettingsPage>
  )
}
