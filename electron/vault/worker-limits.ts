import type { ResourceLimits } from 'node:worker_threads'

/**
 * The vault's heap. A message's bytes lie outside of it; what is inside are parsed packets and texts, and a message of
 * 150 MB in armor needs some 400 MB of text at its worst. Beyond that the worker ends, and not main.
 */
export const vaultLimits: ResourceLimits = { maxOldGenerationSizeMb: 1024 }
