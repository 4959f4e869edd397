import * as z from 'zod';
import { gateNames } from '../../domain/configuration/gate-names.ts';
import { options } from './options.ts';
import { wholeNumber } from './whole-number.ts';

/** Documents of AWS that run commands; they take them as parameter `commands`. */
const commandDocuments: readonly string[] = ['AWS-RunShellScript', 'AWS-RunPowerShellScript'];

/** Values become part of a runbook, where double braces are a variable. */
const value = z
  .string()
  .max(4000, 'must have at most 4,000 characters; put longer ones into a document of your own')
  .regex(
    /^(?:(?!\{\{)[\s\S])*$/,
    'must not contain {{, which a runbook takes for a variable; put it into a document of your own',
  );

const boot = options({
  document: z
    .string()
    .regex(
      /^(?:arn:aws[\w-]*:ssm:[a-z0-9-]+:\d{12}:document\/)?[\w.-]{3,128}$/,
      'must be the name or ARN of an SSM document of type Command, such as AWS-RunShellScript',
    )
    .default('AWS-RunShellScript')
    .describe(
      "SSM document of type Command in the hub's region; its success is the pass. Default: AWS-RunShellScript.",
    ),
  commands: z
    .array(value)
    .max(100, 'must have at most 100 commands')
    .default([])
    .describe('Lines for AWS-RunShellScript or AWS-RunPowerShellScript. Default: none.'),
  parameters: z
    .record(z.string(), z.array(value))
    .default({})
    .describe('Parameters of the document, each a list of values. Default: none.'),
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, such as t3.medium')
    .nullable()
    .default(null)
    .describe("Type of the instance. Default: null; the one of gates.instances.types for the image's architecture."),
  bootMinutes: wholeNumber(1, 60, 'minutes')
    .default(15)
    .describe('The instance has to be managed by SSM within this time, in minutes. Default: 15.'),
})
  .superRefine(({ document, commands, parameters }, context) => {
    const issue = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    const runsCommands = commandDocuments.includes(document);
    if (commands.length > 0 && !runsCommands)
      issue('commands', `are for ${commandDocuments.join(' and ')}; give ${document} its parameters`);
    if (commands.length > 0 && parameters['commands'] !== undefined)
      issue('commands', 'are given as parameters.commands too; leave one of them out');
    if (commands.length === 0 && runsCommands && (parameters['commands'] ?? []).length === 0)
      issue('commands', `must name at least one: without them ${document} proves nothing`);
  })
  .describe('What is run on an instance of the image.');

/** One entry of `gates.custom`: a check of the user's own. */
export const customGate = options({
  name: z
    .string()
    .regex(/^\S(?:.{0,58}\S)?$/, 'must have 1 to 60 characters')
    .refine((name) => !(gateNames as readonly string[]).includes(name), {
      error: 'is the name of a built-in gate; choose another',
    })
    .describe('Shown in verdicts and reports.'),
  functionArn: z
    .string()
    .regex(
      /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/,
      'must be the ARN of a Lambda function: arn:aws:lambda:REGION:ACCOUNT:function:NAME',
    )
    .nullable()
    .default(null)
    .describe(
      'ARN of a Lambda function that answers {passed, reasons, evidence}, or {pending: true} and later. Default: null.',
    ),
  stateMachineArn: z
    .string()
    .regex(
      /^arn:aws[\w-]*:states:[a-z0-9-]+:\d{12}:stateMachine:[\w-]{1,80}$/,
      'must be the ARN of a state machine: arn:aws:states:REGION:ACCOUNT:stateMachine:NAME',
    )
    .nullable()
    .default(null)
    .describe(
      "ARN of a standard state machine in the hub's account and region, whose output is the answer. Default: null.",
    ),
  boot: boot
    .nullable()
    .default(null)
    .describe('Launches an instance of the image and runs an SSM document on it. Default: null.'),
  timeoutSeconds: wholeNumber(1, 86_400, 'seconds')
    .default(60)
    .describe(
      'No answer within this many seconds is a failed verdict; a function has to return within 840. Default: 60.',
    ),
})
  .superRefine(({ name, functionArn, stateMachineArn, boot: check, timeoutSeconds }, context) => {
    const issue = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
    if ([functionArn, stateMachineArn, check].filter((asked) => asked !== null).length !== 1)
      issue([], 'must name one thing to ask: functionArn, stateMachineArn or boot');
    if (check === null) return;
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u.test(name))
      issue(['name'], 'must have letters, digits, spaces and _.:/=+-@ only: the instance is tagged with it');
    if (timeoutSeconds <= check.bootMinutes * 60)
      issue(
        ['timeoutSeconds'],
        `must be more than the ${check.bootMinutes * 60} seconds of boot.bootMinutes, so that the document has time to run`,
      );
  })
  .describe('A check of your own.');
