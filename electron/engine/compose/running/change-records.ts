import type { EngineOptions } from '../../engine'
import type { Needs } from '../../ports/parts'
import type { Network } from '../compose-network'

/** Rows that a record names one by one; beyond it everything of the kind may be another. */
const maxIds = 1000

/** Change records of the store and the gate, numbered, to every face. Returns a function that ends it. */
export function feedChanges(
  { store }: Needs<never, 'onChange'>,
  { gate, onTorChange }: Pick<Network, 'gate' | 'onTorChange'>,
  emit: EngineOptions['emit'],
): () => void {
  let version = 0
  const stopStore = store.onChange((entity, ids, kind) => {
    version += 1
    emit('changed', { entity, kind, ids: ids && ids.length <= maxIds ? [...ids] : null, version })
  })
  const networkChanged = () => {
    version += 1
    emit('changed', { entity: 'connection', kind: 'state', ids: null, version })
  }
  const stopGate = gate.onChange(networkChanged)
  const stopTor = onTorChange(networkChanged)
  return () => {
    stopStore()
    stopGate()
    stopTor()
  }
}
