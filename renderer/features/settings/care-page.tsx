import { Check, HardDriveDownload, ScrollText, Stethoscope, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DoctorFinding } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useAppStore } from '../../state/app-store'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { Icon } from '../../ui/actions/icon'
import { SettingsPage } from '../../ui/layout/settings-page'
import { BackupDialog } from './backup-dialog'
import { LogDialog } from './log-dialog'

const icons = { ok: Check, warning: TriangleAlert, failed: X } as const
const known = ['store-cipher', 'store-integrity', 'store-references', 'search-index', 'keychain'] as const

export function CarePage() {
  const { t } = useTranslation('settings')
  const host = useHost()
  const [saved, setSaved] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const [logShown, setLogShown] = useState(false)
  const [busy, setBusy] = useState(false)
  const custody = useAppStore(state => state.status?.custody ?? null)
  const [findings, setFindings] = useState<readonly DoctorFinding[] | null>(null)
  const check = async () => {
    setBusy(true)
    setFindings(await runCommand(host, 'doctor.run', {}))
    setBusy(false)
  }
  const nameOf = (finding: DoctorFinding): string => {
    const id = known.find(other => other === finding.check)
    return id === undefined ? finding.check : t(`care.check.${id}`)
  }
  return (
    <SettingsPage title={t('section.care')}>
      <section className="settings-group">
        <h2 className="settings-group-title">{t('care.backup')}</h2>
        <p>{t('care.backupText')}</p>
        <div className="settings-buttons">
          <Button icon={HardDriveDownload} onPress={() => setAsking(true)}>
            {t('care.backupNow')}
          </Button>
          <span className="ui-description selectable" role="status">
            {saved.length === 0 ? '' : t('care.backupSaved', { name: saved.join(', ') })}
          </span>
        </div>
        {asking ? (
          <BackupDialog
            custody={custody}
            onClose={files => {
              setAsking(false)
              setSaved(files)
            }}
          />
        ) : null}
      </section>
      <section className="settings-group">
        <h2 className="settings-group-title">{t('care.doctor')}</h2>
        <p>{t('care.doctorText')}</p>
        <div className="settings-buttons">
          <Button icon={Stethoscope} busy={busy} onPress={() => void check()}>
            {t('care.doctorRun')}
          </Button>
        </div>
        {findings === null ? null : (
          <ul className="findings" aria-live="polite">
            {findings.map(finding => (
              <li key={finding.check} className="finding" data-outcome={finding.outcome}>
                <Icon of={icons[finding.outcome]} size={14} />
                <span className="selectable">
                  {nameOf(finding)}
                  {finding.detail === '' ? null : <span className="ui-description"> {finding.detail}</span>}
                </span>
                <span>{t(`care.outcome.${finding.outcome}`)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="settings-group">
        <h2 className="settings-group-title">{t('care.log')}</h2>
        <p>{t('care.logText')}</p>
        <div className="settings-buttons">
          <Button icon={ScrollText} onPress={() => setLogShown(true)}>
            {t('care.logShow')}
          </Button>
        </div>
        {logShown ? <LogDialog onClose={() => setLogShown(false)} /> : null}
      </section>
    </SettingsPage>
  )
}
