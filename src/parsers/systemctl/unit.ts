/** Names and states of units. */
import type { Cite } from '../../model/evidence.ts'
import type { Unit } from '../../model/facts.ts'

/** A unit while its lines are being read. */
export type OpenUnit = { -readonly [K in keyof Unit]: Unit[K] }

/** `keepalived` for `keepalived.service`; timers, sockets and the rest keep their suffix. */
export function unitName(text: string): string {
  return text.replace(/\.service$/, '')
}

/** First and second part of `loaded (/usr/lib/systemd/system/x.service; enabled; preset: enabled)`. */
export function readLoaded(unit: OpenUnit, text: string, at: Cite): boolean {
  const loaded = /^[a-z-]+/.exec(text)?.[0]
  if (loaded === undefined) return false
  unit.loaded = loaded
  const inside = text.slice(loaded.length).replace(/^ \(/, '').replace(/\)$/, '')
  const enabled = loaded === 'masked' ? loaded : inside.split(';', 2)[1]?.trim()
  if (enabled !== undefined && (loaded === 'masked' || !inside.startsWith('Reason:'))) {
    unit.enabled = enabled
    unit.enabledAt = at
  }
  return true
}

/** `active (running) since …`, `failed (Result: exit-code) since …`, `activating (auto-restart) (Result: exit-code)`. */
export function readActive(unit: OpenUnit, text: string, at: Cite): boolean {
  const active = /^[a-z]+/.exec(text)?.[0]
  if (active === undefined) return false
  unit.active = active
  unit.activeAt = at
  const states = text.split(/ since |;/, 1)[0] ?? ''
  for (const [, inside = ''] of states.matchAll(/\(([^()]*)\)/g)) {
    if (inside.startsWith('Result: ')) unit.result = inside.slice('Result: '.length)
    else unit.sub = inside
  }
  return true
}
