/** Names that /etc/iproute2/rt_tables gives to the kernel's own tables. */
const NUMBERED: Readonly<Record<string, string>> = { '255': 'local', '254': 'main', '253': 'default' }

export function tableName(text: string): string {
  return NUMBERED[text] ?? text
}
