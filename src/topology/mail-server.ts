/** Where keepalived sends its mail: global_defs, as written. */
import type { Cite } from '../model/evidence.ts'
import type { ConfNode, KeepalivedConf } from '../model/facts.ts'

export interface MailServer {
  readonly host: string
  readonly port: number
  readonly at: Cite
}

const SMTP = 25

/** `smtp_server 10.0.0.1 [port]`; the last one counts. */
export function mailServer(conf: KeepalivedConf): MailServer | undefined {
  const node = globals(conf).findLast(({ keyword }) => keyword === 'smtp_server')
  const [host, port = String(SMTP)] = node?.args ?? []
  if (node === undefined || host === undefined) return undefined
  return { host, port: /^\d{1,5}$/.test(port) ? Number(port) : SMTP, at: node.at }
}

/** Words behind the address of `notification_email_from`, which takes one: keepalived passes over them. */
export function strayWords(conf: KeepalivedConf): readonly { readonly words: string; readonly at: Cite }[] {
  return globals(conf).flatMap(({ keyword, args, at }) =>
    keyword === 'notification_email_from' && args.length > 1 ? [{ words: args.slice(1).join(' '), at }] : [],
  )
}

function globals(conf: KeepalivedConf): readonly ConfNode[] {
  return conf.root.flatMap(({ keyword, children }) => (keyword === 'global_defs' ? (children ?? []) : []))
}
