import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventScope } from '../../../../shared/features/calendar/model'
import { Button } from '../../../ui/actions/button'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { Dialog } from '../../../ui/overlays/dialog'

export type ScopeVerb = 'change' | 'move' | 'delete'

const scopes = ['this', 'following', 'all'] as const

/** Which events of a series a change is about. The button says what it does. */
export function ScopeDialog({
  verb,
  isRuleChanged,
  onAnswer,
}: Readonly<{ verb: ScopeVerb; isRuleChanged: boolean; onAnswer: (scope: EventScope | null) => void }>) {
  const { t } = useTranslation(['calendar', 'common'])
  const offered = isRuleChanged ? scopes.slice(1) : scopes
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
