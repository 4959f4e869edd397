import type { Session } from '../auth/session.ts';
import type { Markup } from '../views/layout.ts';

/** What a server may add to the pages; only the local one does. */
export interface Extras {
  /** Above the list of campaigns. */
  readonly welcome: () => Markup;
  /** On the page of a campaign. */
  readonly ofCampaign: (campaignId: string, session: Session) => Markup;
  /** Does to a simulated stack what happens to real ones; says what will be seen of it. */
  readonly breakStack: (stack: string, how: string) => string;
}
