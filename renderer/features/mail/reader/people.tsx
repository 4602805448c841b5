import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Address } from '../../../../shared/features/mail/model'
import { Button } from '../../../ui/actions/button'
import { withoutControls } from '../../../ui/fields/text-direction'

/** People listed at once; the others come with a press. */
const shownAtOnce = 50

/** Everyone of one kind, name and address in full: a name alone can be anybody's. */
export function People({ label, people }: Readonly<{ label: string; people: readonly Address[] }>) {
  const { t } = useTranslation('mail')
  const [all, setAll] = useState(false)
  if (people.length === 0) return null
  const shown = all ? people : people.slice(0, shownAtOnce)
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {shown.map(({ name, address }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same person may stand there twice, and the list never moves.
          <div key={at}>
            <bdi>{withoutControls(name)}</bdi> <span className="reader-address">{address}</span>
          </div>
        ))}
        {shown.length === people.length ? null : (
          <Button variant="plain" className="reader-all-people" onPress={() => setAll(true)}>
            {t('reader.allPeople', { count: people.length })}
          </Button>
        )}
      </dd>
    </>
  )
}
