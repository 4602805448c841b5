/** Every open draft (`openDrafts` of the UI store), in front of the room. */
export function ComposeLayer() {
  return null
}
