import type { EngineFeature } from '../../kit/feature'
import type { AlarmStore } from '../../ports/calendar/alarm-store'
import type { EngineParts } from '../../ports/parts'
import type { StoreContext } from '../../store/context'
import { startRinging } from './app/ring'
import { alarmUseCases } from './app/seen'
import { alarms as alarmsTable } from './store/0018-alarms'
import { createAlarmStore } from './store/alarms'
import { alarmTables } from './store/tables'

type OwnStores = Readonly<{ alarms: AlarmStore }>
type Parts = EngineParts & Readonly<{ store: OwnStores }>

export const alarms = {
  tables: alarmTables,
  migrations: [alarmsTable],
  stores: (context: StoreContext): OwnStores => ({ alarms: createAlarmStore(context) }),
  useCases: (parts: Parts) => alarmUseCases(parts),
  start: (parts: Parts) => (parts.background ? startRinging(parts) : () => undefined),
} as const satisfies EngineFeature<OwnStores>
