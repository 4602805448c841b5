import '../ui/tokens/tokens.css'
import '../ui/tokens/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { features } from '../features'
import { english, german } from '../features/languages'
import type { Host } from '../host/host'
import { HostProvider } from '../host/host-context'
import { languageFor, startI18n } from '../i18n/start-i18n'
import { connectAppStore, useAppStore } from '../state/app-store'
import { keepFocus } from '../state/keys/keep-focus'
import { listenToKeys } from '../state/keys/listen-to-keys'
import { LiveProvider } from '../state/live/live-context'
import { useUi } from '../state/ui-store'
import { FeatureList } from '../ui/layout/feature'
import { App } from './app'
import { LocaleProvider } from './locale-provider'

/** Puts up the page before the program that `host` leads to. */
export async function showApp(host: Host): Promise<void> {
  await connectAppStore(host)
  await startI18n(languageFor(useAppStore.getState().preferences.language, navigator.languages), {
    english,
    german,
  })
  listenToKeys(() => useUi.getState().room)
  keepFocus()
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <HostProvider host={host}>
        <LiveProvider>
          <LocaleProvider>
            <FeatureList value={features}>
              <App />
            </FeatureList>
          </LocaleProvider>
        </LiveProvider>
      </HostProvider>
    </StrictMode>,
  )
}
