/** What keepalived wrote into syslog, the journal or its own terminal. */

import { NotUnderstood } from '../model/errors.ts'
import type { Parser, Reading, Section, Unread } from '../model/evidence.ts'
import { citeLine } from '../model/evidence.ts'
import type { KeepalivedLog, LogEntry } from '../model/facts.ts'
import { eventOf } from './keepalived-log/event.ts'
import { isFurniture, type LogLine, readLine } from './keepalived-log/line.ts'

/** systemctl cuts long lines in the middle: `Transition to...E`. Dots at the very end are the message's own. */
const ELLIPSIZED = /(?:\.\.\.|…)\S{1,8}$/

/**
 * Reads /var/log/messages, `journalctl -u keepalived`, the tail of `systemctl status keepalived`, and what
 * `keepalived -n -l` or `keepalived -t` print. Lines of other programs are recognised and left out, so no entries
 * means that keepalived said nothing here. A message without a known wording is an entry without an event.
 * @throws NotUnderstood when no line is a log line.
 */
export const keepalivedLog: Parser<KeepalivedLog> = {
  format: 'keepalived-log',
  parse(section: Section): Reading<KeepalivedLog> {
    const entries: LogEntry[] = []
    const unread: Unread[] = []
    let understood = false
    section.lines.forEach((text, index) => {
      const line = readLine(text) ?? bareMessage(text)
      const at = citeLine(section, index)
      if (line === undefined) {
        if (!isFurniture(text)) unread.push({ at, text })
        return
      }
      understood = true
      if (line === 'other') return
      const event = eventOf(line.text)
      entries.push({
        ...line,
        ellipsized: ELLIPSIZED.test(line.text),
        ...(event === undefined ? {} : { event }),
        at,
      })
    })
    if (!understood) throw new NotUnderstood('no line of a log')
    return { value: { entries }, unread }
  },
}

/** `journalctl -o cat` and some container logs print messages alone; then only a known wording shows what they are. */
function bareMessage(text: string): LogLine | undefined {
  const message = text.trim()
  const event = eventOf(message)
  // Faults are worded too freely to be told from prose, unless an instance is named.
  const telling = event !== undefined && (event.kind !== 'error' || /^(?:VRRP_Instance)?\(\S+\) /.test(message))
  return telling ? { text: message } : undefined
}
