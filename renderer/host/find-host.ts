import { failed, makeFailure } from '../../shared/kit/result'
import { type Bridge, ElectronHost } from './electron-host'
import type { Host } from './host'

/** The page without a program around it: nothing is known and nothing can be done, and it says so. */
const absentHost: Host = {
  call: name => Promise.resolve(failed(makeFailure('internal', { fault: name }))),
  on: () => () => undefined,
  bodyFrame: () => ({ src: 'about:blank' }),
}

const isBridge = (value: unknown): value is Bridge =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Bridge).call === 'function' &&
  typeof (value as Bridge).on === 'function'

/**
 * The program behind the preload bridge. Where the preload is missing or broke half-way every call fails, so that the page
 * shows the failed start: nothing made up may ever stand in the place of somebody's mail.
 */
export const findHost = (bridge: unknown): Host => (isBridge(bridge) ? new ElectronHost(bridge) : absentHost)
