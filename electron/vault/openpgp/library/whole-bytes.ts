/** The library hands data on in pieces; its own stream classes are not exported. */
export type Pieces = Readonly<{ getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }> } }>

/** All of the bytes, once they are there: an error of whoever gives them comes out here. `onSize` may throw. */
export const wholeBytes = async (
  bytes: Uint8Array | Pieces,
  onSize: (size: number) => void = () => undefined,
): Promise<Uint8Array> => {
  if (bytes instanceof Uint8Array) return bytes
  const reader = bytes.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  for (let next = await reader.read(); !next.done && next.value; next = await reader.read()) {
    size += next.value.byteLength
    onSize(size)
    pieces.push(next.value)
  }
  return new Uint8Array(Buffer.concat(pieces))
}
