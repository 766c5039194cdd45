/**
 * One machine under several names: short and full, by address (`ssh 10.0.0.11 …`, a heading), or not named at all. Taken for
 * two it would hold one VIP twice, and tie with itself.
 */
import { parseIp } from '../lib/ip.ts'

export interface Named {
  readonly name: string
  /** `localhost`, or only the name of a file. */
  readonly unnamed: boolean
  /** Interfaces with MAC and primary address, as text that compares equal. */
  readonly faces: readonly string[]
  /** Primary addresses. */
  readonly addresses: readonly string[]
}

/**
 * For each the index of the one that it is the same machine as; its own where there is none. Different names are different machines,
 * whatever their cards say. `differ`: what is known of the two contradicts. Linear in the names, their cards and addresses.
 */
export function aliases(all: readonly Named[], differ: (a: number, b: number) => boolean): readonly number[] {
  const same = all.map((_, index) => index)
  const rootOf = (index: number): number => {
    let at = index
    for (let up = same[at] ?? at; up !== at; up = same[at] ?? at) at = up
    same[index] = at
    return at
  }
  const join = (index: number, to: number): void => {
    const [one, other] = [rootOf(index), rootOf(to)]
    if (one !== other && !differ(one, other)) same[one] = other
  }
  const isNamed = all.map(({ name, unnamed }) => !unnamed && parseIp(name) === undefined)
  const nameOf = (index: number): string => all[index]?.name ?? ''

  // `ds1` and `ds1.example.com`, unless there is a second ds1 elsewhere.
  const short = ({ name }: Named, index: number): readonly string[] => (isNamed[index] ? [shortName(name)] : [])
  for (const group of groups(all, short).values()) {
    const [full, second] = group.filter((index) => nameOf(index).includes('.'))
    const bare = group.find((index) => !nameOf(index).includes('.'))
    if (full !== undefined && second === undefined && bare !== undefined) join(full, bare)
  }
  for (const group of groups(all, ({ faces }) => faces).values()) {
    const names = [...new Set(group.filter((index) => isNamed[index]).map(rootOf))]
    const [to = group[0]] = names
    if (names.length > 1 || to === undefined) continue
    for (const index of group) if (!isNamed[index]) join(index, to)
  }
  const owners = groups(all, ({ addresses }) => addresses)
  for (const [index, { name, unnamed }] of all.entries()) {
    const [owner, ...more] = unnamed || isNamed[index] ? [] : [...new Set((owners.get(name) ?? []).map(rootOf))]
    if (owner !== undefined && more.length === 0) join(index, owner)
  }
  return all.map((_, index) => rootOf(index))
}

export function shortName(name: string): string {
  return (name.split('.')[0] ?? name).toLowerCase()
}

function groups(
  all: readonly Named[],
  keysOf: (one: Named, index: number) => readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const [index, one] of all.entries()) {
    for (const key of new Set(keysOf(one, index))) {
      const group = found.get(key)
      if (group) group.push(index)
      else found.set(key, [index])
    }
  }
  return found
}
