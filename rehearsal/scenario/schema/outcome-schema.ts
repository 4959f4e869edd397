import * as z from 'zod';
import { outcomes } from '../../../contracts/outcomes.ts';

/** How a campaign may end. */
export const outcome = z.enum(outcomes);
