import './list-row.css'
import type { ReactNode } from 'react'

/** A line of a plain list: a title, a second line, and something to do at the end. */
export function ListRow({
  icon,
  title,
  detail,
  actions,
}: Readonly<{ icon?: ReactNode; title: ReactNode; detail?: ReactNode; actions?: ReactNode }>) {
  return (
    <li className="ui-list-row">
      {icon === undefined ? null : <span className="ui-list-row-icon">{icon}</span>}
      <div className="ui-list-row-text">
        <div className="ui-list-row-title">{title}</div>
        {detail === undefined ? null : <div className="ui-list-row-detail">{detail}</div>}
      </div>
      {actions === undefined ? null : <div className="ui-list-row-actions">{actions}</div>}
    </li>
  )
}
