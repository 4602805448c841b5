import type { IndexCare } from '../features/mail/store/search/index-care'
import type { SearchIndex } from '../features/mail/store/search/search-index'
import type { Clock, Log, Random } from '../ports/basics'
import type { ChangeFeed } from './change-feed'
import type { Database } from './db'

/** What every part of the store works with. */
export type StoreContext = Readonly<{
  database: Database
  feed: ChangeFeed
  indexCare: IndexCare
  searchIndex: SearchIndex
  clock: Clock
  random: Random
  log: Log
}>
