import './qr-code.css'
import encodeQR from 'qr'

/** Modules of quiet zone around a code (ISO/IEC 18004 §6.3.8). */
const quietZone = 4

/** A QR code as one path, dark on light. */
export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietZone })
  const size = rows.length
  const path = rows
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return (
    <svg
      role="img"
      aria-label={label}
      className="ui-qr"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <title>{label}</title>
      <path d={path} fill="currentColor" />
    </svg>
  )
}
