import type { TableRule } from '../../../store/tables'

export const alarmTables: readonly TableRule[] = [
  // Made again of the objects; what was dismissed stands in those.
  { name: 'calendar_alarms', keep: 'derived', after: ['calendar_objects'] },
]
