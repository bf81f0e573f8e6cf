export { openDatabase, type Database, type DatabaseOptions } from './open-database.ts'
export { migrate, readMigrations, type MigrateOptions, type Migration } from './migrate.ts'
export { DatabaseProblem, type Log } from './problem.ts'
