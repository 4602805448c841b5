import './people-field.css'
import { X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Suggestion } from '../../../shared/features/contacts/model'
import type { Address } from '../../../shared/features/mail/model'
import { Icon } from '../actions/icon'
import { classNames } from '../tokens/class-names'
import { addressText, isValidAddress, parseAddresses, withAddresses } from './parse-addresses'
import { withoutControls } from './text-direction'

/** People that are set, and what is being typed after them. */
export type People = Readonly<{ list: readonly Address[]; typed: string }>

export const allPeople = ({ list, typed }: People): Address[] => withAddresses(list, parseAddresses(typed))

/** The first that is no address; null where all are. */
export const badPerson = (people: People): string | null =>
  allPeople(people).find(each => !isValidAddress(each))?.address ?? null

/** A group stands for those who are in it. */
const peopleIn = (one: Suggestion): readonly Address[] => one.members ?? [one]

/** People in a form: type, paste, or pick a suggestion; each can be mended or removed by keyboard. */
export function PeopleField({
  label,
  description,
  error = null,
  value,
  onChange,
  suggestions: offered,
}: Readonly<{
  label: string
  description?: string
  error?: string | null
  value: People
  onChange: (value: People) => void
  /** Those whom what is typed can mean, best first. */
  suggestions: readonly Suggestion[]
}>) {
  const { t } = useTranslation('common')
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [isFocused, setFocused] = useState(false)
  const [isClosed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const { typed } = value
  const taken = new Set(value.list.map(({ address }) => address.toLowerCase()))
  const suggestions =
    typed.trim() === ''
      ? []
      : offered.filter(one => peopleIn(one).some(({ address }) => !taken.has(address.toLowerCase())))
  const isOpen = isFocused && !isClosed && suggestions.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another list; begin at its top.
  useEffect(() => setActive(0), [typed])
  useEffect(() => {
    if (isOpen) list.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])

  const settle = (added: readonly Address[]) =>
    onChange({ list: withAddresses(value.list, added), typed: '' })
  const without = (address: Address) => value.list.filter(other => other !== address)
  const mend = (address: Address) =>
    onChange({ list: withAddresses(without(address), parseAddresses(typed)), typed: addressText(address) })

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = isOpen ? suggestions[active] : undefined
    const turn = (step: number) => setActive((active + suggestions.length + step) % suggestions.length)
    if (isOpen && event.key === 'ArrowDown') turn(1)
    else if (isOpen && event.key === 'ArrowUp') turn(-1)
    else if (isOpen && event.key === 'Escape') {
      setClosed(true)
      event.stopPropagation()
    } else if (event.key === 'Enter' && typed.trim() !== '' && !event.ctrlKey && !event.metaKey)
      settle(chosen === undefined ? parseAddresses(typed) : peopleIn(chosen))
    else if (event.key === 'Tab' && chosen !== undefined && !event.shiftKey) settle(peopleIn(chosen))
    else if ((event.key === ',' || event.key === ';') && parseAddresses(typed).every(isValidAddress))
      settle(parseAddresses(typed))
    else if (event.key === 'Backspace' && typed === '') {
      const last = value.list.at(-1)
      if (last === undefined) return
      mend(last)
    } else return
    event.preventDefault()
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = parseAddresses(event.clipboardData.getData('text/plain'))
    if (pasted.length < 2 || typed !== '') return
    event.preventDefault()
    settle(pasted)
  }
  return (
    <div className="ui-field people">
      <label className="ui-label" htmlFor={id}>
        {label}
      </label>
      <div className={classNames('people-box', error !== null && 'people-bad')}>
        {value.list.map(person => {
          const isValid = isValidAddress(person)
          const name = withoutControls(person.name || person.address)
          return (
            <span
              key={addressText(person)}
              className={classNames('people-one', !isValid && 'people-one-bad')}
              title={isValid ? person.address : t('people.bad')}
            >
              <button type="button" className="people-name clip" onClick={() => mend(person)}>
                <bdi>{name}</bdi>
                {isValid ? null : <span className="spoken"> ({t('people.bad')})</span>}
              </button>
              <button
                type="button"
                className="people-remove"
                aria-label={t('people.remove', { name })}
                onClick={() => onChange({ ...value, list: without(person) })}
              >
                <Icon of={X} size={12} />
              </button>
            </span>
          )
        })}
        <input
          id={id}
          dir="auto"
          className="people-input"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen ? `${id}-${String(active)}` : undefined}
          aria-describedby={`${id}-about`}
          aria-invalid={error !== null}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={event => {
            setClosed(false)
            onChange({ ...value, typed: event.target.value })
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            if (typed.trim() !== '') settle(parseAddresses(typed))
          }}
        />
      </div>
      <span id={`${id}-about`} className={error === null ? 'ui-description' : 'ui-error'}>
        {error ?? description}
      </span>
      {isOpen ? (
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t('people.suggestions')}
          className="people-list"
        >
          {suggestions.map((suggestion, at) => (
            <div
              key={suggestion.address || `${suggestion.name}, ${String(at)}`}
              id={`${id}-${String(at)}`}
              role="option"
              aria-selected={at === active}
              tabIndex={-1}
              className="people-option"
              // The field keeps the focus.
              onPointerDown={event => {
                event.preventDefault()
                settle(peopleIn(suggestion))
              }}
              onPointerEnter={() => setActive(at)}
            >
              <span className="clip" dir="auto">
                {withoutControls(suggestion.name || suggestion.address)}
              </span>
              {suggestion.name === '' ? null : (
                <span className="clip">
                  {suggestion.members === undefined
                    ? suggestion.address
                    : t('people.group', { count: suggestion.members.length })}
                </span>
              )}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}
