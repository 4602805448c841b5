import { hasMailServer, isSwitchedOff } from '../../../../../shared/features/accounts/services'
import type { KeyLookupReport, KeyLookupStep } from '../../../../../shared/features/keys/model'
import type { LookupMode } from '../../../../../shared/features/writing/protection'
import { defaultOpenpgpSettings } from '../../../../../shared/features/writing/protection'
import type { KeyLookupAnswer } from '../../../ports/keys/openpgp'
import type { Needs } from '../../../ports/parts'
import type { ParsedInput, UseCases } from '../../../ports/use-cases'
import { contactView } from './contact-view'
import { readForeignKeys } from './read-keys'
import { namesAddress, takeKey } from './take-key'

/** The only key server that confirms an address by mail before it gives a key out for it. */
const confirmingServer = 'keys.openpgp.org'

/** Looks for keys of an address: here first, then wherever the settings of the account allow it. */
export function findKeyUseCases(
  context: Needs<'clock' | 'keyLookup' | 'vault', 'accounts' | 'openpgp' | 'settings' | 'transaction'>,
): Pick<UseCases, 'keys.find'> {
  const { store } = context
  return {
    'keys.find': async input => {
      const address = input.address.toLowerCase()
      const steps: KeyLookupStep[] = [
        {
          source: 'local',
          target: address,
          outcome: store.openpgp.keysFor(address).length > 0 ? 'found' : 'nothing',
          detail: '',
        },
        ...(await askOutside(context, input)),
      ]
      return report(context, address, steps)
    },
  }
}

const report = (
  { store }: Needs<never, 'openpgp'>,
  address: string,
  steps: KeyLookupStep[],
): KeyLookupReport => ({
  address,
  found: store.openpgp.keysFor(address).map(contactView).slice(0, 20),
  steps: steps.slice(0, 20),
})

async function askOutside(
  context: Needs<'clock' | 'keyLookup' | 'vault', 'accounts' | 'openpgp' | 'settings' | 'transaction'>,
  { address, accountId, by }: ParsedInput<'keys.find'>,
): Promise<KeyLookupStep[]> {
  const { store, keyLookup } = context
  const settings = accountId === null ? defaultOpenpgpSettings : store.openpgp.settings(accountId)
  const { lookups, offline } = store.settings.get()
  const whyNot = (mode: LookupMode): string | null => {
    if (!lookups) return 'look-ups are off'
    if (offline) return 'offline'
    if (accountId !== null && !hasMailServer(store.accounts.get(accountId)))
      return 'an account without servers'
    if (accountId !== null && isSwitchedOff(store.accounts.get(accountId), 'mail'))
      return 'an account that is switched off'
    if (mode === 'off') return 'off'
    return mode === 'ask' && by === 'addressing' ? 'asks first' : null
  }
  const off = (source: KeyLookupStep['source'], target: string, detail: string): KeyLookupStep => ({
    source,
    target,
    outcome: 'off',
    detail,
  })

  const steps: KeyLookupStep[] = []
  const noWkd = whyNot(settings.wkd)
  if (noWkd !== null) steps.push(off('wkd-advanced', address.slice(address.lastIndexOf('@') + 1), noWkd))
  else
    for (const answer of await keyLookup.wkd(address, accountId))
      steps.push(await judge(context, address, answer))

  const noServer = whyNot(settings.keyserver)
  for (const host of settings.keyservers) {
    if (noServer !== null) steps.push(off('keyserver', host, noServer))
    else steps.push(await judge(context, address, await keyLookup.keyserver(host, address, accountId)))
  }
  return steps
}

/** What else the key names was not asked, and is not learnt (draft-koch-openpgp-webkey-service §3.1). */
const onlyFor = ({ vault, clock }: Needs<'clock' | 'vault'>, key: Uint8Array, address: string) =>
  vault.reduceKey({ key, address, subkeys: 'all', nowMs: clock.now() })

/** Takes what is a key with exactly this address, and says in the step when it is none. */
async function judge(
  context: Needs<'clock' | 'vault', 'openpgp' | 'transaction'>,
  address: string,
  { step, host, bytes }: KeyLookupAnswer,
): Promise<KeyLookupStep> {
  if (bytes === null) return step
  const { keys } = await readForeignKeys(context.vault, bytes)
  if (keys.length === 0) return { ...step, outcome: 'nothing', detail: 'not a key' }
  // Keys for other addresses are not even looked at: nobody asked for them (draft-koch-openpgp-webkey-service §3.1).
  const fitting = keys.filter(key => namesAddress(key, address)).slice(0, 5)
  if (fitting.length === 0)
    return { ...step, outcome: 'refused', detail: 'the key does not name this address' }
  const source = step.source === 'keyserver' ? 'keyserver' : 'wkd'
  for (const key of fitting)
    await takeKey(context, {
      address,
      key: await onlyFor(context, key.bytes, address),
      evidence: { source, atMs: context.clock.now(), detail: host },
      // Several at once, or from a server where anybody leaves keys: the user chooses.
      weak: fitting.length > 1 || (source === 'keyserver' && host.toLowerCase() !== confirmingServer),
    })
  const isArmored = bytes[0] !== undefined && bytes[0] < 0x80
  return { ...step, detail: isArmored && source === 'wkd' ? 'armored, against the rules' : step.detail }
}
