#!/usr/bin/env node
import { compile, load, root } from './load.js'

await load(compile()).main(process.argv.slice(2), root)
