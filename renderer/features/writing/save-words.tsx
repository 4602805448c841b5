import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../shared/features/writing/model'
import { useFailureWords } from '../../i18n/use-failure-words'
import type { SaveState } from './draft-saver'

/** Quietly: where the newest text is. */
export function SaveWords({
  state,
  serverState,
}: Readonly<{ state: SaveState; serverState: Draft['serverState'] }>) {
  const { t } = useTranslation('compose')
  const words = useFailureWords()
  if (state.kind === 'failed') {
    const { what, fix } = words(state.failure)
    return (
      <span role="alert" className="compose-saved compose-unsaved" title={`${what}. ${fix}`}>
        {t('save.failed', { problem: what })}
      </span>
    )
  }
  const text =
    state.kind === 'saved'
      ? serverState === 'uploaded'
        ? t('save.onServer')
        : t('save.saved')
      : state.kind === 'saving'
        ? t('save.saving')
        : ''
  return <span className="compose-saved">{text}</span>
}
