import { showApp } from './app/show-app'
import { findHost } from './host/find-host'

await showApp(findHost(window.siegel))
