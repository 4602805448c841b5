import type { Verb } from '../../kit/verb'
import { archiveVerbs } from './archive'
import { changeVerbs } from './change'
import { folderVerbs } from './folders'
import { readVerbs } from './read'
import { remoteContentVerbs } from './remote-content'
import { syncVerbs } from './sync'
import { unsubscribeVerbs } from './unsubscribe'

/** In the order of the help text. */
export const mail: readonly Verb[] = [
  ...syncVerbs,
  ...readVerbs,
  ...remoteContentVerbs,
  ...unsubscribeVerbs,
  ...changeVerbs,
  ...folderVerbs,
  ...archiveVerbs,
]
