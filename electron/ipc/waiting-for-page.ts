import type { CallOutput, EventPayload } from '../../shared/ipc/contract'
import type { Emit } from './events'

/**
 * What main has for the page. It stays here until a page that listens has said that it took it: a page that is still being
 * put up, is loaded again or was closed loses nothing. The event only says that something waits.
 */
export const createWaitingForPage = (emit: Emit) => {
  let lastId = 0
  let notices: CallOutput<'page.waiting'>['notices'] = []
  let commands: CallOutput<'page.waiting'>['commands'] = []
  return {
    notice(notice: EventPayload<'notice'>): void {
      lastId += 1
      notices.push({ id: lastId, notice })
      emit('notice', notice)
    },

    command(command: EventPayload<'command'>): void {
      lastId += 1
      commands.push({ id: lastId, command })
      emit('command', command)
    },

    /** Without an open profile there is nothing to do the menu's commands to; what to write to is kept for later. */
    profileClosed(): void {
      commands = commands.filter(({ command }) => command.name === 'mailto')
    },

    waiting: (): CallOutput<'page.waiting'> => ({ notices: [...notices], commands: [...commands] }),

    took(ids: readonly number[]): void {
      notices = notices.filter(({ id }) => !ids.includes(id))
      commands = commands.filter(({ id }) => !ids.includes(id))
    },
  }
}
