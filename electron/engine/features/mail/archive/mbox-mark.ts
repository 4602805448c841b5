/**
 * Our own mbox is mboxrd with a few header lines in front of each message that other programs read as flags. The
 * first of them says how many lines are ours and how long the message is, so that reading gives the very bytes
 * that were written: `X-Mbox-Format: mboxrd; bytes=1234; lines=3`.
 */
export type MboxMark = Readonly<{ messageBytes: number; lines: number }>

export const formatMark = (mark: MboxMark): string =>
  `X-Mbox-Format: mboxrd; bytes=${mark.messageBytes}; lines=${mark.lines}`

/** Reads a mark from the first line of a message in an mbox; null for messages of other programs. */
export function parseMark(line: Buffer): MboxMark | null {
  if (line.length > 100) return null
  const match = /^X-Mbox-Format: mboxrd; bytes=(\d{1,12}); lines=([1-9])\r?\n$/.exec(line.toString('latin1'))
  return match ? { messageBytes: Number(match[1]), lines: Number(match[2]) } : null
}
