import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CollectionKind } from '../../../shared/features/collection-encryption/model'
import { Button } from '../../ui/actions/button'
import { WorkProgress } from '../../ui/feedback/work-progress'

/** How far a collection is on its way into the other form, and the way back. */
export function Conversion({
  kind,
  state,
  left,
  notTaken,
  isDisabled,
  onTurnBack,
}: Readonly<{
  kind: CollectionKind
  state: 'encrypting' | 'decrypting'
  left: number
  /** Of these the server does not take so many as they are to be. */
  notTaken: number
  isDisabled: boolean
  onTurnBack: () => void
}>) {
  const { t } = useTranslation('collections')
  // The bar is as long as the most that was left while somebody looked on.
  const [most, setMost] = useState(left)
  if (left > most) setMost(left)
  return (
    <div className="encryption-job">
      <WorkProgress
        label={t(`doing.${state}`)}
        value={most === 0 ? 0 : (most - left) / most}
        words={left === 0 ? t('starting') : t(`of.${kind}.left`, { count: left })}
      />
      <p className="ui-description">{notTaken > 0 ? t('notTaken', { count: notTaken }) : t('goesOn')}</p>
      <Button isDisabled={isDisabled} onPress={onTurnBack}>
        {t(`turnBack.${state}`)}
      </Button>
    </div>
  )
}
