import type { ImportField } from '../../../../shared/features/contacts/import'
import { foldText } from '../../../../shared/kit/fold-text'

/** Names of columns, folded and without signs, as Thunderbird, Outlook and Google write them in English and German. */
const known: readonly (readonly [ImportField, readonly string[]])[] = [
  ['given', ['firstname', 'vorname', 'givenname', 'first']],
  ['additional', ['middlename', 'additionalname', 'weiterevornamen', 'weiterervorname', 'zweitervorname']],
  ['family', ['lastname', 'nachname', 'familyname', 'surname', 'last']],
  ['prefix', ['title', 'anrede', 'nameprefix', 'namensprafix', 'namensprefix']],
  ['suffix', ['suffix', 'namesuffix', 'namenssuffix']],
  ['displayName', ['displayname', 'anzeigename', 'name', 'fullname', 'fileas', 'angezeigtername']],
  ['nickname', ['nickname', 'spitzname']],
  [
    'email',
    [
      'primaryemail',
      'email',
      'emailaddress',
      'emailadresse',
      'mail',
      'email1',
      'email1value',
      'haupt emailadresse',
      'hauptemailadresse',
    ],
  ],
  [
    'email',
    [
      'secondaryemail',
      'email2',
      'email2value',
      'email2address',
      'email3',
      'email3value',
      'email3address',
      'email4value',
      'zweiteemailadresse',
      'email2adresse',
      'email3adresse',
    ],
  ],
  [
    'phone:work',
    [
      'workphone',
      'businessphone',
      'businessphone2',
      'companymainphone',
      'telefongeschaftlich',
      'telefongeschaftlich2',
      'diensttelefon',
      'telefondienstlich',
    ],
  ],
  ['phone:home', ['homephone', 'homephone2', 'telefonprivat', 'telefonprivat2', 'privattelefon']],
  ['phone:cell', ['mobilenumber', 'mobilephone', 'mobiltelefon', 'handy', 'mobil', 'mobile']],
  ['phone:fax', ['faxnumber', 'businessfax', 'homefax', 'fax', 'faxgeschaftlich', 'faxprivat']],
  ['phone:pager', ['pagernumber', 'pager']],
  [
    'phone',
    [
      'phone1value',
      'phone2value',
      'phone3value',
      'phone4value',
      'primaryphone',
      'otherphone',
      'phone',
      'telefon',
      'haupttelefon',
      'weiterestelefon',
    ],
  ],
  ['home:street', ['homeaddress', 'homestreet', 'strasseprivat', 'privatadresse', 'privateadresse']],
  ['home:extended', ['homeaddress2', 'homestreet2', 'privatadresse2']],
  ['home:city', ['homecity', 'ortprivat', 'privatort', 'privaterort']],
  ['home:region', ['homestate', 'bundeslandkantonprivat', 'privatbundesland']],
  ['home:code', ['homezipcode', 'homepostalcode', 'postleitzahlprivat', 'privatplz', 'plzprivat']],
  ['home:country', ['homecountry', 'homecountryregion', 'landregionprivat', 'privatland']],
  ['work:street', ['workaddress', 'businessstreet', 'strassegeschaftlich', 'dienstadresse']],
  ['work:extended', ['workaddress2', 'businessstreet2', 'dienstadresse2']],
  ['work:city', ['workcity', 'businesscity', 'ortgeschaftlich', 'dienstort']],
  ['work:region', ['workstate', 'businessstate', 'regiongeschaftlich', 'dienstbundesland']],
  ['work:code', ['workzipcode', 'businesspostalcode', 'postleitzahlgeschaftlich', 'dienstplz']],
  [
    'work:country',
    ['workcountry', 'businesscountry', 'businesscountryregion', 'landregiongeschaftlich', 'dienstland'],
  ],
  ['other:street', ['address1street']],
  ['other:extended', ['address1extendedaddress']],
  ['other:poBox', ['address1pobox']],
  ['other:city', ['address1city']],
  ['other:region', ['address1region']],
  ['other:code', ['address1postalcode']],
  ['other:country', ['address1country']],
  ['role', ['jobtitle', 'organizationtitle', 'organization1title', 'position', 'funktion', 'titel']],
  ['unit', ['department', 'organizationdepartment', 'organization1department', 'abteilung']],
  [
    'organisation',
    [
      'organization',
      'organisation',
      'company',
      'firma',
      'unternehmen',
      'organizationname',
      'organization1name',
    ],
  ],
  [
    'url',
    [
      'webpage1',
      'webpage2',
      'webpage',
      'website',
      'website1value',
      'website2value',
      'webseite',
      'internetseite',
      'webseite1',
      'webseite2',
    ],
  ],
  ['birthday', ['birthday', 'geburtstag']],
  ['birthYear', ['birthyear', 'geburtsjahr']],
  ['birthMonth', ['birthmonth', 'geburtsmonat']],
  ['birthDay', ['geburtstagtag']],
  ['note', ['notes', 'note', 'notizen', 'notiz']],
  ['categories', ['categories', 'kategorien', 'labels', 'groupmembership', 'kategorie']],
]

const plain = (text: string): string => foldText(text).replace(/[^a-z0-9]/g, '')

/**
 * The field that a column's name means, or null. In Thunderbird's table "Birth Day" is the day of the month, in others
 * "Birthday" the whole date.
 */
function fieldOf(column: string): ImportField | null {
  if (/^\s*birth day\s*$/i.test(column)) return 'birthDay'
  const name = plain(column)
  return known.find(([, names]) => names.some(each => plain(each) === name))?.[0] ?? null
}

/** Outlook's "Title" is before a name; beside "Job Title" and in Google's "Organization Title" it is what somebody does. */
export const fieldsOf = (columns: readonly string[]): (ImportField | null)[] => columns.map(fieldOf)
