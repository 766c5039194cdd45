/** Directors that hold one VIP at the same time. */
import type { StateChange, Vip } from '../model/case.ts'
import type { CaseView } from '../model/check.ts'
import { mayHaveMoved } from './later-commands.ts'
import { type Holding, holdingDirectors } from './vip-holders.ts'

export interface Rivals {
  readonly sure: readonly Holding[]
  /** More were seen with it; but this was typed after the look at one of them. */
  readonly moved?: StateChange
  /** Two that were seen with it, perhaps one after the other. */
  readonly apart?: readonly [a: string, b: string]
}

export function rivalsOf(vip: Vip, view: CaseView): Rivals {
  const all = holdingDirectors(vip, view.kase.hosts)
  const since = (one: Holding): StateChange | undefined => mayHaveMoved(view.kase, one.host.id, one.links)
  const sure = together(
    all.filter((one) => since(one) === undefined),
    vip.ip,
    view,
  )
  const moved = together(all, vip.ip, view).flatMap((one) => since(one) ?? [])[0]
  const [a, b] = sure.length > 0 ? [] : [...new Set(all.map(({ host }) => host.names[0]))]
  return {
    sure,
    ...(moved === undefined ? {} : { moved }),
    ...(a === undefined || b === undefined ? {} : { apart: [a, b] }),
  }
}

function together(holding: readonly Holding[], ip: string, view: CaseView): readonly Holding[] {
  return holding.filter((one) => holding.some((other) => other.host !== one.host && atOnce(one, other, ip, view)))
}

/** One that got the VIP between two looks may have taken it over from the other: only clocks can tell. */
function atOnce(one: Holding, other: Holding, ip: string, view: CaseView): boolean {
  const clocks = [one, other].every(({ links }) => links.moment.takenAt !== undefined)
  return view.comparable(one.links, other.links) && (clocks || ![one, other].some((holding) => tookOver(holding, ip)))
}

/** An earlier look shows the interface without the VIP. */
function tookOver({ links, holder }: Holding, vip: string): boolean {
  return links.earlier.some(({ value }) =>
    value.links.some(({ name, addresses }) => name === holder.dev && addresses.every(({ ip }) => ip !== vip)),
  )
}
