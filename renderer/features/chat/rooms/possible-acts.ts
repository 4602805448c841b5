import type { ChatOccupant, ChatRoom } from '../../../../shared/features/chat/model'

/** What a moderator can do with somebody in a room. */
export type ModerationAct = 'kick' | 'ban' | 'member' | 'none' | 'admin' | 'owner'

const rank: Readonly<Record<ChatRoom['affiliation'], number>> = {
  outcast: 0,
  none: 1,
  member: 2,
  admin: 3,
  owner: 4,
}

/** What the room lets oneself do with another one (XEP-0045 §5.1, §5.2): nobody does anything to those who stand above. */
export function possibleActs(
  { role, affiliation }: Pick<ChatRoom, 'role' | 'affiliation'>,
  other: ChatOccupant,
): readonly ModerationAct[] {
  if (other.isOwn) return []
  const acts: ModerationAct[] = []
  const own = rank[affiliation]
  const theirs = rank[other.affiliation]
  const isAdmin = own >= rank.admin
  const isBelow = affiliation === 'owner' || theirs < rank.admin
  if (role === 'moderator' && other.isHere && other.role !== 'none' && theirs <= own && isBelow)
    acts.push('kick')
  // Bans and lists go by address, which a room may hide.
  if (!isAdmin || !isBelow || other.address === '') return acts
  if (other.affiliation !== 'member') acts.push('member')
  if (other.affiliation === 'member' || other.affiliation === 'admin' || other.affiliation === 'outcast')
    acts.push('none')
  if (other.affiliation !== 'outcast') acts.push('ban')
  if (affiliation === 'owner' && other.affiliation !== 'admin') acts.push('admin')
  if (affiliation === 'owner' && other.affiliation !== 'owner') acts.push('owner')
  return acts
}
