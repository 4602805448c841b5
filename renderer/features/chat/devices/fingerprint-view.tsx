import { groupsOfEight } from './fingerprint'

/** A fingerprint as eight groups of eight, as people compare it. */
export function Fingerprint({
  fingerprint,
  isLarge = false,
}: Readonly<{ fingerprint: string; isLarge?: boolean }>) {
  return (
    <p className="chat-fingerprint selectable" data-large={isLarge} dir="ltr">
      {groupsOfEight(fingerprint).map((group, at) => (
        // Groups may be equal; their place is what they are.
        <span key={`${String(at)} ${group}`}>{group} </span>
      ))}
    </p>
  )
}
