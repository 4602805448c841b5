import type { Address } from '../../../../shared/model/mail'

/** Everyone of one kind, name and address in full: a name alone can be anybody's. */
export function People({ label, people }: Readonly<{ label: string; people: readonly Address[] }>) {
  if (people.length === 0) return null
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {people.map(({ name, address }) => (
          <div key={`${name} ${address}`}>
            {name} <span className="reader-address">{address}</span>
          </div>
        ))}
      </dd>
    </>
  )
}
