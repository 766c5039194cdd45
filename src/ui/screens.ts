/** Everything that needs Ink, behind one import. */
export { render } from 'ink'
export { Browser } from './browser.tsx'
export { Printed } from './printed.tsx'
export { Progress } from './progress.tsx'
export { createWatchStore, Watching } from './watching.tsx'
