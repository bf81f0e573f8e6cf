export { insuranceDossier } from './insurance-dossier.ts'
export { movedDossier, type Move } from './moved-dossier.ts'
