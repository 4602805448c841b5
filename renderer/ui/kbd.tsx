import './kbd.css'
import { isMac } from '../state/keys/listen-to-keys'
import { keyNames } from './key-names'

/** Keys as caps, written as people know them: "Ctrl ⇧ L". */
export function Kbd({ keys }: Readonly<{ keys: string }>) {
  return (
    <span className="ui-keys">
      {keyNames(keys, isMac).map(({ id, name }) => (
        <kbd key={id} className="ui-kbd">
          {name}
        </kbd>
      ))}
    </span>
  )
}
