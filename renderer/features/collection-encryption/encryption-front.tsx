import { useUi } from '../../state/ui-store'
import { EncryptionDialog } from './encryption-dialog'

/** Lies over the room that asked for it. */
export function EncryptionFront() {
  const collection = useUi(state => state.protecting)
  if (collection === null) return null
  return (
    <EncryptionDialog
      key={`${collection.kind} ${collection.collectionId}`}
      collection={collection}
      onClose={() => useUi.setState({ protecting: null })}
    />
  )
}
