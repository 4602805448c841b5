import type { ServerCopy } from './objects'

/** A change of one object that is to reach the server. */
export type ObjectWrite = Readonly<
  | { kind: 'add'; href: string; bytes: Uint8Array }
  /** `base`: the copy that the change was made from. */
  | { kind: 'change'; base: ServerCopy; bytes: Uint8Array }
  /** `quietly`: no answer to the organiser where the server schedules. */
  | { kind: 'remove'; base: ServerCopy; quietly?: boolean }
  | { kind: 'move'; base: ServerCopy; to: string }
>

/** What became of it. Failures of the way there and of the sign-in are thrown. */
export type WriteOutcome = Readonly<
  /** There, and read back: `copy` is the base of what comes next. It may have lost or changed what was sent. */
  | { kind: 'stored'; copy: ServerCopy }
  /** Taken, and not found where it was put: the next pull brings it. */
  | { kind: 'stored-elsewhere' }
  /** `wasGone`: somebody else did it. */
  | { kind: 'removed'; wasGone?: true }
  /** Somebody else was faster, or the object is ours from before a cut: to be compared with this copy, never sent over it. */
  | { kind: 'theirs'; copy: ServerCopy }
  /** Deleted there, changed here: asked about, and kept as new. */
  | { kind: 'gone' }
  /** The same UID lies at another address, `href` where it was said. */
  | { kind: 'uid-elsewhere'; href: string | null }
  | { kind: 'read-only' }
  /** Not as it is; shown, and the change stays. `reason`: a precondition by its local name, or `HTTP <status>`. */
  | { kind: 'refused'; status: number; reason: string; words: string }
  /** Not now. `status` 0: it was taken, and what is shown is not it. */
  | { kind: 'later'; afterMs: number | null; status: number }
>
