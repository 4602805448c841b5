import './banner.css'
import { CircleAlert, Info, type LucideIcon, ShieldAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../actions/icon'

export type BannerTone = 'plain' | 'notice' | 'warning' | 'danger'

const icons: Readonly<Record<BannerTone, LucideIcon>> = {
  plain: Info,
  notice: CircleAlert,
  warning: TriangleAlert,
  danger: ShieldAlert,
}

/** A calm line across a pane: what is the case, and what can be done about it. */
export function Banner({
  tone = 'plain',
  title,
  children,
  actions,
  icon,
}: Readonly<{
  tone?: BannerTone
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  icon?: LucideIcon
}>) {
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={`ui-banner ui-banner-${tone}`}>
      <Icon of={icon ?? icons[tone]} />
      <div className="ui-banner-text selectable">
        {title === undefined ? null : <strong className="ui-banner-title">{title}</strong>}
        {children}
      </div>
      {actions === undefined ? null : <div className="ui-banner-actions">{actions}</div>}
    </div>
  )
}
