import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/** A path inside the project. @param {...string} parts */
export const inProject = (...parts) => join(projectRoot, ...parts)

/** A path inside the folder for things that can always be made again. @param {...string} parts */
export const inCache = (...parts) => join(projectRoot, '.cache', ...parts)
