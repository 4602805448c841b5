import type {
  CallInput,
  CallOutput,
  EngineCallName,
  EventName,
  EventPayload,
} from '../../shared/ipc/contract'
import type { Result } from '../../shared/kit/result'
import type { Log } from './ports/basics'
import type { Vault } from './ports/keys/openpgp'

/** What a host (main's utility process, or the command line) gives the engine. */
export type EngineOptions = Readonly<{
  /** Profile directory; the engine writes only below it. */
  profileDirectory: string
  /** 32 bytes. The engine copies what it needs and the caller may wipe it after `openEngine` returned. */
  storeKey: Uint8Array
  /** `true` starts background sync of all accounts (window); `false` dials only when asked (command line). */
  background: boolean
  /** Which accounts, by address, background sync is for; all when left out. */
  watches?: (address: string) => boolean
  log: Log
  /** The log of this process as text that may be shown to others, for `log.report`. */
  logReport?: () => string
  /** What holds the private keys: on the command line the vault worker itself, in the window main's relay to it. */
  vault: Vault
  emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
  /** Only tests: where a private Tor network is. */
  tests?: Readonly<{
    /** DS records of a DNS root in the place of the real one. */
    dnsAnchors?: readonly { keyTag: number; algorithm: number; digestType: number; digestHex: string }[]
    torPlaces?: Readonly<{
      addresses?: readonly { host: string; port: number }[]
      controls?: readonly ({ path: string } | { host: string; port: number })[]
      extraLines?: readonly string[]
    }>
    /** Servers of remote images that are on this machine. */
    remotePlaces?: Readonly<{
      isPublicHost: (host: string) => boolean
      isPublicAddress: (address: string) => boolean
      isPort: (port: number) => boolean
    }>
  }>
}>

/** The engine, open. It knows nothing of Electron. */
export type Engine = {
  /** Parses the input with the contract, runs the use case, answers a value or a failure; never throws. */
  call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>
  /** Stops network and tasks, closes the store. Safe to call twice. */
  close(): Promise<void>
}

/** Throws SiegelError: `store-newer`, `store-wrong-key`, `profile-in-use`, `disk-full`. */
export type OpenEngine = (options: EngineOptions) => Promise<Engine>
