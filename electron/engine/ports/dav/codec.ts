/** How an object becomes what its server keeps, and back: the one seam of encrypted collections in the DAV machine. Paths are in one spelling. */
export type ObjectCodec = {
  /** Objects that are no objects of the collection for whoever syncs it: its keys, and what is about to go. */
  isHidden(path: string): boolean
  /** `isNew`: nothing lies there yet. */
  outside(path: string, bytes: Uint8Array, isNew: boolean): Promise<Uint8Array>
  /** Throws `protocol-violation` for what is not believed: what was here stays, and it is asked for again. */
  inside(path: string, bytes: Uint8Array): Promise<Uint8Array>
}
