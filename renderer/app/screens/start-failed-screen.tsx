import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/kit/result'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { askAppState } from '../../state/app-store'
import { FailureSheet } from '../banners/failure-sheet'

/** The program around the page did not answer, so nothing is known of the profile yet: why, and try again. */
export function StartFailedScreen({ failure }: Readonly<{ failure: Failure }>) {
  const { t } = useTranslation('app')
  const host = useHost()
  const problem = useFailureWords()(failure)
  return <FailureSheet title={t('failed.startTitle')} problem={problem} onRetry={() => askAppState(host)} />
}
