import { z } from 'zod'
import type { ErrorCode } from '../error-facts'
import { type ErrorParams, errorCodes } from '../result'

/** A code as it travels. */
export const errorCode = z.enum(errorCodes as readonly [ErrorCode, ...ErrorCode[]])

/** Facts as they travel. Both ends are the same program, so only their form is asked, not their names. */
export const errorParams = z.record(
  z.string().max(40),
  z.union([z.string().max(2000), z.number()]),
) as unknown as z.ZodType<ErrorParams>
