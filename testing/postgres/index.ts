export { databaseForTest, type TestDatabase } from './database-for-test.ts'
