import type { TFunction } from 'i18next'
import { type ComponentType, createContext, use } from 'react'
import type { CommandId } from '../../../shared/ipc/commands'
import type { IconShape } from '../actions/icon'

/** Gives the words of a button; `t` is that of the namespaces named here. */
type Label = (t: TFunction<['app', 'settings']>) => string

/** A place of its own in the window, with a button in the rail. */
type Room = Readonly<{
  id: string
  icon: IconShape
  label: Label
  /** The command that leads there; its keys are shown at the button. */
  command?: CommandId
  View: ComponentType
}>

/** A page of the settings. */
type SettingsPart = Readonly<{ id: string; icon: IconShape; label: Label; Page: ComponentType }>

/** What a feature gives the window. `renderer/features/index.ts` lists them; nothing else names a feature's parts. */
export type Feature = Readonly<{
  id: string
  room?: Room
  settings?: readonly SettingsPart[]
  /** Lies over every room: drafts being written. */
  Front?: ComponentType
  /** A question or a piece of news over every room. */
  Banner?: ComponentType
}>

/** The features of this window, for what joins parts of all of them. */
export const FeatureList = createContext<readonly Feature[]>([])

/** The rooms of all features, in the order of the rail. */
export const useRooms = (): readonly Room[] => use(FeatureList).flatMap(({ room }) => room ?? [])
