/** One configuration, from its main file and the files at hand. */
import type { Reading, Unread } from '../../model/evidence.ts'
import type { ConfProblem, KeepalivedConf } from '../../model/facts.ts'
import { readAsKeepalived } from './as-read.ts'
import { readAsWritten } from './as-written.ts'
import { columnOf } from './columns.ts'
import { readGlobals } from './globals.ts'
import { type ConfFile, isMain } from './include-files.ts'
import { type CutText, cutText } from './lines.ts'
import { withLost } from './lost.ts'
import { Names } from './names.ts'
import { Validator } from './validate.ts'
import { readVirtualServers } from './virtual-server.ts'
import { readInstances } from './vrrp-instance.ts'
import { readScripts, readSyncGroups } from './vrrp-others.ts'

export interface ReadConf {
  readonly reading: Reading<KeepalivedConf>
  /** Top-level blocks that were opened. */
  readonly blocks: number
  /** Files that went into it. */
  readonly seen: ReadonlySet<ConfFile>
}

export function readConf(main: ConfFile, files: readonly ConfFile[], configId?: string): ReadConf {
  const text = cutText(main, files, configId)
  const sections = new Map(files.map(({ section }) => [section.id, section]))
  const lineAt = (at: { section: string; line: number }): string => {
    const section = sections.get(at.section)
    return section?.lines[at.line - section.firstLine] ?? ''
  }
  const whole = [...text.seen].every(({ section }) => section.whole)
  const tree = readAsWritten({ whole, lineAt }, text.pieces)
  const names = new Names(text.unresolved.length > 0 || text.unread.length > 0)
  const judged = new Validator(names, (node, word) => columnOf(lineAt(node.at), node, word)).judge(tree.root)
  const sound = tree.problems.length === 0 && judged.skipped.size + judged.removed.size === 0
  const parent = sound ? tree.root : readAsKeepalived(text.pieces, 'parent', judged)
  const vrrp = sound ? tree.root : readAsKeepalived(text.pieces, 'vrrp', judged)
  const checker = sound ? tree.root : readAsKeepalived(text.pieces, 'checker', judged)
  const unread = onceEach([...text.unread, ...tree.unread].sort(inOrder))
  const all = [...tree.problems, ...faultsOf(text, unread), ...judged.problems]
  const problems = sound ? all : withLost(all, text.pieces, judged)
  return {
    blocks: tree.blocks,
    seen: text.seen,
    reading: {
      value: {
        root: tree.root,
        problems,
        globals: readGlobals(parent),
        instances: readInstances(vrrp, parent),
        scripts: readScripts(vrrp),
        syncGroups: readSyncGroups(vrrp),
        virtualServers: readVirtualServers(checker),
        includes: text.includes,
        ...(text.unresolved.length === 0 ? {} : { unresolved: text.unresolved }),
      },
      unread,
      ends: tree.balanced && tree.blocks > 0,
    },
  }
}

/** The reading of a file that is no configuration by itself; undefined when it may be no part of one either. */
export function readFragment(file: ConfFile, { value }: Reading<KeepalivedConf>): Reading<KeepalivedConf> | undefined {
  if (file.path === undefined || isMain(file) || value.root.length === 0) return undefined
  const said = file.section.lines.some((line) => /^(?:cat|head|tail|less|more|ls|bash|sh): /.test(line))
  return said ? undefined : { value: { ...value, problems: [] }, unread: [], partial: true }
}

/** Of a line that nobody understood, a stray quote is the least of it. */
function faultsOf({ faults }: CutText, unread: readonly Unread[]): readonly ConfProblem[] {
  if (faults.length === 0) return []
  const lines = new Set(unread.map(({ at }) => placeOf(at)))
  const told = faults.filter(({ kind, at }) => kind !== 'unterminated-quote' || !lines.has(placeOf(at)))
  return told.map((fault) => ({ ...fault, within: [] }))
}

function onceEach(unread: readonly Unread[]): readonly Unread[] {
  return [...new Map(unread.map((one) => [placeOf(one.at), one])).values()]
}

function placeOf({ section, line }: Unread['at']): string {
  return `${section}\n${line}`
}

function inOrder(a: Unread, b: Unread): number {
  return a.at.section === b.at.section ? a.at.line - b.at.line : 0
}
