export { destroyDatabase } from './destroy.ts'
export { openDatabase, type Database, type DatabaseOptions } from './open-database.ts'
export { migrate, MIGRATIONS, readMigrations, type MigrateOptions, type Migration } from './migrate.ts'
export { DatabaseProblem, problemIn, type Log } from './problem.ts'
