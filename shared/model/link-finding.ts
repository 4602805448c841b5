import { z } from 'zod'

/** What is wrong with a link: see `LinkFinding` in `shared/html/judge-link.ts`, which makes it. */
export const linkFinding = z.object({
  kind: z.enum(['other-site', 'other-address', 'look-alike']),
  /** What its words name: a host in ASCII, or an address as it is written. */
  said: z.string().max(1000),
  /** Where it leads: host in ASCII, or address. */
  leads: z.string().max(1000),
})
