/** The forms in which a report is kept. */
export const reportFormats = ['html', 'text', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];
