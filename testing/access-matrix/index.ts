export { mayByRule } from './access-model.ts'
