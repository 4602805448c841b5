import { lookup } from 'mrmime'

/** Media type of a file by its name; what is not known is bytes. Never looks into the file. */
export const contentTypeOf = (fileName: string): string => lookup(fileName) ?? 'application/octet-stream'
