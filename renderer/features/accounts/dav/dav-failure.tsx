import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../../shared/kit/result'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { Banner } from '../../../ui/feedback/banner'
import { RefusedCertificate } from '../connection/refused-certificate'

/** Why a server of calendars and contacts was not reached; for a refused password, with what most often is behind it. */
export function DavFailure({
  failure,
  isMailboxOrg,
  onPinned,
}: Readonly<{ failure: Failure | null; isMailboxOrg: boolean; onPinned: () => void }>) {
  const { t } = useTranslation('accounts')
  const words = useFailureWords()
  if (failure === null) return null
  const problem = words(failure)
  const isRefused = failure.code === 'login-refused'
  return (
    <>
      <Banner tone="danger" title={problem.what}>
        {isRefused
          ? t(isMailboxOrg ? 'dav.refusedMailboxOrg' : 'dav.refused')
          : `${problem.why} ${problem.fix} ${problem.facts.join(' ')}`}
      </Banner>
      {failure.code === 'certificate-refused' ? <RefusedCertificate {...{ failure, onPinned }} /> : null}
    </>
  )
}
