import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'

/** Says of any finished message what stands in clear and who can open the rest. Nothing is decrypted. */
export function selfCheckUseCases(
  context: Needs<'protectedBuilder', 'openpgp'>,
): Pick<UseCases, 'outbox.selfCheck'> {
  return {
    'outbox.selfCheck': ({ bytes }) => {
      const { keyIds, ...report } = context.protectedBuilder.report(bytes)
      const addressOf = (id: string): string | null =>
        context.store.openpgp.byKeyId(id)[0]?.facts.userIds.find(({ address }) => address !== '')?.address ??
        null
      return { ...report, recipients: keyIds.map(keyId => ({ keyId, address: addressOf(keyId) })) }
    },
  }
}
