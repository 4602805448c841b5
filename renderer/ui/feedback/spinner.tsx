import './spinner.css'

/** Something is going on, length unknown. Quiet: what is going on is said in words beside it. */
export function Spinner({ size = 14 }: Readonly<{ size?: number }>) {
  return (
    <svg className="ui-spinner" width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" opacity="0.25" />
      <path d="M8 1.75a6.25 6.25 0 0 1 6.25 6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  )
}
