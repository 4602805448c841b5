import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../../shared/kit/result'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { Banner } from '../../../ui/feedback/banner'
import { RefusedCertificate } from '../connection/refused-certificate'

/** Why a chat server was not reached, or did not let us in. */
export function XmppFailure({
  failure,
  onPinned,
}: Readonly<{ failure: Failure | null; onPinned: () => void }>) {
  const { t } = useTranslation('accounts')
  const words = useFailureWords()
  if (failure === null) return null
  const problem = words(failure)
  return (
    <>
      <Banner tone="danger" title={problem.what}>
        {failure.code === 'login-refused'
          ? t('xmpp.refused')
          : `${problem.why} ${problem.fix} ${problem.facts.join(' ')}`}
      </Banner>
      {failure.code === 'certificate-refused' ? <RefusedCertificate {...{ failure, onPinned }} /> : null}
    </>
  )
}
