import { z } from 'zod'

const pageReason = z.enum([
  'direct',
  'proxy',
  'port',
  'private',
  'often',
  'untested',
  'authority',
  'other-servers',
  'encrypts-less',
  'signs-less',
  'hides-less',
  'other-own-key',
  'asks-more',
  'indexes-decrypted',
  'locks-later',
  'stays-open',
  'looks-up-domains',
  'checks-less',
  'inbox-off',
  'inbox-other-keys',
  'inbox-decrypts',
])
/** What becomes weaker, or more visible, in one word; main has a sentence for each. */
export type PageReason = z.infer<typeof pageReason>

/** What main asks before the page may do something. `lines`: whom or what it is about, from the engine and not from the page. */
export const pageQuestion = z.object({
  kind: z.enum([
    'set-up',
    'look-ups',
    'account-removed',
    'service-removed',
    'key-verified',
    'key-not-verified',
    'key-other',
    'key-dropped',
    'own-key-added',
    'own-key-changed',
    'protection-lower',
    'lock-weaker',
    'inbox-encryption',
    'send-clear',
    'remote-images',
    'custody',
    'certificate-unpinned',
    'subscription',
  ]),
  /** Sentences of main's own that say what becomes weaker. */
  reasons: z.array(pageReason).max(20).readonly(),
  lines: z.array(z.string().max(1000)).max(1000).readonly(),
})
export type PageQuestion = Readonly<z.infer<typeof pageQuestion>>
