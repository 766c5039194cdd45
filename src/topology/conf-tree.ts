/** Nodes of a keepalived.conf as written, found by their place. */
import type { Cite } from '../model/evidence.ts'
import type { ConfNode, KeepalivedConf } from '../model/facts.ts'

export type NodeFinder = (keyword: string, at: Cite) => ConfNode | undefined

/** One look through each tree, however many checks ask. */
const finders = new WeakMap<KeepalivedConf, NodeFinder>()

/** Looks a node up by keyword and line. The tree is as deep as the parser lets it be. */
export function nodeFinder(conf: KeepalivedConf): NodeFinder {
  const known = finders.get(conf)
  if (known) return known
  const finder = makeFinder(conf)
  finders.set(conf, finder)
  return finder
}

/** Nothing is looked through before somebody asks: most configurations have no line that anybody looks for. */
function makeFinder(conf: KeepalivedConf): NodeFinder {
  let byLine: ReadonlyMap<number, readonly ConfNode[]> | undefined
  return (keyword, { section, line }) => {
    byLine ??= indexed(conf.root)
    return byLine.get(line)?.findLast((node) => node.keyword === keyword && node.at.section === section)
  }
}

function indexed(root: readonly ConfNode[]): ReadonlyMap<number, readonly ConfNode[]> {
  const byLine = new Map<number, ConfNode[]>()
  const visit = (nodes: readonly ConfNode[]): void => {
    for (const node of nodes) {
      const others = byLine.get(node.at.line)
      if (others === undefined) byLine.set(node.at.line, [node])
      else others.push(node)
      if (node.children) visit(node.children)
    }
  }
  visit(root)
  return byLine
}

/** A line whose meaning is elsewhere: a variable, a condition on the host's name, another file. */
export function isFilledElsewhere(node: ConfNode): boolean {
  return /^[$~@]|^include[rmwba]?$/.test(node.keyword) || node.args.some((word) => word.includes('$'))
}

/** `dynamic_interfaces` waits for them; a VMAC (`vrrp.51` or `use_vmac NAME`) is made by keepalived itself. */
export function interfacesMadeLater(conf: KeepalivedConf): (dev: string) => boolean {
  const own = new Set(
    conf.root.flatMap((node) =>
      (node.children ?? []).flatMap((child) => (child.keyword === 'use_vmac' ? child.args.slice(0, 1) : [])),
    ),
  )
  return (dev) =>
    conf.globals.dynamicInterfaces !== undefined || /^vrrp[.\d]/.test(dev) || dev.includes('$') || own.has(dev)
}

const RUNS = /^(?:vrrp_script|script|notify\w*|\w+_script|misc_path|quorum_up|quorum_down)$/

/** Does keepalived start a program of the operator anywhere: to check, to notify, at start or stop? */
export function runsScripts({ root }: KeepalivedConf): boolean {
  const inside = (nodes: readonly ConfNode[]): boolean =>
    nodes.some((node) => RUNS.test(node.keyword) || (node.children !== undefined && inside(node.children)))
  return inside(root)
}
