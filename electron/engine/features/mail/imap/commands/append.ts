import { SiegelError } from '../../../../../../shared/kit/result'
import { asBuffer } from '../../../../formats/as-buffer'
import { limits } from '../../../../ports/limits'
import type { ImapContext } from '../context'
import { numberOf, responseCodeOf } from '../tokens'
import { type Argument, atom, text } from '../wire'
import { checkedFlags } from './store-flags'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** APPEND (RFC 3501 §6.3.11) of exactly these bytes. The UID is known with UIDPLUS only. */
export async function append(
  context: ImapContext,
  path: string,
  raw: Uint8Array,
  options: { flags: readonly string[]; internalDateMs: number | null },
): Promise<{ uid: number | null; uidValidity: number | null }> {
  if (raw.length === 0 || raw.length > limits.messageBytes)
    throw new SiegelError('too-large', { sizeBytes: raw.length })
  const args: Argument[] = [text(context.names.toWire(path))]
  if (options.flags.length > 0) args.push(checkedFlags(options.flags).map(atom))
  if (options.internalDateMs !== null) args.push(text(internalDate(options.internalDateMs)))
  args.push({ type: 'LITERAL', value: asBuffer(raw) })
  const code = responseCodeOf(await context.wire.run('APPEND', args))
  if (code?.name !== 'APPENDUID') return { uid: null, uidValidity: null }
  const uidValidity = numberOf(code.values[0])
  const uid = numberOf(code.values[1])
  return uid !== null && uid > 0 && uidValidity !== null
    ? { uid, uidValidity }
    : { uid: null, uidValidity: null }
}

/** RFC 3501 date-time, always in UTC: the zone of this machine is nobody's business. */
export function internalDate(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(date.getUTCDate()).padStart(2, ' ')}-${months[date.getUTCMonth()] ?? 'Jan'}-${String(date.getUTCFullYear()).padStart(4, '0')}`
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}
