import { LockKeyhole, LockKeyholeOpen, ShieldAlert } from 'lucide-react'
import type { RecipientKeyState } from '../../../../shared/features/writing/protection'
import { Icon } from '../../../ui/actions/icon'

/** Told apart by shape; colour only helps. */
const shapes = { ready: LockKeyhole, missing: LockKeyholeOpen, decide: ShieldAlert } as const

/** Whether this recipient can be reached encrypted. The words stand in the token. */
export const KeyMark = ({ state }: Readonly<{ state: RecipientKeyState['state'] }>) => (
  <span className={`key-mark key-mark-${state}`}>
    <Icon of={shapes[state]} size={13} />
  </span>
)
