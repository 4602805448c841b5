import { z } from 'zod'

/** Whose mailboxes these are (RFC 2342 §5): the account's own, those of other users, or shared by all. */
export const namespaceKind = z.enum(['personal', 'others', 'shared'])
export type NamespaceKind = z.infer<typeof namespaceKind>

/** One namespace: its names begin with `prefix` (delimiter included, may be empty); `delimiter` is empty for NIL. */
export const namespace = z.object({ prefix: z.string().max(1000), delimiter: z.string().max(1) })
export type Namespace = z.infer<typeof namespace>

/** What a server answers to NAMESPACE, names decoded. The first personal one is where new mailboxes are made. */
export const namespaces = z.object({
  personal: z.array(namespace).max(20),
  others: z.array(namespace).max(20),
  shared: z.array(namespace).max(20),
})
export type Namespaces = z.infer<typeof namespaces>
