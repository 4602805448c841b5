import { showCurves } from './hide-curves'

showCurves()
