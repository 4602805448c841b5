import { z } from 'zod'
import { appStatus } from '../../model/status'
import { type Calls, done, givenSecret, nothing } from './call'

/** The profile as a whole: out into one file, back from it, or out of the way. */
export const profileCalls = {
  /**
   * Asks where to, and writes everything to one file under a passphrase: the profile's own where one guards it, otherwise a
   * new one. Answers what was saved, nothing when it was cancelled.
   */
  'profile.backup': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ passphrase: givenSecret }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** Asks which backup; main remembers it. `name`: null when it was cancelled. What is no whole backup is refused here. */
  'profile.chooseBackup': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: nothing,
    out: z.object({ name: z.string().nullable() }),
  },
  /** Makes the chosen backup the profile of this place. Only while no profile is open; what lies here is set aside. */
  'profile.restore': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ passphrase: givenSecret }),
    out: appStatus,
  },
  /** Ends the backup or the restore that is running: it answers `cancelled`, and leaves nothing. */
  'profile.stop': { kind: 'command', host: 'main', face: 'all', in: nothing, out: done },
  /** After a yes in a window of main's own: sets aside a profile that does not open, so that a new one can be made. */
  'profile.startAnew': { kind: 'command', host: 'main', face: 'all', in: nothing, out: appStatus },
} as const satisfies Calls
