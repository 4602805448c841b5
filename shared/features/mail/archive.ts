import { z } from 'zod'

/**
 * Why something in an archive did not become a message:
 * - `deleted`: the program that wrote the archive has marked it as deleted for good;
 * - `other-kind`: neither a mail by its name nor one by its content, as a picture beside the mails;
 * - `link`: a symbolic link, which could lead anywhere.
 */
const notTaken = z.object({
  /** File name, or `message 17` for the 17th of an mbox. */
  name: z.string().max(1000),
  reason: z.enum([
    'too-large',
    'deleted',
    'not-mail',
    'empty',
    'unreadable',
    'link',
    'directory',
    'other-kind',
  ]),
})
export type NotTaken = z.infer<typeof notTaken>

/** What an import did. `notTaken` names at most 1000; `notTakenCount` counts all. */
export const importReport = z.object({
  imported: z.number().int().nonnegative(),
  /** Were in the folder already, byte for byte. */
  skipped: z.number().int().nonnegative(),
  notTaken: z.array(notTaken).max(1000),
  notTakenCount: z.number().int().nonnegative(),
})
export type ImportReport = z.infer<typeof importReport>
