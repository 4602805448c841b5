import { ElectronHost } from './electron-host'
import type { Host } from './host'

/** The real program when there is one around us, the demo otherwise. The demo is loaded only when it is needed. */
export async function chooseHost(): Promise<Host> {
  if (window.siegel !== undefined) return new ElectronHost(window.siegel)
  const { FakeHost } = await import('./fake/fake-host')
  return new FakeHost(new URLSearchParams(location.search))
}
