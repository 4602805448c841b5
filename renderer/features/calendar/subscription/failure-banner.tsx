import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { certificateProblemOf } from '../../../../shared/features/network/certificate-problem'
import type { Failure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'

/** Why a calendar did not come, with what can be done about it: going where it leads, or looking at a certificate in main's own window. */
export function FailureBanner({
  failure,
  isBusy,
  onFollow,
  onTrusted,
}: Readonly<{
  failure: Failure
  isBusy: boolean
  onFollow: (place: string) => void
  /** The certificate counts from now on. */
  onTrusted: () => void
}>) {
  const { t } = useTranslation('subscription')
  const host = useHost()
  const words = useFailureWords()
  const [isAsking, setAsking] = useState(false)
  if (failure.code === 'subscription-moved') {
    const place = String(failure.params['target'])
    return (
      <Banner
        tone="warning"
        title={t('moved')}
        actions={
          <Button isDisabled={isBusy} onPress={() => onFollow(place)}>
            {t('follow', { place })}
          </Button>
        }
      >
        {t('movedText', { place })}
      </Banner>
    )
  }
  const problem = certificateProblemOf(failure)
  const { what, why, fix } = words(failure)
  const look = async () => {
    if (problem === null) return
    setAsking(true)
    const done = await runCommand(host, 'accounts.pinCertificate', { problem })
    setAsking(false)
    if (done?.pinned === true) onTrusted()
  }
  return (
    <Banner
      tone="danger"
      title={what}
      actions={
        problem === null || problem.reason === 'weak-key' ? null : (
          <Button isDisabled={isBusy || isAsking} onPress={() => void look()}>
            {t('certificate')}
          </Button>
        )
      }
    >
      {why} {fix}
    </Banner>
  )
}
