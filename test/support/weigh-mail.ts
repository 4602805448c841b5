// Reads heavy mail in a process of its own and says what it cost: `weigh-mail.ts <bytes> [name ...]`, one JSON line each.
import { readFileSync } from 'node:fs'
import { inspectMessage } from '../../electron/engine/formats/mime/inspect-message.ts'
import { mime } from '../../electron/engine/formats/mime/mime.ts'
import { sanitizeHtml } from '../../electron/engine/formats/mime/sanitize/sanitize-html'
import { heavyMail } from '../fixtures/heavy-mail.ts'

/** The most memory that this process ever had, from the kernel. */
const peakBytes = (): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024

const [size = '', ...wanted] = process.argv.slice(2)
for (const [name, make] of Object.entries(heavyMail)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const raw = make(Number(size))
  const start = process.cpuUsage()
  const parsed = mime.parseMessage(raw)
  inspectMessage(parsed)
  mime.parseHeader(raw.subarray(0, 1_000_000))
  for (const { partId } of parsed.attachments.slice(0, 2)) mime.readPart(raw, partId)
  if (parsed.html !== null) sanitizeHtml(parsed.html, { cidUrl: () => null })
  const { user, system } = process.cpuUsage(start)
  const isSaid = (parsed.isCut ?? false) || parsed.broken
  console.log(
    JSON.stringify({ name, cpuMs: Math.round((user + system) / 1000), peakBytes: peakBytes(), isSaid }),
  )
}
