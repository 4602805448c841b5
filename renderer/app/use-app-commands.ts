import { useEffect } from 'react'
import { lookUp, openSource } from '../features/mail/state'
import type { Host } from '../host/host'
import { useHost } from '../host/host-context'
import { composeTo } from '../state/drafts/compose-to'
import { startDraft } from '../state/drafts/start-draft'
import { commandRegistry } from '../state/keys/command-registry'
import { useCommands } from '../state/keys/use-commands'
import { lockApp } from '../state/lock-app'
import { runCommand } from '../state/run-command'
import { takeWaiting } from '../state/take-waiting'
import { openRoom, openSettings, useUi } from '../state/ui-store'
import { undoChange } from '../state/undo-change'
import { cyclePanes } from './cycle-panes'

/** Commands that hold everywhere in the open profile, from the keyboard, the menu and the tray. */
export function useAppCommands(): void {
  const host = useHost()
  const go = (role: 'inbox' | 'drafts' | 'sent' | 'archive' | 'trash') => () =>
    openSource({ kind: 'role', role })
  useCommands(
    {
      compose: () => void startDraft(host, 'new'),
      undo: () => void undoChange(host, null),
      goInbox: go('inbox'),
      goDrafts: go('drafts'),
      goSent: go('sent'),
      goArchive: go('archive'),
      goTrash: go('trash'),
      nextPane: () => cyclePanes(1),
      previousPane: () => cyclePanes(-1),
      syncNow: () => void runCommand(host, 'sync.now', { accountId: null }),
      settings: () => openSettings('accounts'),
      lock: () => void lockApp(host),
      shortcuts: () => useUi.setState({ shortcutsOpen: true }),
      back: () => openRoom('mail'),
    },
    'app',
  )
  useEffect(
    () =>
      takeWaiting(host, 'commands', ({ command: { name, argument } }) => {
        if (name === 'mailto') void (argument === null ? startDraft(host, 'new') : composeTo(host, argument))
        else if (name === 'search' && argument !== null) lookUp(argument)
        else commandRegistry.run(name)
      }),
    [host],
  )
  useEffect(() => reportActivity(host), [host])
}

/** Idle locking counts from the last key or pointer; once in this time is often enough. */
const reportEveryMs = 30_000

function reportActivity(host: Host): () => void {
  let lastAtMs = 0
  const onInput = () => {
    if (performance.now() - lastAtMs < reportEveryMs) return
    lastAtMs = performance.now()
    void host.call('app.reportActivity', {})
  }
  addEventListener('pointerdown', onInput, { passive: true })
  addEventListener('wheel', onInput, { passive: true })
  addEventListener('keydown', onInput)
  return () => {
    removeEventListener('pointerdown', onInput)
    removeEventListener('wheel', onInput)
    removeEventListener('keydown', onInput)
  }
}
