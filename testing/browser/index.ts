export { findChromium } from './chromium.ts'
export { journeys, type OpenPage, type VisitedPage } from './journeys.ts'
export { startProduct, type Product } from './product.ts'
export { takeScreenshot } from './screenshot.ts'
