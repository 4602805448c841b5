import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventScope } from '../../../../shared/features/calendar/model'
import { Button } from '../../../ui/actions/button'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { Dialog } from '../../../ui/overlays/dialog'

export type ScopeVerb = 'change' | 'move' | 'delete'

/** Which events of a series a change is about. The button says what it does. */
export function ScopeDialog({
  verb,
  offered,
  onAnswer,
}: Readonly<{
  verb: ScopeVerb
  offered: readonly EventScope[]
  onAnswer: (scope: EventScope | null) => void
}>) {
  const { t } = useTranslation(['calendar', 'common'])
  const [scope, setScope] = useState<EventScope>(offered[0] ?? 'all')
  return (
    <Dialog
      title={t(`calendar:scope.title.${verb}`)}
      isOpen
      onClose={() => onAnswer(null)}
      actions={
        <>
          <Button onPress={() => onAnswer(null)}>{t('common:cancel')}</Button>
          <Button variant={verb === 'delete' ? 'danger' : 'primary'} onPress={() => onAnswer(scope)}>
            {t(`calendar:scope.verb.${verb}.${scope}`)}
          </Button>
        </>
      }
    >
      <RadioGroup
        label={t('calendar:scope.label')}
        value={scope}
        onChange={setScope}
        options={offered.map(id => ({ id, label: t(`calendar:scope.${id}`) }))}
      />
    </Dialog>
  )
}
