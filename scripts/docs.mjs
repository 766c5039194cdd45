// Writes docs/checks/<id>.md, docs/checks.md and docs/not-checked-ids.md from the registry. `--check`: only tell whether they are up to date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { notCheckedPage } from './docs-not-checked.mjs'

const root = resolve(import.meta.dirname, '..')
const out = join(root, 'docs/checks')

const bundle = await build({
  entryPoints: [join(root, 'src/checks/index.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
})
const { CHECKS } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].text).toString('base64')}`
)

const roleOf = { director: 'each director', 'real-server': 'each real server', client: 'each client', any: 'each host' }

function page(check) {
  const scope = check.scope === 'case' ? 'all hosts together' : roleOf[check.on]
  const modes = check.modes ? `, only ${check.modes.join(' and ')} services` : ''
  const needs = Object.entries(check.needs).map(
    ([fact, need]) => `- \`${fact}\`${need === 'whole' ? ' (complete output)' : ''}`,
  )
  return `${[
    `# ${check.id}`,
    `**${check.title}.**`,
    check.why,
    '| | |\n| --- | --- |\n' +
      `| severity | ${check.severity} |\n| category | ${check.category} |\n| looks at | ${scope}${modes} |\n` +
      `| can explain | ${check.explains.length > 0 ? check.explains.map((id) => `\`${id}\``).join(', ') : 'nothing else'} |`,
    '## Evidence it needs',
    needs.length > 0 ? needs.join('\n') : 'Whatever is there.',
    '## What it reports',
    Object.keys(check.messages)
      .map((key) => `- \`${key}\``)
      .join('\n'),
    '## When it cannot tell, or does not apply',
    Object.keys(check.reasons)
      .map((key) => `- \`${key}\``)
      .join('\n') || 'It always can, once the evidence is there.',
    ...(check.links.length > 0 ? ['## Links', check.links.map((link) => `- ${link}`).join('\n')] : []),
  ].join('\n\n')}\n`
}

const pages = new Map(CHECKS.map((check) => [join(out, `${check.id}.md`), page(check)]))
pages.set(
  join(root, 'docs/checks.md'),
  `# Checks\n\n${CHECKS.length} checks. A page each; \`lvsdoctor explain CHECK\` prints the same offline.\n\n| check | severity | healthy when |\n| --- | --- | --- |\n${CHECKS.map((c) => `| [${c.id}](checks/${c.id}.md) | ${c.severity} | ${c.title} |`).join('\n')}\n`,
)

pages.set(join(root, 'docs/not-checked-ids.md'), notCheckedPage(root, new Set(CHECKS.map(({ id }) => id))))

mkdirSync(out, { recursive: true })
const stale = readdirSync(out)
  .map((file) => join(out, file))
  .filter((file) => !pages.has(file))
const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
const changed = [...pages].filter(([file, text]) => read(file) !== text)
if (process.argv.includes('--check')) {
  if (changed.length + stale.length > 0) {
    console.error(`docs are out of date, run: npm run docs\n${[...changed.map(([file]) => file), ...stale].join('\n')}`)
    process.exitCode = 1
  }
} else {
  for (const [file, text] of changed) writeFileSync(file, text)
  for (const file of stale) rmSync(file)
  console.log(`${pages.size} pages, ${changed.length} written, ${stale.length} removed`)
}
