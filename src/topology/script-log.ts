/** What keepalived logs about its check scripts, releases 1.2 to 2.3 (vrrp_track.c, vrrp_scheduler.c, notify.c, vrrp_data.c). */
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { type LogLine, linesSinceStart } from './log-lines.ts'

const FAILED = /^(?:Script .(.+?). now returning [1-9]|VRRP_Script\((.+?)\) (?:failed|timed[_ ]out))/
const TOO_LONG = /^(?:VRRP_Script\((.+?)\) timed[_ ]out|Track script (\S+) is already running)/
const WELL = /^VRRP_Script\((.+?)\) (?:succeeded|considered successful)/

/** A run that was not a success: the script can fail. Looks at all of the log. */
export function everFailed(host: Host, script: string): Cite | undefined {
  const { log } = host.facts
  if (log.state !== 'known') return undefined
  return log.value.entries.find(({ text }) => nameIn(FAILED.exec(text)) === script)?.at
}

/** Runs that keepalived gave up, or had to wait for, since the last start. */
export function gaveUp(host: Host, script: string): readonly Cite[] {
  return ofScript(host, TOO_LONG, script)
}

/** Runs that ended well since the last start. */
export function succeeded(host: Host, script: string): readonly Cite[] {
  return ofScript(host, WELL, script)
}

function ofScript(host: Host, pattern: RegExp, script: string): readonly Cite[] {
  return linesSinceStart(host, pattern).flatMap(({ entry, match }) => (nameIn(match) === script ? [entry.at] : []))
}

function nameIn(match: RegExpExecArray | null): string | undefined {
  return match?.slice(1).find((name) => name !== undefined)
}

export interface ScriptComplaint {
  /** What is wrong, in keepalived's sense. */
  readonly kind: 'not-found' | 'not-executable' | 'no-user' | 'cannot-run'
  /** Its name, or its file, whichever the message has. */
  readonly what: string
  /** Exit status of a script that could not be run. */
  readonly status?: number
  readonly at: Cite
}

const COMPLAINTS: readonly (readonly [ScriptComplaint['kind'], RegExp])[] = [
  ['not-found', /Disabling (?:track |vrrp )?script (\S+) (?:since|due to) not found/],
  ['not-found', /^Script (\S+) cannot be accessed/],
  ['not-found', /^(?:Cannot find|Unable to access) script '?([^\s']+)'? .*disabling/],
  ['not-executable', /^WARNING - script '([^']+)' is not executable/],
  ['not-executable', /^Permissions failure for script '?([^\s']+)'? .*disabling/],
  ['no-user', /Unable to set uid\/gid for script '?([^\s']+)'?/],
]
/** 126: found but not run; 127: not found. The shell uses them as well for a command inside the script. */
const STATUS = /^Script .(.+?). now returning (\d+)/

/** Complaints of the last run about scripts, and scripts whose latest status says that they could not be run. */
export function scriptComplaints(host: Host): readonly ScriptComplaint[] {
  const said = COMPLAINTS.flatMap(([kind, pattern]) =>
    linesSinceStart(host, pattern).map(
      ({ entry, match }): ScriptComplaint => ({ kind, what: match[1] ?? '', at: entry.at }),
    ),
  )
  const latest = new Map<string, LogLine>()
  for (const line of linesSinceStart(host, STATUS)) latest.set(line.match[1] ?? '', line)
  const statuses = [...latest].flatMap(([what, { entry, match }]): readonly ScriptComplaint[] => {
    const status = Number(match[2])
    return status === 126 || status === 127 ? [{ kind: 'cannot-run', what, status, at: entry.at }] : []
  })
  return [...said, ...statuses]
}
