/** `trace --hook`: one host's packet filter alone. */
import type { FilterPacket, Step } from '../kernel/filter.ts'
import type { Case, Host } from '../model/case.ts'
import { EXIT, UserError } from '../model/errors.ts'
import type { HookTrace, RuleStep } from '../model/trace.ts'
import { askFilter, type FilterHook } from './ask-filter.ts'
import { lineOf } from './lines.ts'

export interface HookQuestion {
  readonly hook: FilterHook
  readonly packet: FilterPacket
  /** Name of the host that is meant, where the evidence is of several. */
  readonly host?: string
  /** Rules that did not match too. */
  readonly all: boolean
}

/** @throws UserError (64) where it cannot be told which host is meant */
export function traceHook(kase: Case, { hook, packet, host: name, all }: HookQuestion): HookTrace {
  const { facts } = hostMeant(kase, name)
  const { links } = facts
  const local =
    links.state === 'known' && links.whole
      ? links.value.links.flatMap(({ addresses }) =>
          addresses.filter(({ family }) => family === 'inet').map(({ ip, prefix }) => `${ip}/${prefix}`),
        )
      : undefined
  const asked = packet.local === undefined && local !== undefined ? { ...packet, local } : packet
  const answer = askFilter(facts, asked, hook)
  return {
    schemaVersion: '1.0',
    verdict: answer.verdict,
    by: lineOf(kase, answer.by) ?? null,
    trace: answer.steps.filter(({ matched }) => all || matched !== 'no').map((step) => stepOf(kase, step)),
    assumed: answer.assumed,
  }
}

export function stepOf(kase: Case, { table, chain, at, matched, because, effect, counters }: Step): RuleStep {
  return {
    table,
    chain,
    matched,
    effect,
    because: because?.option ?? null,
    line: lineOf(kase, at) ?? null,
    packets: counters?.packets ?? null,
  }
}

/** The one host with a packet filter, or the one that is named. */
function hostMeant({ hosts }: Case, name: string | undefined): Host {
  const listed = hosts.filter(({ facts }) => facts.firewall.state === 'known' || facts.nft.state === 'known')
  const candidates = listed.length > 0 ? listed : hosts
  const named = name === undefined ? candidates : hosts.filter(({ id, names }) => id === name || names.includes(name))
  const [host] = named
  if (host !== undefined && named.length === 1) return host
  const names = candidates.map(({ id }) => id).join(', ')
  if (name !== undefined) throw new UserError(`--on ${name}: the evidence is of ${names || 'no host'}`, EXIT.usage)
  throw new UserError(`--hook asks one host, and the evidence is of several: ${names}`, EXIT.usage, [
    `lvsdoctor trace --hook … --on ${candidates[0]?.id ?? 'HOST'} SOURCE…`,
  ])
}
