export { lanh, runLanh, type Running } from './run-lanh.ts'
