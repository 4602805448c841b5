import { enums } from 'openpgp'

/**
 * Ciphers that the library does not have (RFC 5581 §3; SM4 as rnp numbers it), so that it can say which one a message
 * was made with. Opening with one of them fails where the library asks for its key size.
 */
Object.assign(enums.symmetric, { camellia128: 11, camellia192: 12, camellia256: 13, sm4: 105 })
