import {
  type BaseWindow,
  BrowserWindow,
  clipboard,
  type MessageBoxOptions,
  type Session,
  shell,
} from 'electron'
import type { Words } from '../dialogs/words'
import { type MeetingWay, type MeetingWindow, openMeetingWindow } from './meeting-window'
import {
  deviceQuestion,
  type MeetingChoice,
  meetingNotice,
  openQuestion,
  type SeenMeeting,
  screenQuestion,
} from './questions'
import type { MeetingGuard } from './walls'
import type { MeetingWords } from './words'

export type MeetingParts = Readonly<{
  words: () => Words
  meetingWords: () => MeetingWords
  /** A question in main's own window, over `parent` where one is given. */
  ask: (options: MessageBoxOptions, parent?: BaseWindow) => Promise<number>
  /** Closes the way out of a meeting. */
  end: (id: number) => void
}>

/** The windows of meetings, and what is asked around them. */
export function createMeetings({ words, meetingWords, ask, end }: MeetingParts) {
  const guards = new WeakMap<Session, MeetingGuard>()
  const open = new Map<number, MeetingWindow>()
  const tell = (kind: 'failed' | 'closed', host: string, detail = ''): void =>
    void ask(meetingNotice(kind, { host, detail }, meetingWords(), words()))

  return {
    /** What hardening asks; null for a session of anything else. */
    guardOf: (session: Session): MeetingGuard | null => guards.get(session) ?? null,

    /** Whether a meeting may hear or see the person: then somebody is there, though nothing is typed. */
    isCapturing: (): boolean => [...open.values()].some(each => each.isCapturing()),

    /** Asks where to open it. What is copied or given to the browser is done here; a window is the caller's to open. */
    async choose(seen: SeenMeeting): Promise<MeetingChoice> {
      const { options, choices } = openQuestion(seen, meetingWords(), words())
      const choice = choices[await ask(options)] ?? 'cancel'
      if (choice === 'copy') clipboard.writeText(seen.url)
      if (choice === 'browser') await shell.openExternal(seen.url)
      return choice
    },

    async openWindow(way: MeetingWay): Promise<void> {
      try {
        const meeting = await openMeetingWindow({
          way,
          words: meetingWords,
          guard: (session, guard) => guards.set(session, guard),
          askDevices: async (kinds, parent) =>
            (await ask(deviceQuestion(way.host, kinds, meetingWords()), parent)) === 1,
          askScreen: async (sources, parent) =>
            sources[(await ask(screenQuestion(way.host, sources, meetingWords()), parent)) - 1] ?? null,
          ownWindows: () => [
            ...BrowserWindow.getAllWindows().map(each => each.getMediaSourceId()),
            ...[...open.values()].map(each => each.window.getMediaSourceId()),
          ],
          onForbidden: () => tell('closed', way.host),
          onFailed: detail => tell('failed', way.host, detail),
          onClosed() {
            open.delete(way.id)
            end(way.id)
          },
        })
        open.set(way.id, meeting)
      } catch (error) {
        end(way.id)
        throw error
      }
    },

    /** At the lock, and with the window that asks: nothing of a meeting outlives what it was opened from. */
    closeAll(): void {
      for (const meeting of [...open.values()]) meeting.close()
    },
  }
}
