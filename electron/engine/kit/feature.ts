import type { Undone } from '../../../shared/features/writing/model'
import type { EngineParts } from '../ports/parts'
import type { UndoEntry } from '../ports/store'
import type { StoreCheck } from '../store/care'
import type { StoreContext } from '../store/context'
import type { Carrying, CarryRow } from '../store/keep/carry-over'
import type { AfterRestore } from '../store/store-place'
import type { StoreLayout, TableRule } from '../store/tables'
import type { TaskKindEntry } from './tasks/task-kind'

/** What rows of a damaged store are carried over with. */
export type FeatureCarrying = Carrying &
  Readonly<{
    /** The account of a row, or one that stands in for it where it could not be read. */
    shelterAccount(number: unknown): unknown
  }>

/** What a feature has in the store. */
export type StoredFeature = Readonly<{
  /** Each table once, with whether it is precious, comes back from a server, or is derived. */
  tables?: readonly TableRule[]
  /** Its steps of the schema; those of all features are one row by their numbers. */
  migrations?: StoreLayout['migrations']
  /** What it changes in its rows when they are carried over from a damaged store, table by table. */
  carryOver?: (carrying: FeatureCarrying) => Readonly<Record<string, CarryRow>>
  /** What it does to its rows when the store is one of a backup. */
  afterRestore?: readonly AfterRestore[]
  /** What it does to its rows when the store lies in another file than before: the profile was copied, restored or moved. */
  afterCopy?: readonly AfterRestore[]
  /** What the doctor counts. */
  checks?: readonly StoreCheck[]
  /** Kinds of changes of it that can be queued. */
  taskKinds?: readonly TaskKindEntry[]
}>

/** Ends what a feature began. */
export type Stop = () => void | Promise<void>

/** A feature of which is known what parts it is given. */
export type FeatureFor<Parts> = StoredFeature &
  Readonly<{
    /**
     * Its own stores, by names that no part of `ports/store.ts` has; no other feature sees them. What others ask for is a port, and made
     * in `compose/open-store.ts`.
     */
    stores?: (context: StoreContext) => object
    /** A use case for each of its calls that the engine answers. */
    useCases?: (parts: Parts) => object
    /** Takes back what it did, inside a transaction: what and how much changed, null for what another feature did. */
    takeBack?: (parts: Parts, entry: UndoEntry) => Undone | null
    /** Begins what goes on without being asked, where `parts.background` allows it. What it gives is called before the store is closed. */
    start?: (parts: Parts) => Stop
  }>

/**
 * What a feature gives the engine: one object in `features/<f>/feature.ts`, one line in `compose/features.ts`. It takes of the parts what
 * it says it needs (`Needs`), and of the store beside that its own stores.
 */
export type EngineFeature<OwnStores extends object = object> = FeatureFor<
  EngineParts & Readonly<{ store: OwnStores }>
>
