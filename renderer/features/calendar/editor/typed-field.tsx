import { useState } from 'react'
import { TextField } from '../../../ui/fields/text-field'

/** A field for what is typed freely: it takes what it can read at once, and shows it in the usual form when it is left. */
export function TypedField<T>({
  label,
  value,
  read,
  error,
  onRead,
  onUnread,
  className,
}: Readonly<{
  label: string
  /** In the usual form. */
  value: string
  read: (text: string) => T | null
  /** Said of what cannot be read. */
  error: string
  onRead: (value: T) => void
  onUnread: () => void
  className?: string
}>) {
  /** Null: nothing is being typed. What could not be read stays. */
  const [typed, setTyped] = useState<string | null>(null)
  const [isIn, setIn] = useState(false)
  const isUnread = typed !== null && read(typed) === null
  return (
    <TextField
      label={label}
      value={typed ?? value}
      error={isUnread && !isIn ? error : null}
      {...(className === undefined ? {} : { className })}
      onFocus={() => setIn(true)}
      onBlur={() => {
        setIn(false)
        if (!isUnread) setTyped(null)
      }}
      onChange={text => {
        setTyped(text)
        const found = read(text)
        if (found === null) onUnread()
        else onRead(found)
      }}
    />
  )
}
