/** What the host runs on and under: `systemd-detect-virt`, `getenforce`. */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, unreadLine } from '../model/evidence.ts'
import type { Identity } from '../model/facts.ts'

/** `1` and `0` as the kernel's own file has it. */
const SELINUX: Readonly<Record<string, string>> = {
  Enforcing: 'Enforcing',
  Permissive: 'Permissive',
  Disabled: 'Disabled',
  '1': 'Enforcing',
  '0': 'Permissive',
}

/** `getenforce`, or /sys/fs/selinux/enforce. */
export const selinux = oneWord('selinux', 'selinux', (word) =>
  Object.hasOwn(SELINUX, word) ? SELINUX[word] : undefined,
)

/** One word: the hypervisor, or `none`. */
export const detectVirt = oneWord('detect-virt', 'virtualization', (word) =>
  /^[a-z][a-z0-9-]{1,31}$/.test(word) ? word : undefined,
)

function oneWord(
  format: string,
  key: 'selinux' | 'virtualization',
  read: (word: string) => string | undefined,
): Parser<Identity> {
  return {
    format,
    parse(section: Section): Reading<Identity> {
      const lines = section.lines.map((text, index) => ({ word: text.trim(), index })).filter(({ word }) => word !== '')
      const [first, ...rest] = lines
      const value = first && read(first.word)
      if (first === undefined || value === undefined) throw new NotUnderstood(`this is not what ${format} prints`)
      const at = citeLine(section, first.index)
      return { value: { [key]: { value, at }, at }, unread: rest.map(({ index }) => unreadLine(section, index)) }
    },
  }
}
