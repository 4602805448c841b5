import type { ContactFields } from '../../../../../../../shared/features/contacts/model'

const dayMs = 86_400_000

/** Somebody of the address book. `inGarden`: also in its group. */
type SamplePerson = Readonly<{ fields: Partial<ContactFields>; inGarden: boolean }>

const labelled = (value: string, type: string) => [{ value, types: [type], label: '', preferred: false }]
const person = (given: string, family: string, address: string): Partial<ContactFields> => ({
  displayName: `${given} ${family}`,
  name: { family, given, additional: '', prefix: '', suffix: '' },
  emails: labelled(address, 'home'),
})

/** The group of those who share the garden. */
export const gardenGroup = 'Gemeinschaftsgarten'

/** People whom the sample's mail is from. One has a birthday in a few days, so that the calendar of birthdays shows one. */
export function sampleContacts(nowMs: number): readonly SamplePerson[] {
  const soon = new Date(nowMs + 5 * dayMs)
  return [
    {
      fields: {
        ...person('Lena', 'Hartmann', 'lena.hartmann@example.com'),
        phones: labelled('+49 341 5550142', 'cell'),
        // Of a leap year, in which every day is.
        birthday: { year: 1988, month: soon.getUTCMonth() + 1, day: soon.getUTCDate() },
      },
      inGarden: true,
    },
    {
      fields: {
        ...person('Yusuf', 'Demir', 'yusuf.demir@example.net'),
        note: 'Drei Wochen im Mai nicht da. Gisela gießen!',
      },
      inGarden: true,
    },
    { fields: person('Johanna', 'Krüger', 'johanna.krueger@example.org'), inGarden: false },
    {
      fields: {
        ...person('Tom', 'Ashworth', 'tom.ashworth@example.com'),
        note: 'Takes the photographs of the lake.',
      },
      inGarden: false,
    },
    { fields: person('Ines', 'Okafor', 'ines.okafor@example.net'), inGarden: false },
    {
      fields: {
        displayName: '佐藤 美咲',
        name: { family: '佐藤', given: '美咲', additional: '', prefix: '', suffix: '' },
        emails: labelled('misaki.sato@example.com', 'work'),
      },
      inGarden: false,
    },
    {
      fields: {
        displayName: 'Henning Brandt',
        name: { family: 'Brandt', given: 'Henning', additional: '', prefix: '', suffix: '' },
        organisation: 'Tischlerei Brandt',
        emails: labelled('werkstatt@brandt-holz.example.com', 'work'),
      },
      inGarden: false,
    },
  ]
}
