import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem, TaskSummary } from '../../../shared/features/writing/model'
import { useHost } from '../../host/host-context'
import { inSentences } from '../../i18n/describe-failure'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { openDraft, useUi } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { ConfirmDialog } from '../../ui/overlays/confirm-dialog'

const subjectCharacters = 80
const shortened = (text: string): string =>
  text.length > subjectCharacters ? `${text.slice(0, subjectCharacters)}…` : text

/** Leads to the others where there are several; one is told in the banner itself. */
function ShowAll({ count }: Readonly<{ count: number }>) {
  const { t } = useTranslation('app')
  if (count < 2) return null
  return (
    <Button variant="plain" onPress={() => useUi.setState({ activityOpen: true })}>
      {t('trouble.all', { count })}
    </Button>
  )
}

/** A message that was not sent, or of which that is not known, with everything that can be done about it. */
function UnsentBanner({ item, count }: Readonly<{ item: OutboxItem; count: number }>) {
  const { t } = useTranslation(['app', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const [asks, setAsks] = useState(false)
  const [busy, setBusy] = useState(false)
  const outboxId = item.id
  const isUnknown = item.state === 'unknown'
  const problem = item.problem === null || isUnknown ? null : words(item.problem)
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  const toDrafts = () => runCommand(host, 'outbox.cancel', { outboxId })
  const edit = async () => {
    const draft = await toDrafts()
    if (draft !== null) openDraft(draft.id)
  }
  const discard = async () => {
    const draft = await toDrafts()
    if (draft !== null) await runCommand(host, 'drafts.discard', { draftId: draft.id })
  }
  const resolve = (as: 'sent' | 'send-again') => runCommand(host, 'outbox.resolve', { outboxId, as })
  const choices = isUnknown
    ? ([
        [t('app:activity.wasSent'), () => resolve('sent')],
        [t('app:activity.sendAgain'), () => resolve('send-again')],
      ] as const)
    : ([
        [t('common:retry'), () => runCommand(host, 'outbox.retry', { outboxId })],
        [t('app:trouble.edit'), edit],
        [
          t('common:discard'),
          async () => {
            setAsks(true)
          },
        ],
      ] as const)
  const subject = shortened(item.subject) || t('common:noSubject')
  return (
    <>
      <Banner
        tone="danger"
        title={t(isUnknown ? 'app:trouble.unknown' : 'app:trouble.unsent', { subject })}
        actions={
          <>
            {choices.map(([label, work]) => (
              <Button key={label} variant="plain" isDisabled={busy} onPress={() => void run(work)}>
                {label}
              </Button>
            ))}
            <ShowAll count={count} />
          </>
        }
      >
        {isUnknown
          ? t('app:activity.unknownText')
          : problem === null
            ? null
            : inSentences([problem.what, problem.fix, ...problem.facts])}
      </Banner>
      <ConfirmDialog
        title={t('app:trouble.discard', { subject })}
        isOpen={asks}
        confirm={t('common:discard')}
        onConfirm={() => void run(discard)}
        onClose={() => setAsks(false)}
      >
        {t('app:trouble.discardText')}
      </ConfirmDialog>
    </>
  )
}

/** A change that the server does not take: the server’s words, and the two ways out. */
function RefusedBanner({ task, count }: Readonly<{ task: TaskSummary; count: number }>) {
  const { t } = useTranslation(['app', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const problem = task.problem === null ? null : words(task.problem)
  // No server saw it, and another try reads it no better.
  const isUnreadable = task.problem?.code === 'task-unreadable'
  const what = t(`app:activity.task.${task.kind}`, { count: task.kind === 'unknown' ? 1 : task.messageCount })
  return (
    <Banner
      tone="warning"
      title={
        isUnreadable
          ? inSentences([what])
          : t('app:trouble.refused', {
              what: task.mailboxName === null ? what : `${what} · ${task.mailboxName}`,
            })
      }
      actions={
        <>
          {isUnreadable ? null : (
            <Button variant="plain" onPress={() => void runCommand(host, 'tasks.retry', { taskId: task.id })}>
              {t('common:retry')}
            </Button>
          )}
          <Button variant="plain" onPress={() => void runCommand(host, 'tasks.discard', { taskId: task.id })}>
            {t('app:activity.giveUp')}
          </Button>
          <ShowAll count={count} />
        </>
      }
    >
      {problem === null
        ? null
        : isUnreadable
          ? inSentences([problem.why, problem.fix])
          : inSentences([problem.what, problem.fix, ...problem.facts, t('app:activity.discardHint')])}
    </Banner>
  )
}

/**
 * What went wrong for good and waits for the person, in every room and over every mailbox until it is decided: the oldest
 * message that was not sent, and the oldest change that was refused. The others are counted.
 */
export function FailureBanners() {
  const outbox = useLiveQuery('outbox.list', {}).data ?? []
  const tasks = useLiveQuery('tasks.list', {}).data ?? []
  const unsent = outbox.filter(({ state }) => state === 'failed' || state === 'unknown')
  const refused = tasks.filter(({ state }) => state === 'failed')
  const [firstUnsent] = unsent
  const [firstRefused] = refused
  return (
    <>
      {firstUnsent === undefined ? null : (
        <UnsentBanner key={firstUnsent.id} item={firstUnsent} count={unsent.length} />
      )}
      {firstRefused === undefined ? null : (
        <RefusedBanner key={firstRefused.id} task={firstRefused} count={refused.length} />
      )}
    </>
  )
}
