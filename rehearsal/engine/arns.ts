/** The ARN of an execution of a machine; a map's machine is called `machine/label`. */
export const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** The ARN of one run of a distributed map. */
export const mapRunArn = (stateMachineArn: string, runId: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':mapRun:')}:${runId}`;

/** The name at the end of a machine's ARN. */
export const machineName = (stateMachineArn: string): string => stateMachineArn.split(':').slice(6).join(':');
