export { insuranceDossier } from './insurance-dossier.ts'
