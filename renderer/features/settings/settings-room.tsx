/** The settings room; `settingsSection` of the UI store says which section is shown. */
export function SettingsRoom() {
  return <main data-pane />
}
