import type { GateRequest } from './gate-request'

/** A door on this machine for one meeting: what a browser must know to go through it. */
export type MeetingDoor = Readonly<{ id: number; port: number; user: string; password: string }>

/** What a door leads to, and by which way. */
export type MeetingDoorRequest = Readonly<{
  /** Every place it opens; anything else is refused. */
  places: readonly GateRequest[]
  /** Asked at each connection: throws where none may be opened any more, as after a change to Tor. */
  check: () => void
}>

/** Doors of the meetings that are open, on loopback; `net/meeting-doors.ts` is the real one. */
export type MeetingDoors = {
  /** Fails with `conflict` where too many are open. */
  open(request: MeetingDoorRequest): Promise<MeetingDoor>
  /** Closes a door and what is open through it; nothing where there is none. */
  close(id: number): void
  /** Every place that an open door leads to. */
  permitted(): readonly GateRequest[]
}
