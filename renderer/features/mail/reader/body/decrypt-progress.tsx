import '../security/security.css'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../../shared/kit/ids'
import { useHost } from '../../../../host/host-context'
import { runCommand } from '../../../../state/run-command'
import { Button } from '../../../../ui/actions/button'
import { Spinner } from '../../../../ui/feedback/spinner'

/** While a large message is decrypted: says so, and lets it be stopped. Small ones are there before a word is read. */
export function DecryptProgress({ id }: Readonly<{ id: MessageId }>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const [running, setRunning] = useState(false)
  useEffect(
    () =>
      host.on('progress', ({ job, done, total }) => {
        if (job === 'decrypt') setRunning(done !== total)
      }),
    [host],
  )
  if (!running) return null
  return (
    <div className="security-line security-plain" role="status">
      <Spinner />
      <p className="security-words">{t('reader.security.decrypting')}</p>
      <Button
        variant="plain"
        onPress={() => void runCommand(host, 'messages.stopDecrypting', { messageId: id })}
      >
        {t('reader.security.stop')}
      </Button>
    </div>
  )
}
