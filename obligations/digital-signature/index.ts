/** Signing dossiers and checking who signed: enveloped XMLDSig over the whole file. */
export { belongsTogether, signDossierFile, type SigningKey } from './sign-dossier-file.ts'
export { type Signer, type Verdict, verifyDossierFile, type VerifyOptions } from './verify-dossier-file.ts'
export { NO_LEGAL_VALUE, testCertificate, type TestCertificate } from './test-certificate.ts'
