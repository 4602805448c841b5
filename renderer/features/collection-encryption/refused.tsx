import { useTranslation } from 'react-i18next'
import type { CollectionKind } from '../../../shared/features/collection-encryption/model'
import { type ObjectRefusal, objectRefusal, type RefusedObject } from '../../../shared/kit/collection-step'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'

/** What a server shows that is not believed: how many of each kind, and the way to put it right. */
export function Refused({
  kind,
  refused,
  isDisabled,
  onPutRight,
}: Readonly<{
  kind: CollectionKind
  refused: readonly RefusedObject[]
  isDisabled: boolean
  onPutRight: () => void
}>) {
  const { t } = useTranslation('collections')
  if (refused.length === 0) return null
  const count = (refusal: ObjectRefusal): number => refused.filter(each => each.refusal === refusal).length
  return (
    <Banner
      tone="danger"
      title={t(`of.${kind}.refused`, { count: refused.length })}
      actions={
        <Button isDisabled={isDisabled} onPress={onPutRight}>
          {t('putRight')}
        </Button>
      }
    >
      <ul className="encryption-refusals">
        {objectRefusal.options
          .filter(refusal => count(refusal) > 0)
          .map(refusal => (
            <li key={refusal}>
              {count(refusal) > 1 ? `${count(refusal)} × ` : ''}
              {t(`of.${kind}.refusals.${refusal}`)}
            </li>
          ))}
      </ul>
      <p>
        {t(refused.some(({ refusal }) => refusal === 'clear') ? `of.${kind}.putRightClear` : 'putRightText')}
      </p>
    </Banner>
  )
}
