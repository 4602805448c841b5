import { CircleDashed, Lock, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { TransportLevel } from '../../../shared/model/transport'
import { Icon } from '../../ui/icon'

/** Told apart by shape; colour only helps. */
const shapes = { dane: ShieldCheck, enforced: Lock, unknown: CircleDashed, none: TriangleAlert } as const

/** How well mail to this recipient is protected on its way. The words stand in the token. */
export const LevelMark = ({ level }: Readonly<{ level: TransportLevel }>) => (
  <span className={`level-mark level-mark-${level.level}`}>
    <Icon of={shapes[level.level]} size={13} />
  </span>
)
