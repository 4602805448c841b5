import './work-progress.css'
import { Progress } from './progress'

/** Long work in a dialog: what is being done, a bar, and how far it is in words. */
export function WorkProgress({
  label,
  value,
  words,
}: Readonly<{ label: string; value: number; words: string }>) {
  return (
    <div className="work-progress">
      <span className="work-progress-words">
        <span>{label}</span>
        <span className="ui-description">{words}</span>
      </span>
      <Progress label={label} value={value} />
    </div>
  )
}
