import { z } from 'zod'

/**
 * Who may ask the vault besides its host, each over a port of its own. `engine`: the calls about OpenPGP and the key of
 * its own store. `secrets`: a page that gives a passphrase, and hears under which number the vault keeps it.
 */
export const vaultDoor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('engine'), profileId: z.string().regex(/^[0-9a-f]{32}$/) }),
  z.strictObject({ kind: z.literal('secrets') }),
])
export type VaultDoor = z.infer<typeof vaultDoor>
