import { openEngine } from '../../electron/engine/compose/index'
import type { Engine } from '../../electron/engine/engine'
import { closeToOthers } from '../../electron/keychain/close-to-others'
import { readProfile, type UnlockedProfile, unlockProfile } from '../../electron/keychain/profile-keys'
import type {
  CallInput,
  CallOutput,
  EngineCallName,
  EventName,
  EventPayload,
} from '../../shared/ipc/contract'
import { asError, SiegelError } from '../../shared/kit/result'
import type { Arguments } from './arguments'
import { UsageError } from './exit'
import { keyCustodyParts } from './key-custody-parts'
import { cliLogReport, createCliLog } from './log'
import { profileDirectory } from './profile-directory'
import { readTextFile } from './read-text-file'
import { warn } from './words/output'

/** A passphrase file holds one line; a trailing line break is not part of the passphrase. */
export async function secretFromFile(path: string): Promise<string> {
  const text = await readTextFile(path)
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '') throw new UsageError(`${path} is empty`)
  return secret
}

export async function passphraseOf(options: Arguments): Promise<string | null> {
  const file = options.text('passphrase-file')
  return file === undefined ? null : secretFromFile(file)
}

type Listener = <N extends EventName>(name: N, payload: EventPayload<N>) => void

/** An open profile: calls that throw instead of answering Result values. */
export type Session = Readonly<{
  call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  onEvent(listener: Listener): void
  /** OpenPGP in the vault, for what only a host may ask: secret keys in and out, passphrases. */
  vault: UnlockedProfile['vault']
  profile: UnlockedProfile
  directory: string
}>

/** What became of a damaged store. Said whatever verb found it: otherwise mail would be missing without a word. */
const rebuiltWords = (params: Readonly<Record<string, unknown>>): string =>
  `The mail store was damaged. It was set aside as ${params['setAside']} and built anew with ${params['accounts']} accounts, ${params['keys']} keys of yours, ${params['localMessages']} local messages, ${params['drafts']} drafts, ${params['events']} events, ${params['contacts']} contacts and ${params['outbox']} outbox messages; the mail of servers comes back with "sync"`

const openToOthersWords = (directory: string, names: readonly string[]): string =>
  `Others on this computer may read ${names.join(', ')} in ${directory}, and Siegel cannot change that. What is in them is encrypted; still, move the profile to a place that is yours alone`

/** Calls of an open engine that throw instead of answering Result values. */
const throwing =
  (engine: Engine): Session['call'] =>
  async (name, input) => {
    const result = await engine.call(name, input)
    if (result.ok) return result.value
    throw asError(result.error)
  }

type EngineWishes = {
  background?: boolean
  watches?: (address: string) => boolean
  listeners?: readonly Listener[]
}

/** Opens the engine of an unlocked profile, runs `work`, and closes both whatever happens. */
export async function withEngine<T>(
  directory: string,
  profile: UnlockedProfile,
  work: (call: Session['call']) => Promise<T>,
  { background = false, watches, listeners = [] }: EngineWishes = {},
): Promise<T> {
  let engine: Engine | null = null
  try {
    const stillOpen = closeToOthers(directory)
    if (stillOpen.length > 0) warn(openToOthersWords(directory, stillOpen))
    const storeKey = await profile.storeKey()
    engine = await openEngine({
      profileDirectory: directory,
      storeKey,
      background,
      log: createCliLog(),
      logReport: cliLogReport,
      vault: profile.vault.calls,
      ...(watches ? { watches } : {}),
      emit: (name, payload) => {
        if (name === 'notice' && 'code' in payload && payload.code === 'store-rebuilt')
          warn(rebuiltWords(payload.params))
        for (const listener of listeners) listener(name, payload)
      },
    })
    storeKey.fill(0)
    return await work(throwing(engine))
  } finally {
    await engine?.close()
    await profile.close()
  }
}

/** Unlocks the profile, opens its engine, runs `work`, and closes both whatever happens. */
export async function withSession<T>(
  options: Arguments,
  work: (session: Session) => Promise<T>,
  wishes: Omit<EngineWishes, 'listeners'> = {},
): Promise<T> {
  const directory = profileDirectory(options.text('profile'))
  const passphrase = await passphraseOf(options)
  if (passphrase === null && readProfile(directory)?.custody === 'passphrase') throw new SiegelError('locked')
  const profile = await unlockProfile(directory, { passphrase }, keyCustodyParts())
  const listeners: Listener[] = []
  return withEngine(
    directory,
    profile,
    call =>
      work({
        call,
        onEvent: listener => void listeners.push(listener),
        vault: profile.vault,
        profile,
        directory,
      }),
    { ...wishes, listeners },
  )
}
