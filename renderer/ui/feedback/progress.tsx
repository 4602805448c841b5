import './spinner.css'
import { ProgressBar } from 'react-aria-components'

/** Work with a known length; `value` from 0 to 1. */
export function Progress({ label, value }: Readonly<{ label: string; value: number }>) {
  return (
    <ProgressBar aria-label={label} value={value * 100}>
      <span className="ui-progress">
        <span className="ui-progress-bar" style={{ transform: `scaleX(${value})` }} />
      </span>
    </ProgressBar>
  )
}
