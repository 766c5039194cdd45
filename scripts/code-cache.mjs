// Writes dist/main.cache: what V8 compiled in the course of one ordinary run. Called by build.mjs.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import loader from '../bin/load.js'

const { compile, load, root } = loader

const script = compile()
await load(script).main(process.argv.slice(2), root)
writeFileSync(join(root, 'dist', 'main.cache'), script.createCachedData())
