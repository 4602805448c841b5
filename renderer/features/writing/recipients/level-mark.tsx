import { CircleDashed, CircleQuestionMark, Lock, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { TransportLevel } from '../../../../shared/features/network/transport'
import { Icon } from '../../../ui/actions/icon'

/** Told apart by shape; colour only helps. */
const shapes = {
  dane: ShieldCheck,
  enforced: Lock,
  unknown: CircleDashed,
  none: TriangleAlert,
  'not-asked': CircleQuestionMark,
} as const

/** How well mail to this recipient is protected on its way, or that nobody was asked. The words stand in the token. */
export const LevelMark = ({ level }: Readonly<{ level: TransportLevel['level'] | 'not-asked' }>) => (
  <span className={`level-mark level-mark-${level}`}>
    <Icon of={shapes[level]} size={13} />
  </span>
)
