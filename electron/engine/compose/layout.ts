import type { FeatureFor, StoredFeature } from '../kit/feature'
import { kitMigrations, kitTables } from '../kit/tables'
import { firstMigrations } from '../store/schema/migrations'
import { inOrder, type StoreLayout, storeTables } from '../store/tables'
import { features } from './features'

/** Of what all features have in the store. */
export const stored: readonly StoredFeature[] = Object.values<FeatureFor<never>>(features)

/** Every table, and every step of the schema. */
export const layout: StoreLayout = {
  tables: inOrder([...storeTables, ...kitTables, ...stored.flatMap(({ tables = [] }) => tables)]),
  migrations: [
    ...[...firstMigrations, ...kitMigrations],
    ...stored.flatMap(({ migrations = [] }) => migrations),
  ].sort((one, other) => one.version - other.version),
}
