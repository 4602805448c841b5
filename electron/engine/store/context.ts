import type { Clock, Log, Random } from '../ports/basics'
import type { ChangeFeed } from './change-feed'
import type { Database } from './db'
import type { IndexCare } from './index-care'

/** What every part of the store works with. */
export type StoreContext = Readonly<{
  database: Database
  feed: ChangeFeed
  indexCare: IndexCare
  clock: Clock
  random: Random
  log: Log
}>
