import type { Needs } from '../../../ports/parts'
import { changeContactUseCases } from './change-contacts'
import { contactFileUseCases } from './import-contacts'
import { mergeUseCases } from './merge-contacts'
import { readContactUseCases } from './read-contacts'
import { suggestUseCases } from './suggest-addresses'

/** All that is done with contacts. */
export const contactUseCases = (
  context: Needs<
    'cards' | 'clock' | 'files' | 'random',
    'contacts' | 'people' | 'settings' | 'tasks' | 'transaction'
  >,
) => ({
  ...readContactUseCases(context),
  ...changeContactUseCases(context),
  ...mergeUseCases(context),
  ...contactFileUseCases(context),
  ...suggestUseCases(context),
})
