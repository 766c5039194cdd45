/** Repairs of the reverse path check. */
import type { FixStep } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'
import type { Sysctl } from '../model/facts.ts'
import { setSysctl } from '../model/fix.ts'
import { confKey, sysctlNumber } from './sysctl.ts'

/** Sets rp_filter on all and on one interface: 0 is off, 2 loose. The larger of the two counts, so both are named. */
export function setReversePath(host: HostId, sysctl: Sysctl, devs: readonly string[], value: 0 | 2): FixStep {
  const keys = devs.map((dev) => confKey(dev, 'rp_filter'))
  const old = keys.flatMap((key): [string, number][] => {
    const now = sysctlNumber(sysctl, key)
    return now === undefined ? [] : [[key, now.value]]
  })
  return setSysctl(host, Object.fromEntries(keys.map((key) => [key, value])), Object.fromEntries(old))
}
