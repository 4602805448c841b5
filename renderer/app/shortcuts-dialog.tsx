import './shortcuts-dialog.css'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { commandGroups, commandIds, commands } from '../../shared/ipc/commands'
import { useUi } from '../state/ui-store'
import { Kbd } from '../ui/actions/kbd'
import { Dialog } from '../ui/overlays/dialog'

/** Every command with its keys, in groups. */
export function ShortcutsDialog() {
  const { t } = useTranslation(['keys', 'commands'])
  const isOpen = useUi(state => state.shortcutsOpen)
  return (
    <Dialog
      title={t('title')}
      isOpen={isOpen}
      onClose={() => useUi.setState({ shortcutsOpen: false })}
      size="medium"
    >
      <div className="shortcuts">
        {commandGroups.map(group => (
          <section key={group} className="shortcuts-group">
            <h3 className="shortcuts-head">{t(`group.${group}`)}</h3>
            <dl>
              {commandIds
                .filter(id => commands[id].group === group)
                .map(id => (
                  <div key={id} className="shortcuts-line">
                    <dt>{t(`commands:${id}`)}</dt>
                    <dd>
                      {commands[id].keys.map((keys, at) => (
                        <Fragment key={keys}>
                          {at === 0 ? null : <span className="shortcuts-or">{t('or')}</span>}
                          <Kbd keys={keys} />
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
