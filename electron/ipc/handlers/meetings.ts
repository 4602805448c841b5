import type { CallInput, CallOutput, EngineCallName } from '../../../shared/ipc/contract'
import { asError } from '../../../shared/kit/result'
import type { CallEngine, MainHandlers } from '../answer-call'

/** Meetings as main opens them; `electron/windows/meetings` is the real one. */
export type MeetingOpener = Readonly<{
  choose(seen: CallOutput<'meetings.look'>): Promise<'cancel' | 'copy' | 'browser' | 'window'>
  openWindow(way: CallOutput<'meetings.begin'>): Promise<void>
}>

/** Links to meetings: what they lead to comes from the engine, and where they open is the person's word. */
export const meetingHandlers = ({
  meetings,
  callEngine,
}: {
  meetings: MeetingOpener
  callEngine: CallEngine
}): Pick<MainHandlers, 'meetings.open'> => {
  const ask = async <N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const result = await callEngine(name, input)
    if (result.ok) return result.value
    throw asError(result.error)
  }
  return {
    async 'meetings.open'(asked) {
      const choice = await meetings.choose(await ask('meetings.look', asked))
      if (choice !== 'window') return { opened: choice === 'browser' ? 'browser' : 'no' }
      await meetings.openWindow(await ask('meetings.begin', asked))
      return { opened: 'window' }
    },
  }
}
