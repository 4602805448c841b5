import { useTranslation } from 'react-i18next'
import type { InboxEncryptionStatus } from '../../../../shared/features/inbox-encryption/model'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'

const ownWords = ['copy-differs', 'copy-missing', 'date-not-kept', 'original-stays'] as const

/** Why nothing goes on, in words, and the way on. */
export function Standstill({
  status,
  onChanged,
}: Readonly<{ status: InboxEncryptionStatus; onChanged: () => void }>) {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const wordsOf = useFailureWords()
  const { problem, accountId } = status
  if (problem === null) return null
  const own = ownWords.find(code => code === problem.code)
  const words = own === undefined ? wordsOf(problem) : null
  const goOn = async () => {
    await runCommand(host, 'inboxEncryption.resume', { accountId })
    onChanged()
  }
  return (
    <Banner
      tone="warning"
      title={t('inbox.standstill')}
      actions={<Button onPress={() => void goOn()}>{t('inbox.tryAgain')}</Button>}
    >
      <p>
        {own === undefined
          ? `${words?.what ?? ''}. ${words?.why ?? ''} ${words?.fix ?? ''}`
          : t(`inbox.problem.${own}`)}
      </p>
    </Banner>
  )
}
