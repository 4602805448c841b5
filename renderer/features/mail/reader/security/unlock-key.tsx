import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSecurity } from '../../../../../shared/features/mail/message-security'
import { useLiveQuery } from '../../../../state/live/use-live-query'
import { useUnlockKey } from '../../../../state/use-unlock-key'
import { Button } from '../../../../ui/actions/button'
import { UnlockDialog } from '../../../../ui/overlays/unlock-dialog'

/** The way to a message whose key has a passphrase of its own. */
export function UnlockKey({
  neededKeys,
  onUnlocked,
}: Readonly<{ neededKeys: MessageSecurity['neededKeys']; onUnlocked: () => void }>) {
  const { t } = useTranslation('mail')
  const unlock = useUnlockKey()
  const keys = useLiveQuery('keys.list', {})
  const [open, setOpen] = useState(false)
  const locked = (keys.data ?? []).filter(each => !each.unlocked)
  const key = locked.find(each => each.facts.keyIds.some(id => neededKeys.includes(id))) ?? locked[0]
  if (key === undefined) return null
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('reader.security.unlock')}</Button>
      {open ? (
        <UnlockDialog
          title={t('reader.security.unlockTitle')}
          confirm={t('reader.security.unlockGo')}
          onClose={() => setOpen(false)}
          onAnswer={async answer => {
            const problem = await unlock({ fingerprint: key.facts.fingerprint, ...answer })
            if (problem !== null) return problem
            setOpen(false)
            onUnlocked()
            return null
          }}
        />
      ) : null}
    </>
  )
}
