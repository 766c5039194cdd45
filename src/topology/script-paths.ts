/** Files of check scripts, as whom each runs, and who could change it. */
import type { Host } from '../model/case.ts'
import type { KeepalivedConf } from '../model/facts.ts'
import { type PathSafety, pathSafety } from './path-safety.ts'
import { scriptFile } from './script-text.ts'
import { scriptUser } from './script-user.ts'

export interface ScriptPath extends PathSafety {
  readonly file: string
  /** undefined: keepalived_script or root. */
  readonly user?: string
}

/** Scripts that are a command instead of a file have no path to look at. */
export function scriptPaths(host: Host, conf: KeepalivedConf): readonly ScriptPath[] {
  return conf.scripts.flatMap((script) => {
    const file = scriptFile(script.script?.value ?? '')
    const user = scriptUser(script, conf)
    return file === undefined ? [] : [{ file, ...(user === undefined ? {} : { user }), ...pathSafety(host, file) }]
  })
}
