import './settings-page.css'
import type { ReactNode } from 'react'

/** A page of settings: a heading, a sentence, and groups of rows. */
export function SettingsPage({
  title,
  text,
  children,
}: Readonly<{ title: string; text?: string; children: ReactNode }>) {
  return (
    <div className="settings-page">
      <h1 className="settings-title">{title}</h1>
      {text === undefined ? null : <p className="settings-text">{text}</p>}
      <div className="settings-rows">{children}</div>
    </div>
  )
}
