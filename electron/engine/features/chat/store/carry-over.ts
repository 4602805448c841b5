import type { FeatureCarrying } from '../../../kit/feature'
import type { CarryRow } from '../../../store/keep/carry-over'
import type { AfterRestore } from '../../../store/store-place'

/** History of a lost account stays with the one that stands in for it; what is indexed is indexed again. */
export const chatCarryOver = ({
  insert,
  shelterAccount,
}: FeatureCarrying): Readonly<Record<string, CarryRow>> => ({
  chat_conversations: row =>
    insert('chat_conversations', { ...row, account: shelterAccount(row['account']) }),
  chat_messages: row => insert('chat_messages', { ...row, is_indexed: 0 }),
})

/**
 * A restored or copied profile is a new device: what its ratchets were then would use keys twice. What may have left is asked of the archive, and what
 * is not there is encrypted anew, by the new device.
 */
export const becomeNewDevice: AfterRestore = connection => {
  connection.exec(`
    DELETE FROM chat_own_device;
    DELETE FROM chat_sessions;
    UPDATE chat_outgoing SET state = 'unknown', bytes = NULL, devices = '' WHERE state IN ('handed', 'ready', 'unknown');
  `)
}
