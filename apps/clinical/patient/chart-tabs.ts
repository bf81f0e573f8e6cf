/** The pages of a chart, in the order of Alt+1…7. Each is the last part of a stable address. */
export const CHART_TABS = ['overview', 'timeline', 'results', 'medicines', 'problems', 'visits', 'documents'] as const

/** One page of a chart. */
export type ChartTab = (typeof CHART_TABS)[number]
