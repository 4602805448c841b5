import { type CallName, contract, type EventName, events, type FaceCallName, isFaceCall } from './contract'

// The preload script is loaded into every window and shall stay small: the build runs this file and puts the lists alone into it,
// without the contract and its schemas (`build/contract-names-plugin.ts`).

const callNames = Object.keys(contract) as readonly CallName[]

/** The calls that the page may make. */
export const faceCallNames: readonly FaceCallName[] = callNames.filter(isFaceCall)

/** The page's calls that main answers; all others go to the engine itself, past main. */
export const mainCallNames: readonly FaceCallName[] = faceCallNames.filter(
  name => contract[name].host === 'main',
)

export const eventNames = Object.keys(events) as readonly EventName[]
