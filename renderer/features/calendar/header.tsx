import './header.css'
import {
  CalendarSearch,
  ChevronLeft,
  ChevronRight,
  FileDown,
  PanelLeft,
  Plus,
  Printer,
  Search,
} from 'lucide-react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { showToast } from '../../state/toasts'
import { Button } from '../../ui/actions/button'
import { IconButton } from '../../ui/actions/icon-button'
import { Menu } from '../../ui/actions/menu'
import { Select } from '../../ui/fields/select'
import { calendarActions, type RoomActions, viewActions } from './state/actions'
import { showView, useView } from './state/view-state'
import type { View } from './time/ranges'

/** The line above the grid: where it is, the way to other days, and the views. */
export function Header({ title, room }: Readonly<{ title: string; room: RoomActions }>) {
  const { t } = useTranslation('calendar')
  const view = useView(state => state.view)
  const isSideOpen = useView(state => state.isSideOpen)
  const host = useHost()
  const savePdf = async () => {
    const done = await runCommand(host, 'files.savePage', {
      suggestedName: title,
      isWide: view !== 'agenda' && view !== 'day',
    })
    const [path] = done?.saved ?? []
    if (path !== undefined) showToast({ kind: 'notice', text: t('print.saved', { path }), action: null })
  }
  const { today, previous, next, goTo, find, quick } = calendarActions
  return (
    <header className="calendar-head">
      <IconButton
        label={isSideOpen ? t('hideCalendars') : t('showCalendars')}
        icon={PanelLeft}
        className="for-narrow"
        aria-expanded={isSideOpen}
        onPress={() => useView.setState({ isSideOpen: !isSideOpen })}
      />
      <Button onPress={() => today.run(room)}>{t('today')}</Button>
      <span className="calendar-turn">
        <IconButton
          label={t(`previous.${view}`)}
          icon={ChevronLeft}
          command={previous.command}
          onPress={() => previous.run()}
        />
        <IconButton
          label={t(`next.${view}`)}
          icon={ChevronRight}
          command={next.command}
          onPress={() => next.run()}
        />
      </span>
      <h1 className="calendar-title clip">{title}</h1>
      <IconButton
        label={t('goTo.title')}
        icon={CalendarSearch}
        command={goTo.command}
        onPress={() => goTo.run(room)}
      />
      <IconButton
        label={t('find.title')}
        icon={Search}
        command={find.command}
        onPress={() => find.run(room)}
      />
      <Menu
        label={t('print.title')}
        entries={[
          { id: 'print', label: t('print.paper'), icon: Printer, run: () => print() },
          { id: 'pdf', label: t('print.pdf'), icon: FileDown, run: () => void savePdf() },
        ]}
      >
        <IconButton label={t('print.title')} icon={Printer} />
      </Menu>
      <ToggleButtonGroup
        aria-label={t('view.label')}
        className="calendar-views"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={([chosen]) => (chosen === undefined ? undefined : showView(chosen as View))}
      >
        {viewActions.map(({ view: each }) => (
          <ToggleButton key={each} id={each} className="calendar-view">
            {t(`view.${each}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <span className="calendar-view-choice">
        <Select<View>
          label={t('view.label')}
          hideLabel
          value={view}
          onChange={showView}
          options={viewActions.map(({ view: id }) => ({ id, label: t(`view.${id}`) }))}
        />
      </span>
      <Button variant="primary" icon={Plus} onPress={() => quick.run(room)}>
        {t('quick.title')}
      </Button>
    </header>
  )
}
