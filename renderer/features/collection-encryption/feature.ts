import type { Feature } from '../../ui/layout/feature'
import { EncryptionFront } from './encryption-front'
import { words } from './words/words'

/** Its dialog is asked for by the rooms that show collections. */
export const collectionEncryption: Feature<typeof words.en> = {
  id: 'collection-encryption',
  words,
  Front: EncryptionFront,
}
