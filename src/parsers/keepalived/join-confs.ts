/** Configurations printed one after another count as one. */
import type { KeepalivedConf } from '../../model/facts.ts'

export function joinConfs(values: readonly KeepalivedConf[]): KeepalivedConf {
  const [only] = values
  if (values.length === 1 && only !== undefined) return only
  const unresolved = values.flatMap((value) => value.unresolved ?? [])
  return {
    root: values.flatMap((value) => value.root),
    problems: values.flatMap((value) => value.problems),
    globals: Object.assign({}, ...values.map((value) => value.globals)) as KeepalivedConf['globals'],
    instances: values.flatMap((value) => value.instances),
    scripts: values.flatMap((value) => value.scripts),
    syncGroups: values.flatMap((value) => value.syncGroups),
    virtualServers: values.flatMap((value) => value.virtualServers),
    includes: values.flatMap((value) => value.includes),
    ...(unresolved.length === 0 ? {} : { unresolved }),
  }
}
