import './empty-state.css'
import type { ReactNode } from 'react'
import { Icon, type IconShape } from '../actions/icon'

/** A place with nothing in it says so, and what can be done. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: Readonly<{ icon?: IconShape; title: string; children?: ReactNode; actions?: ReactNode }>) {
  return (
    <div className="ui-empty">
      {icon === undefined ? null : <Icon of={icon} size={24} />}
      <h2 className="ui-empty-title">{title}</h2>
      {children === undefined ? null : <div className="ui-empty-text">{children}</div>}
      {actions === undefined ? null : <div className="ui-empty-actions">{actions}</div>}
    </div>
  )
}
