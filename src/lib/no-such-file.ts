/** What ls, stat and cat say of a path that does not exist. */

const GONE =
  /^(?:\/\S*\/)?(?:ls|stat|cat): (?:(?:cannot (?:access|stat|statx|open)|无法访问|無法存取|无法获取) ?)?["'‘`]?([^"'’`]{1,4096}?)["'’`]?: (?:No such file or directory|没有那个文件或目录|沒有此一檔案或目錄)$/

/** The absolute path that is not there; undefined for any other line. */
export function missingFile(line: string): string | undefined {
  const path = GONE.exec(line.trim())?.[1]
  return path?.startsWith('/') ? path : undefined
}
