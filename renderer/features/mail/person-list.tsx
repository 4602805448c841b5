import { Fragment } from 'react'
import type { Address } from '../../../shared/features/mail/model'
import { personName } from './people-names'

/** Names beside each other, each with a direction of its own. `words` stand around them, `{{name}}` being their place. */
export function PersonList({
  people,
  words = (name: string) => name,
}: Readonly<{ people: readonly Address[]; words?: (name: string) => string }>) {
  const place = '\u0000'
  const [before = '', after = ''] = words(place).split(place)
  return (
    <>
      {before}
      {people.map((person, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same person may stand there twice, and the list never moves.
        <Fragment key={at}>
          {at === 0 ? null : ', '}
          <bdi>{personName(person)}</bdi>
        </Fragment>
      ))}
      {after}
    </>
  )
}
