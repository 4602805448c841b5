import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app'
import { LocaleProvider } from './app/locale-provider'
import { chooseHost } from './host/choose-host'
import { HostProvider } from './host/host-context'
import { languageFor, startI18n } from './i18n/start-i18n'
import { connectAppStore, useAppStore } from './state/app-store'
import { listenToKeys } from './state/keys/listen-to-keys'
import { LiveProvider } from './state/live-context'

const host = await chooseHost()
await connectAppStore(host)
await startI18n(languageFor(useAppStore.getState().preferences.language, navigator.languages))
listenToKeys()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <HostProvider host={host}>
      <LiveProvider>
        <LocaleProvider>
          <App />
        </LocaleProvider>
      </LiveProvider>
    </HostProvider>
  </StrictMode>,
)
