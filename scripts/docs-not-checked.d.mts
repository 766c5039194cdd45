export function notCheckedPage(root: string, built: ReadonlySet<string>): string
