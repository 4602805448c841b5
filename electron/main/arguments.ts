import { resolve } from 'node:path'

/** What the command line of the window may say. */
export type WindowArguments = Readonly<{
  /** `--profile DIR`: another profile than the usual one, absolute. */
  profile: string | null
  /** A mailto: address, when the system opens us for one. */
  mailto: string | null
}>

/** Longest mailto: address taken; the contract's limit for a command's argument. */
const mailtoLimit = 8000

/** Reads the arguments after the program's own; relative paths are meant from `workingDirectory`. */
export const parseWindowArguments = (args: readonly string[], workingDirectory: string): WindowArguments => {
  const at = args.findIndex(argument => argument === '--profile' || argument.startsWith('--profile='))
  const argument = args[at]
  const given = argument === '--profile' ? args[at + 1] : argument?.slice('--profile='.length)
  const mailto = args.find(value => value.toLowerCase().startsWith('mailto:')) ?? null
  return {
    profile: given ? resolve(workingDirectory, given) : null,
    mailto: mailto !== null && mailto.length <= mailtoLimit ? mailto : null,
  }
}
