#!/usr/bin/env node
/** The command `lanh`. Any Node.js from 20 on may start it; the product itself runs on the one that npm brought. */
import { install, run } from '../../run.mjs'

install()
run('apps/server/cli.ts', process.argv.slice(2))
