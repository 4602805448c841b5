import { useTranslation } from 'react-i18next'
import type { MessageSummary } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import type { MenuEntry } from '../../../ui/actions/menu'
import { type MessageAction, messageActions, seenAction } from './message-action-list'
import { useMessageActions } from './message-actions'

/** The right-button menu of messages. */
export function useMessageMenu(): (
  row: MessageSummary | undefined,
  ids: readonly MessageId[],
) => readonly MenuEntry[] {
  const { t } = useTranslation('mail')
  const actions = useMessageActions()
  return (row, ids) => {
    const target = { count: ids.length, row, role: actions.roleOf(ids[0] ?? null) }
    const entries = (...wanted: readonly MessageAction[]): readonly MenuEntry[] =>
      wanted
        .filter(action => action.when(target))
        .map(action => menuEntry(action, action.label(t, target), () => action.run(actions, ids)))
    const { reply, replyAll, forward, archive, move, flag, junk, source, delete: remove } = messageActions
    const { toTodo, toEvent } = messageActions
    const answers = entries(reply, replyAll, forward)
    return [
      ...(answers.length === 0 ? [] : ([...answers, 'line'] as const)),
      ...entries(archive, move, flag, seenAction(target), junk),
      ...entries(toTodo, toEvent),
      'line',
      ...entries(source, remove),
    ]
  }
}

/** An action as a line of a menu. */
export const menuEntry = (
  { command, icon, isDanger }: MessageAction,
  label: string,
  run: () => void,
): MenuEntry => ({ id: command, label, icon, command, isDanger: isDanger === true, run })
