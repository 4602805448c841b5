import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { describeFailure, type FailureWords } from './describe-failure'

/** Words for failures in the language shown. */
export function useFailureWords(): (failure: Parameters<typeof describeFailure>[1]) => FailureWords {
  const { t } = useTranslation(['errors', 'app', 'things'])
  return useCallback(failure => describeFailure(t, failure), [t])
}
