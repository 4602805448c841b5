/** The interface on made-up data, in any browser: `npm run demo`. An entry of its own, so that no release holds any of it. */
import { showApp } from '../app/show-app'
import { FakeHost } from './fake-host'

await showApp(new FakeHost(new URLSearchParams(location.search)))
