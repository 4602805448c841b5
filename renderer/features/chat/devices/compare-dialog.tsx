import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatDevice } from '../../../../shared/features/chat/model'
import type { AccountId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { QrCode } from '../../../ui/feedback/qr-code'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { deviceCode, readDeviceCode } from './fingerprint'
import { Fingerprint } from './fingerprint-view'

/** Two people compare the number of a device, or one takes the other's code. */
export function CompareDialog({
  accountId,
  device,
  onClose,
}: Readonly<{ accountId: AccountId; device: ChatDevice; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const [pasted, setPasted] = useState('')
  const { address, fingerprint, deviceId } = device
  const own = useLiveQuery('chat.devices', { accountId, address: null }).data?.devices.find(
    ({ isThis }) => isThis,
  )
  const account = useLiveQuery('chat.accounts', {}).data?.accounts.find(each => each.accountId === accountId)
  const code = pasted.trim() === '' ? null : readDeviceCode(pasted)
  const isOther = code !== null && code.address !== address.toLowerCase()
  const matches =
    code !== null &&
    !isOther &&
    code.devices.some(each => each.deviceId === deviceId && each.fingerprint === fingerprint)
  const isWrong = pasted.trim() !== '' && !matches
  const decide = async (decision: 'verify' | 'reject') => {
    const done = await runCommand(host, 'chat.trust', { accountId, address, fingerprint, decision })
    if (done !== null) onClose()
  }
  return (
    <Dialog
      title={t('compare.title', { name: address })}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button variant="danger" onPress={() => void decide('reject')}>
            {t('compare.different')}
          </Button>
          <Button variant="primary" isDisabled={isWrong} onPress={() => void decide('verify')}>
            {t('compare.same')}
          </Button>
        </>
      }
    >
      <div className="chat-form">
        <p>{t('compare.text')}</p>
        <Fingerprint fingerprint={fingerprint} isLarge />
        <p className="ui-description">{t('compare.differentText')}</p>
        {own === undefined || own.fingerprint === '' || account === undefined ? null : (
          <>
            <QrCode text={deviceCode(account.address, [own])} label={t('compare.qr')} />
            <p className="ui-description">{t('compare.qrText')}</p>
          </>
        )}
        <TextField
          label={t('compare.pasted')}
          description={t('compare.pastedText')}
          spellCheck="false"
          maxLength={9000}
          value={pasted}
          onChange={setPasted}
        />
        {pasted.trim() === '' ? null : (
          <Banner
            tone={matches ? 'notice' : 'danger'}
            title={
              matches
                ? t('compare.matches')
                : isOther
                  ? t('compare.other', { address: code.address.slice(0, 200) })
                  : t('compare.differs')
            }
          />
        )}
      </div>
    </Dialog>
  )
}
