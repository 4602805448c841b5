import { limits } from '../ports/limits'
import type { ParsedHeader } from '../ports/mail/mime'

/** Whether a field holds as many people as are read of one, so that there may be more. */
export const isFull = ({ from, replyTo, to, cc, bcc }: ParsedHeader): boolean =>
  from.length >= authorsRead ||
  replyTo.length >= replyToRead ||
  [to, cc, bcc].some(list => list.length >= limits.addressesPerField)

/** As `formats/mime/header/parsed-header.ts` bounds them. */
const authorsRead = 20
const replyToRead = 50
