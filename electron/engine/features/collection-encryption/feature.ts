import type { EngineFeature } from '../../kit/feature'
import type { StoreContext } from '../../store/context'
import { collectionEncryptionUseCases } from './app/use-cases'
import { encryptedCollections } from './store/0019-encrypted-collections'
import { createEncryptedCollectionStore } from './store/store'
import { encryptedCollectionTables } from './store/tables'

export const collectionEncryption = {
  tables: encryptedCollectionTables,
  migrations: [encryptedCollections],
  useCases: collectionEncryptionUseCases,
  stores: (context: StoreContext) => ({ encryptedCollections: createEncryptedCollectionStore(context) }),
} as const satisfies EngineFeature
