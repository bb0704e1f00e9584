// Out: the most memory this process has held so far, as the system counts it.
export const peakRssBytes = (): number => process.resourceUsage().maxRSS * 1024;
