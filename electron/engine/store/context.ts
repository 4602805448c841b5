import type { Clock, Log, Random } from '../ports/basics'
import type { ChangeFeed } from './change-feed'
import type { Database } from './db'

/** What every part of the store works with. */
export type StoreContext = Readonly<{
  database: Database
  feed: ChangeFeed
  clock: Clock
  random: Random
  log: Log
}>
