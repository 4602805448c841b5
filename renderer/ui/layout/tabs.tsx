import './tabs.css'
import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'
import { Icon, type IconShape } from '../actions/icon'

export type TabEntry<T extends string> = Readonly<{
  id: T
  label: string
  icon?: IconShape
  content: ReactNode
}>

/** Views beside each other. `vertical` puts the names left, for settings. */
export function Tabs<T extends string>({
  label,
  tabs,
  selected,
  onSelect,
  orientation = 'horizontal',
}: Readonly<{
  label: string
  tabs: readonly TabEntry<T>[]
  selected: T
  onSelect: (id: T) => void
  orientation?: 'horizontal' | 'vertical'
}>) {
  return (
    <AriaTabs
      orientation={orientation}
      selectedKey={selected}
      onSelectionChange={key => onSelect(key as T)}
      className="ui-tabs"
    >
      <TabList aria-label={label} className="ui-tab-list">
        {tabs.map(tab => (
          <Tab key={tab.id} id={tab.id} className="ui-tab">
            {tab.icon === undefined ? null : <Icon of={tab.icon} />}
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map(tab => (
        <TabPanel key={tab.id} id={tab.id} className="ui-tab-panel scroll">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
