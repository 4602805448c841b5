import type { TodoChange } from '../../../../../ports/calendar/todos'

const dayMs = 86_400_000
const day = (ms: number) => ({ at: new Date(ms).toISOString().slice(0, 10), zone: null })

/** A few to-dos around today, in the sample's two languages. The parts follow what they are a part of. */
export const sampleTodos = (
  nowMs: number,
): readonly Readonly<{ change: TodoChange; parts: readonly TodoChange[] }>[] => [
  {
    change: { title: 'Gemeinschaftsgarten: Gießplan schreiben', due: day(nowMs), priority: 1 },
    parts: [
      { title: 'Yusuf fragen, wann er im Mai da ist' },
      { title: 'Schlüssel zum Wasserhahn nachmachen' },
    ],
  },
  {
    change: { title: 'Water the tomatoes', due: day(nowMs + dayMs), rule: 'FREQ=DAILY;INTERVAL=2' },
    parts: [],
  },
  {
    change: {
      title: 'Angebot der Tischlerei prüfen',
      notes: 'Eiche geölt, Lieferung und Aufbau?',
      due: day(nowMs + 3 * dayMs),
    },
    parts: [],
  },
  { change: { title: 'Pick a book for the train to Kyoto', priority: 9 }, parts: [] },
]
