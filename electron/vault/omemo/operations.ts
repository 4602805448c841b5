/** Every call about OMEMO (shared/ipc/vault/omemo-calls) by name. Nothing is held between two: state comes in sealed and goes out sealed. */
import type { omemoCalls } from '../../../shared/ipc/vault/omemo-calls'
import { omemoVersions } from '../../../shared/ipc/vault/omemo-calls'
import type { VaultCallOutput, VaultQuestion } from '../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../shared/kit/result'
import { fingerprintOf, judgePublished, lookAtBundle } from './bundles'
import { decrypt } from './decrypt'
import { encrypt } from './encrypt'
import {
  bundleOf,
  createDevice,
  type Device,
  maintainDevice,
  openDevice,
  sealDevice,
  wipeDevice,
} from './state/device'
import type { SealPlace } from './state/seal'

type OmemoCallName = keyof typeof omemoCalls
type Operations = {
  [N in OmemoCallName]: (input: VaultQuestion<N>, place: SealPlace) => VaultCallOutput<N>
}

/** Opens the own device for one call. Throws `vault-damaged` where it is not of this account and profile, or was changed. */
function withDevice<T>(
  { accountId, device: sealed }: Readonly<{ accountId: string; device: Uint8Array }>,
  place: SealPlace,
  use: (device: Device) => T,
): T {
  const device = openDevice(sealed, place, accountId)
  if (device === null) throw new SiegelError('vault-damaged')
  try {
    return use(device)
  } finally {
    wipeDevice(device)
  }
}

const operations: Operations = {
  createOmemoDevice({ accountId, deviceId, nowMs }, place) {
    const device = createDevice(deviceId, nowMs)
    const sealed = sealDevice(device, place, accountId)
    wipeDevice(device)
    return { device: sealed, fingerprint: fingerprintOf(device.identity.key) }
  },
  ownOmemoBundles: (input, place) =>
    withDevice(input, place, device => ({
      deviceId: device.deviceId,
      fingerprint: fingerprintOf(device.identity.key),
      bundles: { omemo: bundleOf(device, omemoVersions[0]), omemo2: bundleOf(device, omemoVersions[1]) },
    })),
  maintainOmemo: (input, place) =>
    withDevice(input, place, device => {
      const { isChanged, publish } = maintainDevice(device, input)
      return { device: isChanged ? sealDevice(device, place, input.accountId) : null, publish }
    }),
  judgePublishedOmemo: (input, place) =>
    withDevice(input, place, device => ({ state: judgePublished(device, input.bundle) })),
  judgeOmemoBundles: ({ bundles }) => ({
    judged: bundles.map(bundle => {
      const looked = lookAtBundle(bundle, null)
      return looked.ok ? { ok: true, fingerprint: looked.fingerprint } : looked
    }),
  }),
  encryptOmemo: (input, place) => withDevice(input, place, device => encrypt(device, input, place)),
  decryptOmemo: (input, place) => withDevice(input, place, device => decrypt(device, input, place)),
}

export const runOmemo = <N extends OmemoCallName>(
  name: N,
  input: VaultQuestion<N>,
  place: SealPlace,
): VaultCallOutput<N> => operations[name](input, place)
