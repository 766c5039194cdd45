/** keepalived.conf -> tree, problems and meaning. */

import { NotUnderstood } from '../model/errors.ts'
import type { Parser, Reading, Section, Unread } from '../model/evidence.ts'
import type { ConfNode, KeepalivedConf } from '../model/facts.ts'
import { readAsKeepalived } from './keepalived/as-read.ts'
import { readAsWritten } from './keepalived/as-written.ts'
import { readGlobals } from './keepalived/globals.ts'
import { cutText } from './keepalived/lines.ts'
import { readVirtualServers } from './keepalived/virtual-server.ts'
import { readInstances } from './keepalived/vrrp-instance.ts'
import { readScripts, readSyncGroups } from './keepalived/vrrp-others.ts'

/**
 * Reads the text of a keepalived.conf, or of several printed one after another. `root` and `problems` follow what the
 * author wrote; instances, servers and the rest follow what keepalived 2.2 makes of it, which differs where a block is
 * broken. `ends` when all braces are closed. Format: keepalived.conf(5).
 * @throws NotUnderstood when no top-level block of keepalived is opened and nothing is included.
 */
export const keepalivedConf: Parser<KeepalivedConf> = {
  format: 'keepalived-conf',
  parse(section: Section): Reading<KeepalivedConf> {
    const { pieces, unread } = cutText(section)
    const tree = readAsWritten(section, pieces)
    const includes = readIncludes(tree.root)
    if (tree.blocks === 0 && includes.length === 0) {
      throw new NotUnderstood('no block of a keepalived.conf')
    }
    const sound = tree.problems.length === 0
    const vrrp = sound ? tree.root : readAsKeepalived(section, pieces, 'vrrp')
    const checker = sound ? tree.root : readAsKeepalived(section, pieces, 'checker')
    return {
      value: {
        root: tree.root,
        problems: tree.problems,
        globals: readGlobals(vrrp),
        instances: readInstances(vrrp),
        scripts: readScripts(vrrp),
        syncGroups: readSyncGroups(vrrp),
        virtualServers: readVirtualServers(checker),
        includes,
      },
      unread: inOrder([...unread, ...tree.unread]),
      ends: tree.balanced && tree.blocks > 0,
    }
  },
}

function readIncludes(nodes: readonly ConfNode[]): KeepalivedConf['includes'] {
  return nodes.flatMap((node) => {
    const [path] = node.args
    const own = /^include[rmwba]?$/.test(node.keyword) && path !== undefined ? [{ value: path, at: node.at }] : []
    return [...own, ...readIncludes(node.children ?? [])]
  })
}

function inOrder(unread: readonly Unread[]): readonly Unread[] {
  return [...unread].sort((a, b) => a.at.line - b.at.line)
}
