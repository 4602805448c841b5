import { X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Suggestion } from '../../../../shared/features/contacts/model'
import type { Address } from '../../../../shared/features/mail/model'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Icon } from '../../../ui/actions/icon'
import {
  addressText,
  isValidAddress,
  parseAddresses,
  withAddresses,
} from '../../../ui/fields/parse-addresses'
import { withoutControls } from '../../../ui/fields/text-direction'
import { classNames } from '../../../ui/tokens/class-names'
import { keyWords } from '../protection/protection-words'
import type { KeyStates } from '../protection/use-plan'
import { KeyMark } from './key-mark'
import { domainOf } from './level-asker'
import { LevelMark } from './level-mark'
import { levelWords } from './level-words'
import type { Levels } from './use-levels'

/** Recipients that are set, and what is being typed after them. */
export type Recipients = Readonly<{ list: readonly Address[]; typed: string }>

export const allOf = ({ list, typed }: Recipients): Address[] => withAddresses(list, parseAddresses(typed))

const mostSuggestions = 6

/** A group stands for those who are in it. */
const peopleIn = (one: Suggestion): readonly Address[] => one.members ?? [one]

/** A row of recipients: type, paste, pick a suggestion; each can be mended or removed by keyboard. */
export function RecipientsField({
  label,
  value,
  onChange,
  autoFocus = false,
  end,
  levels,
  keys,
  notAsked,
}: Readonly<{
  label: string
  value: Recipients
  onChange: (value: Recipients) => void
  autoFocus?: boolean
  /** What stands at the end of the row. */
  end?: ReactNode
  levels: Levels
  keys: KeyStates
  notAsked: readonly Address[]
}>) {
  const { t } = useTranslation('compose')
  const id = useId()
  const [isFocused, setFocused] = useState(false)
  const [closed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const prefix = value.typed.trim()
  const asked = useLiveQuery('addresses.suggest', isFocused && prefix.length > 0 ? { prefix } : null)
  const taken = new Set(value.list.map(({ address }) => address.toLowerCase()))
  const suggestions = (asked.data ?? [])
    .filter(one => peopleIn(one).some(({ address }) => !taken.has(address.toLowerCase())))
    .slice(0, mostSuggestions)
  const isOpen = isFocused && !closed && suggestions.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another list; begin at its top.
  useEffect(() => setActive(0), [prefix])

  const settle = (added: readonly Address[]) =>
    onChange({ list: withAddresses(value.list, added), typed: '' })
  const remove = (address: Address) =>
    onChange({ ...value, list: value.list.filter(other => other !== address) })
  const mend = (address: Address) =>
    onChange({
      list: withAddresses(
        value.list.filter(other => other !== address),
        parseAddresses(value.typed),
      ),
      typed: addressText(address),
    })

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = isOpen ? suggestions[active] : undefined
    if (isOpen && event.key === 'ArrowDown') setActive((active + 1) % suggestions.length)
    else if (isOpen && event.key === 'ArrowUp')
      setActive((active + suggestions.length - 1) % suggestions.length)
    else if (isOpen && event.key === 'Escape') {
      setClosed(true)
      event.stopPropagation()
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      settle(chosen === undefined ? parseAddresses(value.typed) : peopleIn(chosen))
    } else if (event.key === 'Tab' && chosen !== undefined && !event.shiftKey) settle(peopleIn(chosen))
    else if ((event.key === ',' || event.key === ';') && parseAddresses(value.typed).every(isValidAddress))
      settle(parseAddresses(value.typed))
    else if (event.key === 'Backspace' && value.typed === '') {
      const last = value.list.at(-1)
      if (last === undefined) return
      mend(last)
    } else return
    event.preventDefault()
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = parseAddresses(event.clipboardData.getData('text/plain'))
    if (pasted.length < 2 || value.typed !== '') return
    event.preventDefault()
    settle(pasted)
  }

  return (
    <div className="recipients">
      <label className="recipients-label" htmlFor={id}>
        {label}
      </label>
      <div className="recipients-box">
        {value.list.map(address => {
          const valid = isValidAddress(address)
          const level = valid ? levels.get(domainOf(address.address)) : undefined
          const isOpenQuestion = level === undefined && notAsked.includes(address)
          const key = valid ? keys.get(address.address.trim().toLowerCase()) : undefined
          const words = [
            ...(key === undefined ? [] : [keyWords(t, key)]),
            ...(level === undefined ? [] : [levelWords(t, level)]),
            ...(isOpenQuestion ? [t('level.notAsked')] : []),
          ]
          return (
            <span
              key={addressText(address)}
              className={classNames('recipient', !valid && 'recipient-bad')}
              title={valid ? [address.address, ...words].join('\n') : t('recipients.bad')}
            >
              {key === undefined ? null : <KeyMark state={key.state} />}
              {level === undefined && !isOpenQuestion ? null : (
                <LevelMark level={level?.level ?? 'not-asked'} />
              )}
              <button type="button" className="recipient-name clip" onClick={() => mend(address)}>
                <bdi>{withoutControls(address.name || address.address)}</bdi>
                {words.length === 0 ? null : <span className="spoken"> ({words.join(' ')})</span>}
                {valid ? null : <span className="spoken"> ({t('recipients.bad')})</span>}
              </button>
              <button
                type="button"
                className="recipient-remove"
                aria-label={t('recipients.remove', { address: address.name || address.address })}
                onClick={() => remove(address)}
              >
                <Icon of={X} size={12} />
              </button>
            </span>
          )
        })}
        <input
          id={id}
          dir="auto"
          className="recipients-input"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen ? `${id}-${String(active)}` : undefined}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: a draft window was asked for; writing begins with the recipient.
          autoFocus={autoFocus}
          value={value.typed}
          onChange={event => {
            setClosed(false)
            onChange({ ...value, typed: event.target.value })
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            if (value.typed.trim() !== '') settle(parseAddresses(value.typed))
          }}
        />
      </div>
      {end}
      {isOpen ? (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={t('recipients.suggestions')}
          className="recipients-list"
        >
          {suggestions.map((suggestion, at) => (
            <div
              key={suggestion.address || `${suggestion.name}, ${String(at)}`}
              id={`${id}-${String(at)}`}
              role="option"
              aria-selected={at === active}
              tabIndex={-1}
              className="recipients-option"
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
                    : t('recipients.group', { count: suggestion.members.length })}
                </span>
              )}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}
