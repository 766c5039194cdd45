/** The way as a line of hosts: where it parts, and where it ends. */
import type { Hop, PathTrace } from '../model/trace.ts'

/** `client --> ds1 --+--> rs1 --> client` and below it `+--> rs2 --X`. A way that cannot be told goes on with `?`. */
export function pictureOf({ trace }: PathTrace): readonly string[] {
  const trunk = chain(trace.filter(({ path }) => path === null))
  const paths = [...new Set(trace.flatMap(({ path }) => (path === null ? [] : [path])))]
  const before = trunk.text
  if (paths.length === 0) return [before]
  return paths.map((path, index) => {
    const ways = chain(
      trace.filter((hop) => hop.path === path),
      trunk.last,
    )
    const name = ways.named.size > 0 ? '' : ` ${path}`
    if (before === '') return ways.text === '' ? path : ways.text
    const joint = paths.length === 1 ? ' --> ' : ' --+--> '
    const lead = index === 0 ? `${before}${joint}` : `${' '.repeat(before.length + joint.indexOf('+'))}+--> `
    return `${lead}${ways.text === '' ? name.trim() : ways.text}`
  })
}

interface Chain {
  readonly text: string
  readonly named: ReadonlySet<string>
  readonly last: string | undefined
}

/** Hosts one after the other; `after`: whom the way comes from, so that it is not said twice. */
function chain(hops: readonly Hop[], after?: string): Chain {
  let text = ''
  let last = after
  const named = new Set<string>()
  for (const { host, step, verdict, text: words } of hops) {
    const name = host ?? nameless(step, words)
    if (name !== undefined && name !== last) {
      text += `${text === '' ? '' : ' --> '}${name}`
      named.add(name)
      last = name
    }
    if (verdict === 'unknown') text += ' ?'
    if (verdict === 'drop' || verdict === 'reject')
      return { text: `${text}${text === '' ? '' : ' '}--X ${step}`, named, last }
  }
  return { text, named, last }
}

/** Machines that no evidence is of are named by their address. */
function nameless(step: string, text: string): string | undefined {
  return step === 'client' || step === 'router' || step === 'real-server'
    ? (/^[\d.]+/.exec(text)?.[0] ?? undefined)
    : undefined
}
