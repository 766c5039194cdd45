/** Check scripts that keepalived cannot run: by its own words, or by a listing of the file. */
import type { Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { KeepalivedConf } from '../model/facts.ts'
import { showsLastRun } from './log-lines.ts'
import { type ScriptComplaint, scriptComplaints, succeeded } from './script-log.ts'
import { scriptFile } from './script-text.ts'
import { trackedScripts } from './tracked-scripts.ts'

/** Folders that other users may not pass. */
const PRIVATE = /^\/(?:root|home)\//

export interface BrokenScript {
  readonly kind: ScriptComplaint['kind']
  readonly name: string
  readonly file: string
  readonly status?: number
  readonly instances: readonly string[]
  readonly cites: NonEmpty<Cite>
  readonly direct: boolean
}

export interface BrokenScripts {
  readonly faults: readonly BrokenScript[]
  /** Lines that show that a script can be run. */
  readonly well: readonly Cite[]
  readonly unseen: readonly { readonly name: string; readonly file?: string; readonly at: Cite }[]
}

export function brokenScripts(host: Host, conf: KeepalivedConf): BrokenScripts {
  const { files } = host.facts
  const complaints = scriptComplaints(host)
  const faults: BrokenScript[] = []
  const well: Cite[] = []
  const unseen: { name: string; file?: string; at: Cite }[] = []
  for (const { script, instances } of trackedScripts(conf)) {
    const { name } = script
    const command = script.script?.value ?? ''
    const file = scriptFile(command)
    const at = script.script?.at ?? script.at
    const names = new Set([name, command, ...(file === undefined ? [command.split(/\s/, 1)[0] ?? ''] : [file])])
    const said = complaints.filter(({ what }) => names.has(what))
    const [first] = said
    const entry =
      file === undefined || files.state === 'missing' ? undefined : files.value.entries.find((e) => e.path === file)
    const gone = files.state === 'missing' ? undefined : files.value.absent?.find(({ path }) => path === file)
    const base = { name, file: file ?? command, instances }
    // Nobody at all may execute it, root included.
    const noOne = entry?.type === 'file' && (entry.mode & 0o111) === 0
    const [run] = succeeded(host, name)
    if (first !== undefined) {
      const seen = said.map((complaint) => complaint.at)
      const status = first.status === undefined ? {} : { status: first.status }
      const cites = isNonEmpty(seen) ? ([...seen, at] as unknown as NonEmpty<Cite>) : ([at] as const)
      faults.push({ kind: first.kind, ...base, ...status, cites, direct: true })
    } else if (run !== undefined && showsLastRun(host)) well.push(run, at)
    else if (entry !== undefined && noOne)
      faults.push({ kind: 'not-executable', ...base, cites: [entry.at, at], direct: false })
    else if (gone !== undefined) faults.push({ kind: 'not-found', ...base, cites: [gone.at, at], direct: false })
    // Executable for everybody; whether the folders above it are passable is not asked.
    else if (entry?.type === 'file' && (entry.mode & 0o111) === 0o111 && !PRIVATE.test(entry.path))
      well.push(entry.at, at)
    else unseen.push({ name, ...(file === undefined ? {} : { file }), at })
  }
  return { faults, well, unseen }
}
