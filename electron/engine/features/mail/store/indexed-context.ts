import type { StoreContext } from '../../../store/context'
import type { IndexCare } from './search/index-care'
import type { SearchIndex } from './search/search-index'

/** What the parts of the store work with that write or ask the full-text index. */
export type IndexedContext = StoreContext & Readonly<{ indexCare: IndexCare; searchIndex: SearchIndex }>
