// Which CPUs this process may run on. A kernel that wanders between them takes twice as long.
import { readFileSync } from 'node:fs'

/** Numbers of the CPUs, `0-1,4` in /proc/self/status spelt out. */
export function ownCpus() {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return list.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
}
