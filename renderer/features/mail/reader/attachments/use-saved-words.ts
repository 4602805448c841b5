import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Says what was saved: the name of one file, the number of several. */
export function useSavedWords(): (saved: readonly string[]) => string {
  const { t } = useTranslation('app')
  return useCallback(
    saved => t('toast.saved', { count: saved.length, name: saved[0]?.split(/[\\/]/).at(-1) ?? '' }),
    [t],
  )
}
