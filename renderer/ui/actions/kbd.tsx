import './kbd.css'
import { useTranslation } from 'react-i18next'
import { isMac } from '../../state/keys/listen-to-keys'
import { keyNames } from './key-names'

/** Keys as caps, written as keyboards of the language shown carry them: "Ctrl ⇧ L". */
export function Kbd({ keys, isDrawn = false }: Readonly<{ keys: string; isDrawn?: boolean }>) {
  const { i18n } = useTranslation()
  return (
    <span className="ui-keys">
      {keyNames(keys, isMac, i18n.language).map(({ id, name }) => (
        // Beside the name of an entry the keys are a sign and no part of it.
        <kbd key={id} className="ui-kbd" data-key={name}>
          {isDrawn ? null : name}
        </kbd>
      ))}
    </span>
  )
}
