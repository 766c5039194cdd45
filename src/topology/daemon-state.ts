/** Does keepalived run on a host? By its processes, else by its unit. */
import type { Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type Known, type NonEmpty } from '../model/evidence.ts'
import { allProcesses, KEEPALIVED, keepalivedUnit, processesNamed } from './keepalived-run.ts'

export type DaemonState =
  | { readonly is: 'running'; readonly looked: NonEmpty<Cite> }
  /** `fact`: the look that shows it. */
  | { readonly is: 'down'; readonly looked: NonEmpty<Cite>; readonly fact: Known<unknown> }
  | { readonly is: 'unknown' }

/** A daemon started by hand or in a container runs outside its unit: the processes have the last word. */
export function daemonState(host: Host): DaemonState {
  const { processes, units } = host.facts
  const running = processesNamed(host, KEEPALIVED).map(({ at }) => at)
  if (isNonEmpty(running)) return { is: 'running', looked: running }
  const all = allProcesses(host)
  if (all && processes.state === 'known') return { is: 'down', looked: all, fact: processes }
  const unit = keepalivedUnit(host)
  const at = unit?.activeAt ?? unit?.at
  if (unit?.active === undefined || at === undefined || units.state === 'missing') return { is: 'unknown' }
  if (unit.active === 'active' || unit.active === 'reloading') return { is: 'running', looked: [at] }
  return unit.active === 'inactive' || unit.active === 'failed'
    ? { is: 'down', looked: [at], fact: units }
    : { is: 'unknown' }
}
