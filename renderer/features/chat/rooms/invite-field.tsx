import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { allPeople, badPerson, type People, PeopleField } from '../../../ui/fields/people-field'

/** People who are to be invited, as a form holds them. */
export function useInvited() {
  const [value, setValue] = useState<People>({ list: [], typed: '' })
  const [isTold, setTold] = useState(false)
  return {
    value,
    isTold,
    set: (next: People) => {
      setValue(next)
      setTold(false)
    },
    addresses: (): readonly string[] => allPeople(value).map(({ address }) => address),
    /** False where one is no address, which is then said. */
    isGood: (): boolean => {
      const isBad = badPerson(value) !== null
      setTold(isBad)
      return !isBad
    },
  }
}

export function InviteField({
  label,
  invited,
}: Readonly<{ label: string; invited: ReturnType<typeof useInvited> }>) {
  const { t } = useTranslation('chat')
  const wish = useDeferredValue(invited.value.typed.trim())
  const { data } = useLiveQuery('addresses.suggest', wish === '' ? null : { prefix: wish.slice(0, 200) })
  return (
    <PeopleField
      label={label}
      error={invited.isTold ? t('begin.bad') : null}
      value={invited.value}
      onChange={invited.set}
      suggestions={(data ?? []).filter(each => each.members === undefined)}
    />
  )
}
