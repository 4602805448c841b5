import type { Carrying, CarryRow } from '../../../store/keep/carry-over'

/** The mail of servers is downloaded again; what was being replaced is finished or taken back by its token. */
export const inboxCarryOver = ({ insert }: Carrying): Readonly<Record<string, CarryRow>> => ({
  inbox_replacements: row => insert('inbox_replacements', { ...row, message: null }),
})
