import type { ImapOverride } from './scripted-imap-server'

/** Whether a UID FETCH line names that UID. */
export const names = (line: string, uid: number) =>
  (/UID FETCH (\S+)/.exec(line)?.[1] ?? '').split(',').some(range => {
    const [low = 0, high = low] = range.split(':').map(Number)
    return low <= uid && uid <= high
  })
export const isBody = (line: string) => /BODY\.PEEK\[\]/.test(line)
export const isHeader = (line: string) => line.includes('HEADER.FIELDS')

export type End = 'NO' | 'NO [SERVERBUG]' | 'NO [UNAVAILABLE]' | 'BAD' | 'BYE' | 'cut'
export type Before = 'nothing' | 'those before' | 'all others'

/** A FETCH that holds one of these UIDs gives some of the others and ends like that. */
export function withholding(
  bad: readonly number[],
  is: (line: string) => boolean,
  end: End,
  before: Before,
): ImapOverride {
  return async ({ command, session, honest }) => {
    const met = bad.filter(uid => names(command.line, uid))
    const [first] = met
    if (first === undefined || !is(command.line)) return honest()
    if (before !== 'nothing') {
      const send = session.send.bind(session)
      session.send = data => {
        const uid = Number(/^\* (\d+) FETCH/.exec(Buffer.from(data).toString('latin1'))?.[1] ?? 0)
        if (uid > 0 && (met.includes(uid) || (before === 'those before' && uid > first))) return
        send(data)
      }
      try {
        await honest()
      } finally {
        session.send = send
      }
    }
    if (end === 'BYE') {
      session.send('* BYE FETCH failed: Internal error occurred.\r\n')
      session.connection.end()
      return undefined
    }
    if (end === 'cut') {
      session.connection.reset()
      return undefined
    }
    return `${end} Server error while fetching messages`
  }
}
