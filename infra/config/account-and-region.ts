import * as z from 'zod';

const accountMessage = "must be an AWS account id: a string of 12 digits in quotes, such as '111122223333'";
const regionMessage = "must be the name of an AWS region, such as 'eu-west-1'";

/** An AWS account id. A string: as a number it would lose its leading zeros. */
export const account = z.string(accountMessage).regex(/^\d{12}$/, accountMessage);

/** The name of an AWS region, of any partition. */
export const region = z.string(regionMessage).regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, regionMessage);
